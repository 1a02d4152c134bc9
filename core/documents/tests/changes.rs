//! Our reading of a change against Automerge's own, on random documents.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and seeds and counts are printed"
)]

#[path = "support/histories.rs"]
mod histories;
mod support;

use automerge::legacy;
use histories::random_history;
use support::{Xorshift, seed};
use xunge_documents::change_parts::{self, ActorId, ChangeHash};
use xunge_documents::guard;
use xunge_documents::operations::{
    self, Action, ElementRef, Key, ObjectRef, OpId, Operation, ScalarValue,
};

const HISTORIES: u64 = 2_500;

#[test]
fn every_change_is_read_as_automerge_reads_it() {
    let seed = seed(20_260_901);
    println!("changes: XUNGE_SEED={seed}");
    let (mut changes, mut read) = (0, 0);
    for history in 0..HISTORIES {
        let mut document = random_history(&mut Xorshift::new(seed.wrapping_add(history)));
        let mut known = guard::KnownChanges::new();
        for change in document.get_changes(&[]) {
            let raw = change.raw_bytes();
            let parts = change_parts::split(raw).unwrap();
            let (rebuilt, rebuilt_hash) = change_parts::rebuild_with_hash(&parts);
            assert_eq!(rebuilt, raw, "history {history}");
            let hash = ChangeHash::from(change.hash());
            assert_eq!(rebuilt_hash, hash);
            assert_eq!(change_parts::hash(raw), Ok(hash));

            let inspected = guard::inspect(raw)
                .unwrap_or_else(|error| panic!("history {history}, {hash}: {error}"));
            known.admit(&inspected).unwrap();
            assert!(known.contains(&hash));
            assert_eq!(inspected.last_op(), change.max_op());
            let ours = operations::decode(&inspected).unwrap();
            compare(&change.decode(), &inspected, &ours);
            changes += 1;
            read += ours.len();
        }
    }
    println!("changes: {HISTORIES} histories, {changes} changes, {read} operations read alike");
    assert!(changes > 5 * HISTORIES as usize && read > changes);
}

fn compare(theirs: &legacy::Change, inspected: &guard::Inspected<'_>, ours: &[Operation<'_>]) {
    let parts = inspected.parts();
    assert_eq!(parts.actor, actor(&theirs.actor_id));
    assert_eq!(parts.sequence, theirs.seq);
    assert_eq!(parts.start_op, theirs.start_op.get());
    assert_eq!(parts.time, theirs.time);
    // Automerge keeps an empty message until it is written, where it is none.
    let message = theirs.message.as_deref().filter(|text| !text.is_empty());
    assert_eq!(parts.message, message);
    assert_eq!(parts.extra, theirs.extra_bytes);
    let dependencies = theirs.deps.iter().copied().map(ChangeHash::from);
    assert!(parts.dependencies.iter().copied().eq(dependencies));
    assert_eq!(inspected.operation_count(), ours.len());
    assert_eq!(theirs.operations.len(), ours.len());
    for (row, (their, our)) in theirs.operations.iter().zip(ours).enumerate() {
        assert_eq!(our.id.actor, parts.actor);
        assert_eq!(our.id.counter, parts.start_op + row as u64);
        assert_eq!(our.insert, their.insert);
        assert_eq!(our.object, object(&their.obj));
        assert_key(&our.key, &their.key);
        assert_action(&our.action, &their.action);
        let predecessors = their.pred.iter().map(op_id);
        assert!(our.predecessors.iter().copied().eq(predecessors));
    }
}

fn actor(theirs: &automerge::ActorId) -> ActorId {
    ActorId::try_from(theirs).unwrap()
}

fn op_id(theirs: &legacy::OpId) -> OpId {
    OpId {
        counter: theirs.counter(),
        actor: actor(theirs.actor()),
    }
}

fn object(theirs: &legacy::ObjectId) -> ObjectRef {
    match theirs {
        legacy::ObjectId::Root => ObjectRef::Root,
        legacy::ObjectId::Id(id) => ObjectRef::Op(op_id(id)),
    }
}

fn assert_key(ours: &Key<'_>, theirs: &legacy::Key) {
    match (ours, theirs) {
        (Key::Map(ours), legacy::Key::Map(theirs)) => assert_eq!(*ours, theirs.as_str()),
        (Key::Element(ElementRef::Head), legacy::Key::Seq(legacy::ElementId::Head)) => {}
        (Key::Element(ElementRef::Op(ours)), legacy::Key::Seq(legacy::ElementId::Id(theirs))) => {
            assert_eq!(*ours, op_id(theirs));
        }
        _ => panic!("{ours:?} is not {theirs:?}"),
    }
}

fn assert_action(ours: &Action<'_>, theirs: &legacy::OpType) {
    use automerge::ObjType;
    match (ours, theirs) {
        (Action::MakeMap, legacy::OpType::Make(ObjType::Map))
        | (Action::MakeList, legacy::OpType::Make(ObjType::List))
        | (Action::MakeText, legacy::OpType::Make(ObjType::Text))
        | (Action::Delete, legacy::OpType::Delete) => {}
        (Action::Increment(ours), legacy::OpType::Increment(theirs)) => assert_eq!(ours, theirs),
        (Action::Put(ours), legacy::OpType::Put(theirs)) => assert_value(ours, theirs),
        _ => panic!("{ours:?} is not {theirs:?}"),
    }
}

fn assert_value(ours: &ScalarValue<'_>, theirs: &automerge::ScalarValue) {
    use automerge::ScalarValue as Theirs;
    match (ours, theirs) {
        (ScalarValue::Null, Theirs::Null) => {}
        (ScalarValue::Bool(ours), Theirs::Boolean(theirs)) => assert_eq!(ours, theirs),
        (ScalarValue::Uint(ours), Theirs::Uint(theirs)) => assert_eq!(ours, theirs),
        (ScalarValue::Int(ours), Theirs::Int(theirs))
        | (ScalarValue::Timestamp(ours), Theirs::Timestamp(theirs)) => assert_eq!(ours, theirs),
        (ScalarValue::F64(ours), Theirs::F64(theirs)) => {
            assert_eq!(ours.to_bits(), theirs.to_bits());
        }
        (ScalarValue::Str(ours), Theirs::Str(theirs)) => assert_eq!(*ours, theirs.as_str()),
        (ScalarValue::Bytes(ours), Theirs::Bytes(theirs)) => assert_eq!(ours, theirs),
        (ScalarValue::Counter(ours), Theirs::Counter(theirs)) => {
            assert_eq!(*ours, i64::from(theirs));
        }
        _ => panic!("{ours:?} is not {theirs:?}"),
    }
}
