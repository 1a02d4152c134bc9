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
pub(crate) mod leb128;
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
}
