//! One case document in memory. Bytes from outside pass the guard first and are applied to a copy; the copy
//! replaces the document only when everything went well.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, LoadOptions, ReadDoc, TextEncoding};

use crate::change_parts::{ActorId, ChangeHash};
use crate::guard::{GuardError, Inspected, OPS_PER_DOCUMENT_MAX, inspect};
use crate::schema::{genesis, genesis_hash};

/// Why a change was not applied. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The guard refused it before the CRDT saw it.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// It builds on a change that is not here. The CRDT would park it in silence.
    #[error("the change builds on {dependency}, which is not here; send that one first")]
    Orphan {
        /// The first missing one.
        dependency: ChangeHash,
    },
    /// Its author's sequence numbers leave a gap.
    #[error("change {found} of its author arrived, {expected} is due; send from there")]
    SequenceGap {
        /// The number due.
        expected: u64,
        /// The number found.
        found: u64,
    },
    /// Its author's sequence number is taken by another change.
    #[error("change {sequence} of this author is here already, with other content")]
    SequenceTaken {
        /// The number.
        sequence: u64,
    },
    /// The CRDT refused it, or panicked on it.
    #[error("the change cannot be applied: {0}")]
    Refused(String),
}

impl ApplyError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Guard(cause) => cause.code(),
            Self::Orphan { .. } => "orphan_change",
            Self::SequenceGap { .. } => "sequence_gap",
            Self::SequenceTaken { .. } => "sequence_taken",
            Self::Refused(_) => "change_refused",
        }
    }
}

/// Stored bytes that are no document any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored document cannot be read: {0}; rebuild it from its changes")]
pub struct LoadError(String);

/// A case document.
#[derive(Clone)]
pub struct CaseDocument {
    pub(crate) inner: Automerge,
    operations: u64,
}

/// A change made or accepted here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Its name.
    pub hash: ChangeHash,
    /// Who wrote it.
    pub actor: ActorId,
    /// Its number among its author's.
    pub sequence: u64,
    /// The raw chunk.
    pub bytes: Vec<u8>,
}

impl Default for CaseDocument {
    fn default() -> Self {
        Self::new()
    }
}

impl CaseDocument {
    /// An empty case: genesis alone.
    pub fn new() -> Self {
        Self {
            inner: genesis(),
            operations: 0,
        }
    }

    /// Reads a snapshot of our own store. Cost: about 70 µs for a case of six changes.
    ///
    /// # Errors
    /// Bytes that are no document.
    pub fn load(snapshot: &[u8]) -> Result<Self, LoadError> {
        let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
        let loaded = catch_unwind(AssertUnwindSafe(|| {
            Automerge::load_with_options(snapshot, options)
        }));
        let inner = match loaded {
            Ok(Ok(inner)) => inner,
            Ok(Err(cause)) => return Err(LoadError(cause.to_string())),
            Err(_) => return Err(LoadError("its bytes are damaged".into())),
        };
        if inner.get_change_by_hash(&genesis_hash().into()).is_none() {
            return Err(LoadError(
                "it is no case document of a known version".into(),
            ));
        }
        let operations = inner.stats().num_ops;
        Ok(Self { inner, operations })
    }

    /// Rebuilds a document from its raw changes, in any order that puts dependencies first.
    ///
    /// # Errors
    /// The first change that does not fit.
    pub fn from_changes<'a>(raws: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, ApplyError> {
        let mut document = Self::new();
        document.apply(raws)?;
        Ok(document)
    }

    /// The snapshot bytes, for [`Self::load`].
    pub fn save(&self) -> Vec<u8> {
        self.inner.save()
    }

    /// The newest changes, sorted: two replicas with equal heads hold equal documents.
    pub fn heads(&self) -> Vec<ChangeHash> {
        let mut heads: Vec<ChangeHash> = self
            .inner
            .get_heads()
            .into_iter()
            .map(ChangeHash::from)
            .collect();
        heads.sort();
        heads
    }

    /// Whether a change is part of this document.
    pub fn contains(&self, hash: &ChangeHash) -> bool {
        self.inner
            .get_change_meta_by_hash(&(*hash).into())
            .is_some()
    }

    /// The sequence number due from an author.
    pub fn next_sequence(&self, actor: &ActorId) -> u64 {
        let actor = automerge::ActorId::from(*actor);
        self.inner
            .get_changes_meta(&[])
            .iter()
            .filter(|change| *change.actor == actor)
            .map(|change| change.seq)
            .max()
            .unwrap_or(0)
            + 1
    }

    /// All raw changes but genesis, dependencies first.
    pub fn changes(&self) -> Vec<NewChange> {
        self.inner
            .get_changes(&[genesis_hash().into()])
            .into_iter()
            .filter_map(|change| new_change(&change))
            .collect()
    }

    /// Guards and applies changes; one that is here already is passed over. All or nothing.
    /// Cost: about 25 µs a change.
    ///
    /// # Errors
    /// The first change that does not fit; the document is as it was.
    pub fn apply<'a>(
        &mut self,
        raws: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), ApplyError> {
        let mut copy = self.clone();
        for raw in raws {
            copy.apply_in_place(&inspect(raw)?)?;
        }
        *self = copy;
        Ok(())
    }

    /// Applies one inspected change to a copy and swaps on success.
    ///
    /// # Errors
    /// Why it does not fit; the document is as it was.
    pub fn apply_inspected(&mut self, inspected: &Inspected<'_>) -> Result<(), ApplyError> {
        let mut copy = self.clone();
        copy.apply_in_place(inspected)?;
        *self = copy;
        Ok(())
    }

    fn apply_in_place(&mut self, inspected: &Inspected<'_>) -> Result<(), ApplyError> {
        if self.contains(&inspected.hash()) {
            return Ok(());
        }
        let operations = inspected.admit(self.operations)?;
        let parts = inspected.parts();
        if let Some(missing) = parts.dependencies.iter().find(|hash| !self.contains(hash)) {
            return Err(ApplyError::Orphan {
                dependency: *missing,
            });
        }
        let expected = self.next_sequence(&parts.actor);
        if parts.sequence < expected {
            return Err(ApplyError::SequenceTaken {
                sequence: parts.sequence,
            });
        }
        if parts.sequence > expected {
            return Err(ApplyError::SequenceGap {
                expected,
                found: parts.sequence,
            });
        }
        let applied = catch_unwind(AssertUnwindSafe(|| {
            let change =
                Change::from_bytes(inspected.raw().to_vec()).map_err(|cause| cause.to_string())?;
            self.inner
                .apply_changes([change])
                .map_err(|cause| cause.to_string())
        }));
        match applied {
            Ok(Ok(())) if self.contains(&inspected.hash()) => {
                self.operations = operations;
                Ok(())
            }
            Ok(Ok(())) => Err(ApplyError::Refused("it was parked, not applied".into())),
            Ok(Err(cause)) => Err(ApplyError::Refused(cause)),
            Err(_) => Err(ApplyError::Refused(
                "the CRDT library panicked on it".into(),
            )),
        }
    }

    /// Operations so far, against [`OPS_PER_DOCUMENT_MAX`].
    pub fn operation_count(&self) -> u64 {
        self.operations.min(OPS_PER_DOCUMENT_MAX)
    }

    pub(crate) fn count_operations(&mut self, more: usize) {
        self.operations = self.operations.saturating_add(more as u64);
    }
}

pub(crate) fn new_change(change: &Change) -> Option<NewChange> {
    Some(NewChange {
        hash: change.hash().into(),
        actor: ActorId::try_from(change.actor_id()).ok()?,
        sequence: change.seq(),
        bytes: change.raw_bytes().to_vec(),
    })
}
