//! One document in memory, of whichever kind. Bytes from outside pass the guard first and are applied to a copy; the copy
//! replaces the document only when everything went well.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, LoadOptions, ReadDoc, TextEncoding};

use xunge_domain::document_kind::DocumentKind;

use crate::change_parts::{ActorId, ChangeHash, split};
use crate::guard::{GuardError, Inspected, KnownChanges, confirm_applied, inspect, reread};
use crate::schema::{genesis, genesis_hash_of, opened_kind};

/// Why a change was not applied. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The guard refused it before the CRDT saw it.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// The CRDT refused it, or panicked on it.
    #[error("the change cannot be applied: {0}")]
    Refused(String),
}

impl ApplyError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Guard(cause) => cause.code(),
            Self::Refused(_) => "change_refused",
        }
    }
}

/// Stored bytes that are no document any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored document cannot be read: {0}; rebuild it from its changes")]
pub struct LoadError(String);

/// A document: everything about it that is the same for every kind. What it says is read by kind, see `read` and
/// `read_checkin`.
#[derive(Clone)]
pub struct Document {
    pub(crate) inner: Automerge,
    kind: DocumentKind,
    known: KnownChanges,
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
    /// How many operations it holds.
    pub operations: u64,
    /// The raw chunk.
    pub bytes: Vec<u8>,
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

impl Document {
    /// An empty case: genesis alone.
    pub fn new() -> Self {
        Self::of(DocumentKind::Case)
    }

    /// An empty document of a kind: its genesis alone.
    pub fn of(kind: DocumentKind) -> Self {
        let inner = genesis(kind);
        let known = known_changes(&inner);
        Self { inner, kind, known }
    }

    /// An empty document of the kind that a first change opens; an empty case where it opens none, which then does not fit.
    pub fn opened_by(first: Option<&[u8]>) -> Self {
        let parts = first.and_then(|raw| split(raw).ok());
        let kind = parts.and_then(|parts| opened_kind(&parts.dependencies));
        Self::of(kind.unwrap_or(DocumentKind::Case))
    }

    /// What it is about.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Whether there is nothing but genesis.
    pub fn is_empty(&self) -> bool {
        self.heads() == [genesis_hash_of(self.kind)]
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
        let mut kinds = DocumentKind::ALL.into_iter();
        let has = |kind| inner.get_change_by_hash(&genesis_hash_of(kind).into());
        let Some(kind) = kinds.find(|kind| has(*kind).is_some()) else {
            return Err(LoadError("it is no document of a known kind".into()));
        };
        let known = known_changes(&inner);
        Ok(Self { inner, kind, known })
    }

    /// Rebuilds a document from its raw changes, in any order that puts dependencies first.
    ///
    /// # Errors
    /// The first change that does not fit.
    pub fn from_changes<'a>(raws: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, ApplyError> {
        let mut raws = raws.into_iter().peekable();
        let mut document = Self::opened_by(raws.peek().copied());
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
        self.known.contains(hash)
    }

    /// The sequence number due from an author.
    pub fn next_sequence(&self, actor: &ActorId) -> u64 {
        self.known.sequence(actor) + 1
    }

    /// Whether an author has written here.
    pub fn knows(&self, actor: &ActorId) -> bool {
        self.known.sequence(actor) > 0
    }

    /// All raw changes but genesis, dependencies first.
    pub fn changes(&self) -> Vec<NewChange> {
        self.inner
            .get_changes(&[genesis_hash_of(self.kind).into()])
            .into_iter()
            .filter_map(|change| new_change(&change))
            .collect()
    }

    /// Guards and applies changes; one that is here already is passed over. All or nothing.
    /// Cost: about 25 µs a change, less than half of it where several of one author follow each other.
    ///
    /// # Errors
    /// The first change that does not fit; the document is as it was.
    pub fn apply<'a>(
        &mut self,
        raws: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), ApplyError> {
        let inspected: Vec<Inspected<'_>> =
            raws.into_iter().map(inspect).collect::<Result<_, _>>()?;
        self.apply_together(&inspected)
    }

    /// Takes in changes that passed [`Self::apply`] before they were kept: each is checked to be whole and in its place,
    /// then all go in together, which costs a fifth. For what one's own store holds, never for what somebody sent.
    ///
    /// # Errors
    /// The first change that does not fit; the document is then of no use.
    pub fn replay<'a>(
        &mut self,
        raws: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), ApplyError> {
        let mut changes = Vec::new();
        for raw in raws {
            changes.extend(self.admit(&reread(raw)?)?);
        }
        self.merge(changes)
    }

    /// Applies one inspected change to a copy and swaps on success.
    ///
    /// # Errors
    /// Why it does not fit; the document is as it was.
    pub fn apply_inspected(&mut self, inspected: &Inspected<'_>) -> Result<(), ApplyError> {
        self.apply_together(std::slice::from_ref(inspected))
    }

    /// Applies inspected changes to a copy and swaps on success: all or none. One that is here already is passed over.
    ///
    /// Changes of one author that follow each other are merged in one go, which costs a third and has the same result:
    /// the guard lets no change refer to a later operation of its own author, and nothing of others arrives meanwhile.
    ///
    /// # Errors
    /// The first change that does not fit; the document is as it was.
    pub fn apply_together(&mut self, inspected: &[Inspected<'_>]) -> Result<(), ApplyError> {
        let mut copy = self.clone();
        for run in inspected.chunk_by(|one, next| one.parts().actor == next.parts().actor) {
            copy.apply_run(run)?;
        }
        *self = copy;
        Ok(())
    }

    /// Changes of one author.
    fn apply_run(&mut self, run: &[Inspected<'_>]) -> Result<(), ApplyError> {
        let mut changes = Vec::with_capacity(run.len());
        let mut new = Vec::with_capacity(run.len());
        for inspected in run {
            if let Some(change) = self.admit(inspected)? {
                changes.push(change);
                new.push(inspected);
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.merge(changes)?;
        // A forged predecessor would empty a key the change never named.
        new.into_iter().try_for_each(|inspected| {
            // Tests and simulations ask for those that stand alone too.
            if inspected.stands_alone() && !cfg!(debug_assertions) {
                return Ok(());
            }
            let confirmed = confirm_applied(&self.inner, inspected);
            debug_assert!(confirmed.is_ok() || !inspected.stands_alone());
            Ok(confirmed?)
        })
    }

    /// Takes note of a change that is in its place, and reads it for the merge. `None` when it is here already.
    fn admit(&mut self, inspected: &Inspected<'_>) -> Result<Option<Change>, ApplyError> {
        if self.contains(&inspected.hash()) {
            return Ok(None);
        }
        self.known.admit(inspected)?;
        contained(|| Change::from_bytes(inspected.raw().to_vec())).map(Some)
    }

    fn merge(&mut self, changes: Vec<Change>) -> Result<(), ApplyError> {
        contained(|| self.inner.apply_changes(changes))
    }

    /// Takes note of a change that this document made itself.
    pub(crate) fn note_local(&mut self, change: &Change) {
        note(
            &mut self.known,
            change.hash().into(),
            change.actor_id(),
            change.seq(),
            change.start_op().get(),
            change.max_op(),
        );
    }
}

/// Calls the CRDT library, which panics on some bytes.
fn contained<Value, Cause: std::fmt::Display>(
    call: impl FnOnce() -> Result<Value, Cause>,
) -> Result<Value, ApplyError> {
    catch_unwind(AssertUnwindSafe(call))
        .map_err(|_| ApplyError::Refused("the CRDT library panicked on it".into()))?
        .map_err(|cause| ApplyError::Refused(cause.to_string()))
}

fn known_changes(document: &Automerge) -> KnownChanges {
    let mut known = KnownChanges::new();
    for change in document.get_changes_meta(&[]) {
        note(
            &mut known,
            change.hash.into(),
            &change.actor,
            change.seq,
            change.start_op,
            change.max_op,
        );
    }
    known
}

fn note(
    known: &mut KnownChanges,
    hash: ChangeHash,
    actor: &automerge::ActorId,
    sequence: u64,
    start: u64,
    last: u64,
) {
    // All actors of ours are 16 bytes: the guard lets no other in.
    if let Ok(actor) = ActorId::try_from(actor) {
        known.note(
            hash,
            actor,
            sequence,
            last,
            last.saturating_add(1).saturating_sub(start),
        );
    }
}

pub(crate) fn new_change(change: &Change) -> Option<NewChange> {
    Some(NewChange {
        hash: change.hash().into(),
        actor: ActorId::try_from(change.actor_id()).ok()?,
        sequence: change.seq(),
        operations: change.len() as u64,
        bytes: change.raw_bytes().to_vec(),
    })
}
