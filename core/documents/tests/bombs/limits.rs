//! Every limit at its last allowed value and one beyond.

use xunge_documents::guard::{self, KnownChanges, inspect};
use xunge_documents::operations::decode;

use crate::forge::{Forged, repeat, signed, unsigned};
use crate::honest::*;

fn assert_limit(name: &str, forged: &Forged, beyond: &Forged, code: &str) {
    if let Err(error) = inspect(&forged.raw()) {
        panic!("{name}: {error}");
    }
    let refused = inspect(&beyond.raw()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), code, "{name}");
}

/// One value written under a key of the root.
fn put(key: &[u8], value_type: u8, value: &[u8]) -> Forged {
    let mut forged = Forged {
        actor: vec![9; 16],
        sequence: 1,
        start_op: 1,
        ..Forged::default()
    };
    let literal = |bytes: &[u8]| [vec![0x7f], bytes.to_vec()].concat();
    let length = unsigned(key.len() as u64);
    forged.set(KEY_TEXT, literal(&[&length, key].concat()));
    forged.set(INSERT, vec![1]);
    forged.set(ACTION, literal(&[1]));
    let meta = unsigned((value.len() as u64) << 4 | u64::from(value_type));
    forged.set(VALUE_META, literal(&meta));
    forged.set(VALUE, value.to_vec());
    forged.set(PREDECESSOR_COUNT, literal(&[0]));
    forged
}

#[test]
fn of_operations() {
    let full = guard::OPS_PER_CHANGE_MAX as u64;
    assert_limit(
        "operations of a change",
        &null_inserts(full),
        &null_inserts(full + 1),
        "guard_too_many_operations",
    );
    let raw = null_inserts(full).raw();
    let inspected = inspect(&raw).unwrap();
    assert_eq!(inspected.operation_count() as u64, full);
    assert_eq!(decode(&inspected).unwrap().len() as u64, full);

    let room = guard::OPS_PER_DOCUMENT_MAX - full;
    assert_eq!(inspected.admit(room), Ok(guard::OPS_PER_DOCUMENT_MAX));
    let over = inspected.admit(room + 1).unwrap_err();
    assert_eq!(over.code(), "guard_document_too_large");
    assert_eq!(inspected.admit(1), Ok(full + 1));
    assert_eq!(inspected.admit(0).unwrap_err().code(), "guard_start_op");

    let mut last = null_inserts(full);
    last.start_op = guard::OPS_PER_DOCUMENT_MAX - full + 1;
    let mut beyond = last.clone();
    beyond.start_op += 1;
    assert_limit("counters", &last, &beyond, "guard_counter_range");
}

#[test]
fn of_keys_and_counters() {
    let longest = vec![b'k'; guard::KEY_BYTES_MAX];
    let beyond = [longest.as_slice(), b"k"].concat();
    assert_limit(
        "a key",
        &put(&longest, 1, &[]),
        &put(&beyond, 1, &[]),
        "guard_key_length",
    );
    for sign in [1, -1] {
        let most = sign * guard::COUNTER_MAGNITUDE_MAX;
        assert_limit(
            "a counter",
            &put(b"count", 8, &signed(most)),
            &put(b"count", 8, &signed(most + sign)),
            "guard_counter_magnitude",
        );
    }
    let bytes = guard::CHANGE_BYTES_MAX;
    let with_bytes = |length: usize| put(b"k", 7, &vec![0; length]);
    let frame = with_bytes(bytes).raw().len() - bytes;
    assert_limit(
        "a change",
        &with_bytes(bytes - frame),
        &with_bytes(bytes - frame + 1),
        "guard_too_large",
    );
}

/// A write over many predecessors of the author's own.
fn overwrite(predecessors: u64) -> Forged {
    let mut forged = put(b"k", 1, &[]);
    (forged.sequence, forged.dependencies) = (2, vec![[1; 32]]);
    forged.start_op = predecessors + 1;
    forged.set(
        PREDECESSOR_COUNT,
        [vec![0x7f], unsigned(predecessors)].concat(),
    );
    forged.set(PREDECESSOR_ACTOR, repeat(predecessors, &[0]));
    forged.set(PREDECESSOR_COUNTER, repeat(predecessors, &[1]));
    forged
}

#[test]
fn of_the_frame() {
    let most = guard::PREDECESSORS_PER_CHANGE_MAX as u64;
    assert_limit(
        "predecessors",
        &overwrite(most),
        &overwrite(most + 1),
        "guard_too_many_predecessors",
    );

    let with = |change: &dyn Fn(&mut Forged)| {
        let mut forged = put(b"k", 1, &[]);
        change(&mut forged);
        forged
    };
    let message = guard::MESSAGE_BYTES_MAX;
    assert_limit(
        "a message",
        &with(&|forged| forged.message = vec![b'm'; message]),
        &with(&|forged| forged.message = vec![b'm'; message + 1]),
        "guard_message_length",
    );
    for time in [guard::TIME_MAGNITUDE_MAX, -guard::TIME_MAGNITUDE_MAX] {
        assert_limit(
            "a time",
            &with(&|forged| forged.time = time),
            &with(&|forged| forged.time = time + time.signum()),
            "guard_time",
        );
    }
    let sequence = guard::OPS_PER_DOCUMENT_MAX;
    let numbered =
        |number| with(&|forged| (forged.sequence, forged.dependencies) = (number, vec![[1; 32]]));
    assert_limit(
        "a sequence number",
        &numbered(sequence),
        &numbered(sequence + 1),
        "guard_sequence",
    );
    let dependencies = guard::DEPENDENCIES_PER_CHANGE_MAX;
    let depending = |count| {
        with(&|forged| forged.dependencies = (0..count).map(|index| hash(index).0).collect())
    };
    assert_limit(
        "dependencies",
        &depending(dependencies),
        &depending(dependencies + 1),
        "guard_too_many_dependencies",
    );
}

#[test]
fn of_other_actors() {
    // Each actor's own operation is overwritten.
    let with_others = |count: u64| {
        let mut forged = overwrite(count);
        let actor = |index: u64| [vec![1; 8], index.to_be_bytes().to_vec()].concat();
        forged.other_actors = (0..count).map(actor).collect();
        let indexes = (1..=count).flat_map(unsigned);
        let literals = signed(-(count as i64));
        forged.set(
            PREDECESSOR_ACTOR,
            literals.into_iter().chain(indexes).collect(),
        );
        forged
    };
    let most = guard::OTHER_ACTORS_PER_CHANGE_MAX as u64;
    assert_limit(
        "other actors",
        &with_others(most),
        &with_others(most + 1),
        "guard_too_many_actors",
    );
}

fn hash(index: usize) -> xunge_documents::change_parts::ChangeHash {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(index as u64).to_be_bytes());
    xunge_documents::change_parts::ChangeHash(bytes)
}

#[test]
fn of_what_a_document_knows() {
    let first = put(b"k", 1, &[]).raw();
    let first = inspect(&first).unwrap();
    let mut known = KnownChanges::new();
    known.admit(&first).unwrap();
    assert!(known.contains(&first.hash()));
    assert_eq!(
        (known.operations(), known.sequence(&first.parts().actor)),
        (1, 1)
    );

    let mut next = put(b"k", 1, &[]);
    (next.sequence, next.start_op) = (2, 2);
    next.dependencies = vec![first.hash().0];
    let refused = |known: &KnownChanges, forged: &Forged| {
        let raw = forged.raw();
        known.check(&inspect(&raw).unwrap()).unwrap_err().code()
    };
    let spoiled = |spoil: &dyn Fn(&mut Forged)| {
        let mut forged = next.clone();
        spoil(&mut forged);
        refused(&known, &forged)
    };
    let orphan = spoiled(&|forged| forged.dependencies = vec![[5; 32]]);
    assert_eq!(orphan, "guard_unknown_dependency");
    assert_eq!(spoiled(&|forged| forged.sequence = 3), "guard_sequence_gap");
    assert_eq!(spoiled(&|forged| forged.sequence = 1), "guard_sequence_gap");
    assert_eq!(spoiled(&|forged| forged.start_op = 3), "guard_start_op");
    assert_eq!(spoiled(&|forged| forged.start_op = 1), "guard_start_op");
    let mut stranger = null_inserts(2);
    stranger.actor = vec![8; 16];
    stranger.dependencies = vec![first.hash().0];
    assert_eq!(refused(&known, &stranger), "guard_unknown_actor");

    let raw = next.raw();
    let next = inspect(&raw).unwrap();
    let mut full = known.clone();
    let other = first.parts().actor;
    full.note(hash(1), other, 1, 1, guard::OPS_PER_DOCUMENT_MAX - 2);
    assert_eq!(full.check(&next), Ok(()));
    full.note(hash(2), other, 1, 1, 1);
    assert_eq!(
        full.check(&next).unwrap_err().code(),
        "guard_document_too_large"
    );
}
