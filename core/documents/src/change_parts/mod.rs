//! A change as bytes: taken apart, put together again, and hashed.
//!
//! Everything here works on plain bytes and never calls Automerge, because
//! Automerge panics or explodes on hostile ones. Sync sends changes as columns
//! of parts and lets the receiver rebuild what it can recompute, so [`rebuild`]
//! is the exact inverse of [`split`]: whatever `split` accepts comes back byte
//! for byte. That is why every second way of writing the same thing (an
//! overlong number, an empty column, a deflated column) is refused.
//!
//! `split` looks at the frame only. What the columns mean, and whether they are
//! harmless, is [`crate::guard`]'s question.

mod chunk;
mod column;
mod error;
mod identity;
pub mod leb128;
mod rebuild;
mod split;

pub use chunk::hash;
pub(crate) use chunk::open;
pub use column::{Column, ColumnSpec};
pub use error::ChangePartsError;
pub use identity::{ActorId, ChangeHash, ParseIdentityError};
pub use rebuild::{rebuild, rebuild_with_hash};
pub use split::split;
pub(crate) use split::split_contents;

/// The fields of one raw change chunk, borrowing its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeParts<'a> {
    /// The changes this one builds on.
    pub dependencies: Vec<ChangeHash>,
    /// Who wrote the change.
    pub actor: ActorId,
    /// The number of the change among its author's, from 1.
    pub sequence: u64,
    /// The counter of the first operation, from 1.
    pub start_op: u64,
    /// The author's clock, as the author chose to write it.
    pub time: i64,
    /// A note of the author; an empty one is `None`.
    pub message: Option<&'a str>,
    /// The other actors whose operations this change refers to. In the columns
    /// the author is actor 0 and these are 1, 2, …
    pub other_actors: Vec<ActorId>,
    /// The columns of the operations, in ascending order of their specs, none
    /// of them empty.
    pub columns: Vec<Column<'a>>,
    /// What follows the columns inside the chunk.
    pub extra: &'a [u8],
}

impl<'a> ChangeParts<'a> {
    /// The bytes of one column; empty when the change does not carry it.
    #[must_use]
    pub fn column(&self, spec: ColumnSpec) -> &'a [u8] {
        self.columns
            .iter()
            .find(|column| column.spec == spec)
            .map_or(&[], |column| column.data)
    }

    /// The actor behind an index used in the columns.
    #[must_use]
    pub fn actor_at(&self, index: u64) -> Option<ActorId> {
        match index.checked_sub(1) {
            None => Some(self.actor),
            Some(other) => self.other_actors.get(usize::try_from(other).ok()?).copied(),
        }
    }

    /// How many operations the change says it holds, counted run by run without
    /// believing any count far enough to allocate for it. `None` when the column
    /// of actions cannot be read; whether the others agree is the guard's question.
    #[must_use]
    pub fn operation_count(&self) -> Option<u64> {
        let mut reader = leb128::Reader::new(self.column(ColumnSpec::ACTION));
        let mut operations = 0_u64;
        while !reader.is_empty() {
            let header = reader.signed().ok()?;
            let values = if header < 0 { header.unsigned_abs() } else { 1 };
            if header == 0 || values > reader.remaining() as u64 {
                return None;
            }
            for _ in 0..values {
                reader.unsigned().ok()?;
            }
            operations = operations.checked_add(header.unsigned_abs())?;
        }
        Some(operations)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_without_believing_them() {
        let genesis = crate::Document::new();
        let change = genesis.inner.get_changes(&[]).remove(0);
        let mut parts = split(change.raw_bytes()).unwrap();
        assert_eq!(parts.operation_count(), Some(7));
        let mut with = |data: &'static [u8]| {
            parts.columns = vec![Column {
                spec: ColumnSpec::ACTION,
                data,
            }];
            parts.operation_count()
        };
        assert_eq!(with(&[0x7e, 1, 3, 5, 1]), Some(7));
        assert_eq!(with(&[0xff, 0xff, 0xff, 0x3f, 1]), Some((1 << 27) - 1));
        assert_eq!(with(&[0x80, 0x80, 0x80, 0x40, 1]), None);
        assert_eq!(with(&[0, 3]), None);
        assert_eq!(with(&[5]), None);
    }
}
