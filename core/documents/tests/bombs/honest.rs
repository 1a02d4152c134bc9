//! The honest change that is spoiled, and what the kinds of bombs share.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ObjType, ROOT, ScalarValue};
use xunge_documents::{guard, operations};

use crate::forge::{Forged, repeat, unsigned};
use crate::support::Xorshift;

pub(crate) const OBJECT_ACTOR: u32 = 1;
pub(crate) const OBJECT_COUNTER: u32 = 2;
pub(crate) const KEY_ACTOR: u32 = 17;
pub(crate) const KEY_COUNTER: u32 = 19;
pub(crate) const KEY_TEXT: u32 = 21;
pub(crate) const INSERT: u32 = 52;
pub(crate) const ACTION: u32 = 66;
pub(crate) const VALUE_META: u32 = 86;
pub(crate) const VALUE: u32 = 87;
pub(crate) const PREDECESSOR_COUNT: u32 = 112;
pub(crate) const PREDECESSOR_ACTOR: u32 = 113;
pub(crate) const PREDECESSOR_COUNTER: u32 = 115;
pub(crate) const RUN_COLUMNS: [u32; 10] = [
    OBJECT_ACTOR,
    OBJECT_COUNTER,
    KEY_ACTOR,
    KEY_COUNTER,
    KEY_TEXT,
    ACTION,
    VALUE_META,
    PREDECESSOR_COUNT,
    PREDECESSOR_ACTOR,
    PREDECESSOR_COUNTER,
];
pub(crate) const HUGE: [u64; 7] = [
    20_002,
    20_000_000,
    1 << 31,
    1 << 32,
    1 << 40,
    1 << 62,
    i64::MAX as u64,
];

/// A kind of bomb: what it is, the refusals it may meet, and how it is made.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) codes: &'static [&'static str],
    pub(crate) make: fn(&Honest, &mut Xorshift) -> Vec<u8>,
}

/// An honest change to spoil, with every column of the operations in it.
pub(crate) struct Honest {
    pub(crate) forged: Forged,
    pub(crate) rows: u64,
    pub(crate) predecessors: u64,
}

impl Honest {
    pub(crate) fn write() -> Self {
        let mut first = AutoCommit::new().with_actor(automerge::ActorId::from(&[7; 16]));
        let list = first.put_object(ROOT, "entries", ObjType::List).unwrap();
        let body = first.put_object(ROOT, "body", ObjType::Text).unwrap();
        first.put(ROOT, "state", "open").unwrap();
        first.put(ROOT, "count", ScalarValue::counter(1)).unwrap();
        first.splice_text(&body, 0, 0, "井盖破损了").unwrap();
        let first = &mut first;
        let mut second = first.fork().with_actor(automerge::ActorId::from(&[9; 16]));
        second.put(ROOT, "state", "closed").unwrap();
        second.put(ROOT, "note", "九").unwrap();
        second.increment(ROOT, "count", 2).unwrap();
        second.insert(&list, 0, 1.5).unwrap();
        second.splice_text(&body, 1, 2, "换新").unwrap();
        let hash = second
            .commit_with(CommitOptions::default().with_message("done"))
            .unwrap();
        let change = second.get_change_by_hash(&hash).unwrap();
        let inspected = guard::inspect(change.raw_bytes()).unwrap();
        let decoded = operations::decode(&inspected).unwrap();
        let honest = Self {
            forged: Forged::from_raw(change.raw_bytes()),
            rows: decoded.len() as u64,
            predecessors: decoded
                .iter()
                .map(|operation| operation.predecessors.len() as u64)
                .sum(),
        };
        assert_eq!(honest.forged.columns.len(), RUN_COLUMNS.len() + 2);
        assert!(guard::inspect(&honest.forged.raw()).is_ok());
        honest
    }

    pub(crate) fn with(&self, columns: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let mut forged = self.forged.clone();
        for (spec, data) in columns {
            forged.set(*spec, data.clone());
        }
        forged.raw()
    }

    /// All rows write under an element of one list, as the key columns say.
    pub(crate) fn with_element_keys(&self, actor: u64, counters: Vec<u8>) -> Vec<u8> {
        self.with(&[
            (KEY_TEXT, Vec::new()),
            (KEY_ACTOR, repeat(self.rows, &unsigned(actor))),
            (KEY_COUNTER, counters),
        ])
    }
}

/// The bomb of the design: this many nulls inserted into a list, all columns
/// agreeing, in about a hundred bytes.
pub(crate) fn null_inserts(count: u64) -> Forged {
    let mut forged = Forged {
        dependencies: vec![[3; 32]],
        actor: vec![9; 16],
        sequence: 1,
        start_op: 2,
        other_actors: vec![vec![7; 16]],
        ..Forged::default()
    };
    for spec in [OBJECT_ACTOR, OBJECT_COUNTER, ACTION] {
        forged.set(spec, repeat(count, &[1]));
    }
    for spec in [KEY_COUNTER, VALUE_META, PREDECESSOR_COUNT] {
        forged.set(spec, repeat(count, &[0]));
    }
    forged.set(INSERT, [vec![0], unsigned(count)].concat());
    forged
}

/// A count of rows or values no column may claim.
pub(crate) fn huge(random: &mut Xorshift) -> u64 {
    *random.pick(&HUGE) - random.below(2) as u64
}

/// A value as the column encodes it.
pub(crate) fn cell(spec: u32, random: &mut Xorshift) -> Vec<u8> {
    if spec == KEY_TEXT {
        vec![1, b'a' + random.below(26) as u8]
    } else {
        vec![random.below(2) as u8]
    }
}
