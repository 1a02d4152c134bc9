//! The check before every Automerge call.
//!
//! Automerge is not built for hostile bytes: a valid change of 113 bytes
//! (twenty million nulls, run-length encoded) takes it minutes and gigabytes,
//! and some mutated changes make it panic. So nothing from outside reaches it
//! that has not been inspected: [`inspect`] is pure, allocates in proportion to
//! the bytes it is given and never to a count they claim, and accepts only what
//! Automerge itself would have written.
//!
//! What the bytes of one change cannot tell, [`KnownChanges`] checks: that what
//! it builds on is here, that it is its author's next, that it counts on. What
//! neither can tell is whether the single operations it overwrites exist, and
//! under the same key. So Automerge is called on a copy behind `catch_unwind`,
//! and [`confirm_applied`] must pass before the copy takes the document's place,
//! unless the change refers to nothing but genesis and itself
//! ([`Inspected::stands_alone`]).

mod alone;
mod applied;
mod columns;
mod error;
mod known;
mod rules;

use crate::change_parts::{ChangeHash, ChangeParts, ColumnSpec, split_contents};

pub use applied::confirm_applied;
pub use error::GuardError;
pub use known::KnownChanges;

/// The largest change taken, in bytes.
pub const CHANGE_BYTES_MAX: usize = 256 * 1024;
/// The most operations in one change.
pub const OPS_PER_CHANGE_MAX: usize = 10_000;
/// The most operations in one document, and so the highest counter.
pub const OPS_PER_DOCUMENT_MAX: u64 = 200_000;
/// The most operations a change may overwrite.
pub const PREDECESSORS_PER_CHANGE_MAX: usize = 20_000;
/// The longest key of a map, in bytes.
pub const KEY_BYTES_MAX: usize = 256;
/// The longest message of a change, in bytes.
pub const MESSAGE_BYTES_MAX: usize = 4096;
/// The most dependencies of a change.
pub const DEPENDENCIES_PER_CHANGE_MAX: usize = 1024;
/// The most other actors a change may list.
pub const OTHER_ACTORS_PER_CHANGE_MAX: usize = 1024;
/// The largest magnitude of a counter and of an increment. All the increments a
/// document can hold cannot add up to an overflow, on which Automerge panics.
pub const COUNTER_MAGNITUDE_MAX: i64 = 1 << 40;
/// The largest magnitude of a change's time: what a JavaScript number holds.
pub const TIME_MAGNITUDE_MAX: i64 = 1 << 53;

/// A change that passed the guard, now or before it was kept. Only [`inspect`] makes one of bytes from outside.
#[derive(Debug, Clone)]
pub struct Inspected<'a> {
    raw: &'a [u8],
    hash: ChangeHash,
    parts: ChangeParts<'a>,
    operation_count: usize,
    stands_alone: bool,
}

/// Inspects one raw change. See the module for what an acceptance means.
///
/// # Errors
/// When the bytes are anything but one harmless raw change in exactly the form
/// Automerge writes.
pub fn inspect(raw: &[u8]) -> Result<Inspected<'_>, GuardError> {
    if raw.len() > CHANGE_BYTES_MAX {
        return Err(GuardError::TooLarge { bytes: raw.len() });
    }
    let chunk = crate::change_parts::open(raw)?;
    let hash = chunk.verified_hash()?;
    let parts = split_contents(chunk.contents)?;
    rules::check_frame(&parts)?;
    let operation_count = columns::measure(&parts)?;
    let stands_alone = rules::check_operations(&parts, operation_count)?;
    Ok(Inspected {
        raw,
        hash,
        parts,
        operation_count,
        stands_alone,
    })
}

/// Reads one raw change that was inspected before it was kept: that it is whole, and nothing more.
///
/// # Errors
/// When the bytes are no raw change, or not those that were kept.
pub(crate) fn reread(raw: &[u8]) -> Result<Inspected<'_>, GuardError> {
    let chunk = crate::change_parts::open(raw)?;
    let hash = chunk.verified_hash()?;
    let parts = split_contents(chunk.contents)?;
    let operation_count = parts
        .operation_count()
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| *count <= OPS_PER_CHANGE_MAX)
        .ok_or(GuardError::TooManyOperations {
            column: ColumnSpec::ACTION,
        })?;
    Ok(Inspected {
        raw,
        hash,
        parts,
        operation_count,
        stands_alone: false,
    })
}

impl<'a> Inspected<'a> {
    /// The bytes that were inspected.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The verified hash of the change.
    #[must_use]
    pub fn hash(&self) -> ChangeHash {
        self.hash
    }

    /// The fields of the change.
    #[must_use]
    pub fn parts(&self) -> &ChangeParts<'a> {
        &self.parts
    }

    /// How many operations the change holds.
    #[must_use]
    pub fn operation_count(&self) -> usize {
        self.operation_count
    }

    /// Whether the change overwrites nothing and refers to nothing but genesis and itself. What [`confirm_applied`]
    /// asks the merged document then has only one answer.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.stands_alone
    }

    /// The counter of the last operation; of the one before the first when the
    /// change is empty.
    #[must_use]
    pub fn last_op(&self) -> u64 {
        self.parts.start_op - 1 + self.operation_count as u64
    }

    /// Counts the change into a document that holds `operations` operations
    /// (the sum over all its changes, the first one included) and returns the
    /// new count. [`KnownChanges`] checks this and more.
    ///
    /// The counter of a first operation is one more than the highest its author
    /// knew, and no document has a higher counter than it has operations. So a
    /// change that jumps ahead, to leave the honest no counters to go on with,
    /// is refused here as well.
    ///
    /// # Errors
    /// When the document would grow over [`OPS_PER_DOCUMENT_MAX`], or the
    /// change's counters jump ahead.
    pub fn admit(&self, operations: u64) -> Result<u64, GuardError> {
        let ceiling = operations.saturating_add(1);
        if self.parts.start_op > ceiling {
            return Err(GuardError::StartOp {
                expected: ceiling,
                found: self.parts.start_op,
            });
        }
        let total = operations.saturating_add(self.operation_count as u64);
        if total > OPS_PER_DOCUMENT_MAX {
            return Err(GuardError::DocumentTooLarge { operations: total });
        }
        Ok(total)
    }
}

/// Columns that only changes with marks carry.
const MARK_COLUMNS: [ColumnSpec; 2] = [ColumnSpec::MARK_EXPAND, ColumnSpec::MARK_NAME];
