//! Honest changes mutated at random, with a fitting checksum. What the guard
//! takes of them is applied to a copy of its document, as the caller does.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use automerge::{Automerge, Change, ReadDoc};
use xunge_documents::change_parts;
use xunge_documents::guard::{KnownChanges, inspect};
use xunge_documents::operations;

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
    parked: usize,
    altered: usize,
    altered_unloadable: usize,
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
    let hash = automerge::ChangeHash::from(inspected.hash());
    let mut copy = base.before.clone();
    let applied = caught(|| {
        let change = Change::from_bytes(raw.to_vec()).map_err(|error| error.to_string())?;
        copy.apply_changes([change])
            .map_err(|error| error.to_string())?;
        Ok::<_, String>(copy.get_change_by_hash(&hash))
    });
    match applied {
        None => outcomes.panics += 1,
        Some(Err(_)) => outcomes.errors += 1,
        Some(Ok(None)) => outcomes.parked += 1,
        Some(Ok(Some(change))) if change.raw_bytes() != raw => {
            outcomes.altered += 1;
            if !loads_again(&copy) {
                outcomes.altered_unloadable += 1;
            }
        }
        Some(Ok(Some(_))) => {
            outcomes.applied += 1;
            assert!(
                loads_again(&copy),
                "given back alike, and yet does not load"
            );
        }
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
