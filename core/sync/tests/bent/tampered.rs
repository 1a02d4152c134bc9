//! Changes no app of ours would write: an honest one taken apart, bent, and put together with a fitting checksum.
//! The bent change must have one operation, which is what makes its columns easy to write by hand.

use std::collections::BTreeMap;

use xunge_documents::NewChange;
use xunge_documents::change_parts::{
    ActorId, ChangeHash, ChangeParts, Column, ColumnSpec, rebuild, split,
};

/// How the CRDT numbers the types of values.
pub(crate) const TEXT: u64 = 6;
pub(crate) const BYTES: u64 = 7;
pub(crate) const COUNTER: u64 = 8;
/// How the CRDT numbers actions.
pub(crate) const MAKE_MAP: u64 = 0;
pub(crate) const DELETE: u64 = 3;

pub(crate) struct Tampered {
    dependencies: Vec<ChangeHash>,
    actor: ActorId,
    sequence: u64,
    start_op: u64,
    time: i64,
    other_actors: Vec<ActorId>,
    columns: BTreeMap<ColumnSpec, Vec<u8>>,
}

fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// A run-length column of one value: a literal run of length one.
fn one(value: &[u8]) -> Vec<u8> {
    [&[0x7f], value].concat()
}

impl Tampered {
    pub(crate) fn of(change: &NewChange) -> Self {
        let parts = split(&change.bytes).unwrap();
        Self {
            dependencies: parts.dependencies.clone(),
            actor: parts.actor,
            sequence: parts.sequence,
            start_op: parts.start_op,
            time: parts.time,
            other_actors: parts.other_actors.clone(),
            columns: parts
                .columns
                .iter()
                .map(|column| (column.spec, column.data.to_vec()))
                .collect(),
        }
    }

    fn column(mut self, spec: ColumnSpec, data: Vec<u8>) -> Self {
        self.columns.insert(spec, data);
        self
    }

    /// Writes to what operation `counter` of genesis made.
    pub(crate) fn object(self, counter: u64) -> Self {
        self.column(ColumnSpec::OBJECT_COUNTER, one(&number(counter)))
    }

    pub(crate) fn key(self, key: &str) -> Self {
        let text = [number(key.len() as u64), key.as_bytes().to_vec()].concat();
        self.column(ColumnSpec::KEY_TEXT, one(&text))
    }

    pub(crate) fn value(self, kind: u64, bytes: &[u8]) -> Self {
        let meta = number((bytes.len() as u64) << 4 | kind);
        self.column(ColumnSpec::VALUE_META, one(&meta))
            .column(ColumnSpec::VALUE, bytes.to_vec())
    }

    /// Another action, without a value.
    pub(crate) fn bare_action(mut self, action: u64) -> Self {
        self.columns.remove(&ColumnSpec::VALUE);
        self.column(ColumnSpec::ACTION, one(&number(action)))
            .column(ColumnSpec::VALUE_META, one(&[0]))
    }

    /// Overwrites what the author's own operation `counter` (below 64) wrote.
    pub(crate) fn overwrites(self, counter: u64) -> Self {
        assert!(counter < 64, "one byte of a signed number");
        self.column(ColumnSpec::PREDECESSOR_COUNT, one(&number(1)))
            .column(ColumnSpec::PREDECESSOR_ACTOR, one(&number(0)))
            .column(ColumnSpec::PREDECESSOR_COUNTER, one(&number(counter)))
    }

    pub(crate) const fn sequence(mut self, sequence: u64) -> Self {
        self.sequence = sequence;
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        rebuild(&ChangeParts {
            dependencies: self.dependencies.clone(),
            actor: self.actor,
            sequence: self.sequence,
            start_op: self.start_op,
            time: self.time,
            message: None,
            other_actors: self.other_actors.clone(),
            columns: self
                .columns
                .iter()
                .map(|(spec, data)| Column { spec: *spec, data })
                .collect(),
            extra: &[],
        })
    }
}
