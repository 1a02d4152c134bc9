//! What must be known of a document before a change may be merged into it.
//!
//! The bytes of a change say what it builds on; only the document can say
//! whether that is true. Automerge does not ask: it parks a change whose
//! dependencies are missing and reports success, panics on an actor or sequence
//! number it does not expect, and merges a change with wrong counters into a
//! document that will not load again.

use std::collections::HashMap;

use super::{GuardError, Inspected, OPS_PER_DOCUMENT_MAX};
use crate::change_parts::{ActorId, ChangeHash};

/// The changes a document holds, as far as the guard asks about them.
#[derive(Debug, Clone, Default)]
pub struct KnownChanges {
    operations: u64,
    last_ops: HashMap<ChangeHash, u64>,
    sequences: HashMap<ActorId, u64>,
}

impl KnownChanges {
    /// Those of an empty document.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many operations the document holds.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// The sequence number of the author's last change; 0 when there is none.
    #[must_use]
    pub fn sequence(&self, actor: &ActorId) -> u64 {
        self.sequences.get(actor).copied().unwrap_or_default()
    }

    /// Whether the document holds the change.
    #[must_use]
    pub fn contains(&self, hash: &ChangeHash) -> bool {
        self.last_ops.contains_key(hash)
    }

    /// Notes a change that is in the document. `last_op` is the counter of its
    /// last operation, or the one before its first when it has none.
    pub fn note(
        &mut self,
        hash: ChangeHash,
        actor: ActorId,
        sequence: u64,
        last_op: u64,
        operation_count: u64,
    ) {
        if self.last_ops.insert(hash, last_op).is_none() {
            self.operations = self.operations.saturating_add(operation_count);
            let last = self.sequences.entry(actor).or_default();
            *last = sequence.max(*last);
        }
    }

    /// Checks that an inspected change is the next of its author, builds on what
    /// is here, and counts on from there.
    ///
    /// # Errors
    /// [`GuardError::UnknownDependency`], [`GuardError::SequenceGap`] and
    /// [`GuardError::UnknownActor`] may heal when the changes in between arrive;
    /// [`GuardError::StartOp`] and [`GuardError::DocumentTooLarge`] do not.
    pub fn check(&self, inspected: &Inspected<'_>) -> Result<(), GuardError> {
        let parts = inspected.parts();
        let mut last_op = 0;
        for hash in &parts.dependencies {
            let found = self.last_ops.get(hash);
            last_op = last_op.max(*found.ok_or(GuardError::UnknownDependency { hash: *hash })?);
        }
        let expected = self.sequence(&parts.actor) + 1;
        if parts.sequence != expected {
            return Err(GuardError::SequenceGap {
                expected,
                found: parts.sequence,
            });
        }
        if let Some(actor) = parts
            .other_actors
            .iter()
            .find(|actor| !self.sequences.contains_key(actor))
        {
            return Err(GuardError::UnknownActor { actor: *actor });
        }
        // No author knows more than the dependencies and what they build on.
        if parts.start_op != last_op + 1 {
            return Err(GuardError::StartOp {
                expected: last_op + 1,
                found: parts.start_op,
            });
        }
        let operations = self
            .operations
            .saturating_add(inspected.operation_count() as u64);
        if operations > OPS_PER_DOCUMENT_MAX {
            return Err(GuardError::DocumentTooLarge { operations });
        }
        Ok(())
    }

    /// Checks an inspected change and notes it: for a batch of changes that
    /// build on each other, in their order.
    ///
    /// # Errors
    /// As [`KnownChanges::check`]; nothing is noted then.
    pub fn admit(&mut self, inspected: &Inspected<'_>) -> Result<(), GuardError> {
        self.check(inspected)?;
        let parts = inspected.parts();
        self.note(
            inspected.hash(),
            parts.actor,
            parts.sequence,
            inspected.last_op(),
            inspected.operation_count() as u64,
        );
        Ok(())
    }
}
