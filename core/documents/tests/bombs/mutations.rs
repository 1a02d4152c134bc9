//! Honest changes mutated at random, with a fitting checksum. What the guard
//! takes of them is applied to a copy of its document, as the caller does.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use automerge::transaction::Transactable;
use automerge::{AutoCommit, Automerge, Change, ObjId, ObjType, ROOT, ReadDoc};
use xunge_documents::change_parts::{self, ActorId};
use xunge_documents::guard::{KnownChanges, confirm_applied, inspect};
use xunge_documents::operations::{self, Key, ObjectRef, OpId, Operation};

use crate::forge::{CHANGE_CHUNK, Forged, seal};
use crate::histories::random_history;
use crate::support::{Xorshift, seed};

const MUTATIONS: usize = 30_000;
const MUTATIONS_OF_A_CHANGE: usize = 15;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a call into Automerge that may panic, without the panic's report.
fn caught<T>(call: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                report(panic);
            }
        }));
    });
    QUIET.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(call)).ok();
    QUIET.set(false);
    outcome
}

/// A change and the document it was written into.
struct Base {
    before: Automerge,
    known: KnownChanges,
    change: Forged,
    contents: Vec<u8>,
    raw: Vec<u8>,
}

fn random_base(random: &mut Xorshift) -> Base {
    let mut whole = random_history(random);
    let mut changes = whole.get_changes(&[]);
    let change = changes.swap_remove(random.below(changes.len()));
    let mut before = whole.fork_at(change.deps()).unwrap();
    let change_forged = Forged::from_raw(change.raw_bytes());
    let mut known = KnownChanges::new();
    for change in before.get_changes(&[]) {
        known.admit(&inspect(change.raw_bytes()).unwrap()).unwrap();
    }
    Base {
        before: before.document().clone(),
        known,
        contents: change_forged.contents(None),
        change: change_forged,
        raw: change.raw_bytes().to_vec(),
    }
}

fn mutate(base: &Base, random: &mut Xorshift) -> Vec<u8> {
    if random.one_in(4) {
        let mut contents = base.contents.clone();
        spoil(&mut contents, random);
        return seal(CHANGE_CHUNK, &contents);
    }
    let mut forged = base.change.clone();
    for _ in 0..1 + random.below(2) {
        match random.below(12) {
            0 => forged.sequence = random.next() >> random.below(64),
            1 => forged.start_op = (forged.start_op + random.below(9) as u64).saturating_sub(4),
            2 => forged.time = random.next() as i64 >> random.below(64),
            3 => forged.message = vec![b'm'; random.below(9)],
            4 => {
                forged.dependencies.pop();
            }
            _ if forged.columns.is_empty() => forged.extra = vec![0; random.below(3)],
            5 => {
                let place = random.below(forged.columns.len());
                forged.columns.remove(place);
            }
            _ => {
                let place = random.below(forged.columns.len());
                spoil(&mut forged.columns[place].1, random);
            }
        }
    }
    forged.raw()
}

fn spoil(bytes: &mut Vec<u8>, random: &mut Xorshift) {
    let place = random.below(bytes.len());
    match random.below(6) {
        0 => bytes.insert(place, random.next() as u8),
        1 if bytes.len() > 1 => {
            bytes.remove(place);
        }
        2 => bytes.truncate(place.max(1)),
        3 => {
            bytes[place] = bytes[place]
                .wrapping_add(random.below(3) as u8)
                .wrapping_sub(1)
        }
        4 => bytes[place] ^= 1 << random.below(8),
        _ => bytes[place] = random.next() as u8,
    }
}

#[derive(Debug, Default)]
struct Outcomes {
    refused: usize,
    unchanged: usize,
    out_of_place: usize,
    accepted: usize,
    panics: usize,
    errors: usize,
    not_given_back: usize,
    applied: usize,
}

#[test]
fn mutated_changes_never_panic_here_and_are_contained_there() {
    let seed = seed(71);
    println!("mutations: XUNGE_SEED={seed}");
    let mut random = Xorshift::new(seed);
    let mut outcomes = Outcomes::default();
    for _ in 0..MUTATIONS / MUTATIONS_OF_A_CHANGE {
        let base = random_base(&mut random);
        for _ in 0..MUTATIONS_OF_A_CHANGE {
            let raw = mutate(&base, &mut random);
            if raw == base.raw {
                outcomes.unchanged += 1;
            } else {
                try_change(&base, &raw, &mut outcomes);
            }
        }
    }
    println!("mutations: {outcomes:?}");
    assert!(outcomes.refused > MUTATIONS / 2 && outcomes.applied > MUTATIONS / 50);
}

fn try_change(base: &Base, raw: &[u8], outcomes: &mut Outcomes) {
    if let Ok(parts) = change_parts::split(raw) {
        assert_eq!(change_parts::rebuild(&parts), raw);
    }
    let Ok(inspected) = inspect(raw) else {
        outcomes.refused += 1;
        return;
    };
    if base.known.check(&inspected).is_err() {
        outcomes.out_of_place += 1;
        return;
    }
    outcomes.accepted += 1;
    let decoded = operations::decode(&inspected).unwrap();
    assert_eq!(decoded.len(), inspected.operation_count());
    let mut copy = base.before.clone();
    let applied = caught(|| {
        let change = Change::from_bytes(raw.to_vec()).map_err(|error| error.to_string())?;
        copy.apply_changes([change])
            .map_err(|error| error.to_string())
    });
    match applied {
        None => outcomes.panics += 1,
        Some(Err(_)) => outcomes.errors += 1,
        Some(Ok(())) => {
            if caught(|| confirm_applied(&copy, &inspected).is_ok()) != Some(true) {
                outcomes.not_given_back += 1;
                return;
            }
            outcomes.applied += 1;
            assert!(loads_again(&copy), "given back, and yet does not load");
            assert_only_declared(&base.before, &copy, &decoded);
        }
    }
}

/// What changed in containers that were there before must be what the decoded
/// operations said: authority is judged on them.
fn assert_only_declared(before: &Automerge, after: &Automerge, decoded: &[Operation<'_>]) {
    for (object, reference) in containers(before) {
        let written = || decoded.iter().filter(|op| op.object == reference);
        match before.object_type(&object).unwrap() {
            ObjType::Map | ObjType::Table => {
                let keys = before.keys(&object).chain(after.keys(&object));
                for key in keys.collect::<BTreeSet<_>>() {
                    let values = |document: &Automerge| {
                        let all = document.get_all(&object, key.as_str()).unwrap();
                        let texts = all.iter().map(|(value, id)| format!("{value:?} {id}"));
                        texts.collect::<Vec<_>>()
                    };
                    let declared = written().any(|op| op.key == Key::Map(key.as_str()));
                    assert!(declared || values(before) == values(after), "{key}");
                }
            }
            ObjType::List | ObjType::Text => {
                let values = |document: &Automerge| {
                    let all = document.values(&object);
                    all.map(|(value, id)| format!("{value:?} {id}"))
                        .collect::<Vec<_>>()
                };
                let declared = written().next().is_some();
                assert!(declared || values(before) == values(after), "{object}");
            }
        }
    }
}

/// The containers that can be seen in a document.
fn containers(document: &Automerge) -> Vec<(ObjId, ObjectRef)> {
    let mut found = vec![(ROOT, ObjectRef::Root)];
    let mut next = 0;
    while let Some((object, _)) = found.get(next).cloned() {
        next += 1;
        let children = document
            .values(&object)
            .filter_map(|(value, id)| value.is_object().then_some(id));
        for id in children.collect::<Vec<_>>() {
            let ObjId::Id(counter, actor, _) = &id else {
                continue;
            };
            let reference = ObjectRef::Op(OpId {
                counter: *counter,
                actor: ActorId::try_from(actor).unwrap(),
            });
            found.push((id, reference));
        }
    }
    found
}

#[test]
fn a_predecessor_under_another_key_does_not_pass() {
    for (written, foreign) in [("a", "z"), ("z", "a")] {
        let mut document = AutoCommit::new().with_actor(automerge::ActorId::from(&[7; 16]));
        document.put(ROOT, "a", "open").unwrap();
        document.put(ROOT, "z", "open").unwrap();
        let Some((_, ObjId::Id(counter, ..))) = document.get(ROOT, foreign).unwrap() else {
            panic!("just written");
        };
        let mut attacker = document
            .fork()
            .with_actor(automerge::ActorId::from(&[9; 16]));
        attacker.put(ROOT, written, "mine").unwrap();
        let change = attacker.get_last_local_change().unwrap();
        let mut forged = Forged::from_raw(change.raw_bytes());
        forged.set(115, vec![0x7f, counter as u8]);
        let raw = forged.raw();

        let inspected = inspect(&raw).unwrap();
        let mut copy = document.document().clone();
        copy.apply_changes([Change::from_bytes(raw.clone()).unwrap()])
            .unwrap();
        // This is why: the change never named the key it emptied.
        assert!(copy.get(ROOT, foreign).unwrap().is_none());
        let confirmed = caught(|| confirm_applied(&copy, &inspected)).unwrap();
        assert_eq!(confirmed.unwrap_err().code(), "guard_not_given_back");
    }
}

fn loads_again(document: &Automerge) -> bool {
    caught(|| {
        let loaded = Automerge::load(&document.save()).ok()?;
        (loaded.get_heads() == document.get_heads()).then_some(())
    })
    .flatten()
    .is_some()
}
