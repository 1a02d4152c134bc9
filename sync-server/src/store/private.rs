//! Personal data beside the documents: subjects, their keys, and sealed records. What is inside is sealed before it comes here.

use xunge_domain::ids::{DocumentId, PersonId, PrivateRecordId, SubjectId};
use xunge_domain::private::{Erasure, PrivateKind};
use xunge_domain::time::Timestamp;

use super::StoreError;

/// Bytes of a subject's key as it is kept.
pub const WRAPPED_KEY_BYTES: usize = 48;

/// Whom records are about, without saying who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRow {
    /// Its name.
    pub id: SubjectId,
    /// The case.
    pub document: DocumentId,
    /// When its key was made.
    pub created_at: Timestamp,
    /// Until when it is kept.
    pub retain_until: Timestamp,
    /// Whether, when and why it was erased.
    pub erased: Option<Erasure>,
}

/// A record, without what is sealed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateRow {
    /// Its name.
    pub id: PrivateRecordId,
    /// The case.
    pub document: DocumentId,
    /// Whom it is about.
    pub subject: SubjectId,
    /// How people tell the subjects of a case apart.
    pub number: u8,
    /// What sort.
    pub kind: PrivateKind,
    /// Who wrote it down.
    pub author: PersonId,
    /// The author's clock.
    pub made_at: Timestamp,
    /// The hub's clock.
    pub received_at: Timestamp,
    /// Bytes of its content.
    pub length: u64,
}

/// Looking personal data up.
pub trait ReadPrivate {
    /// A subject.
    ///
    /// # Errors
    /// The database's trouble.
    fn subject(&self, id: &SubjectId) -> Result<Option<SubjectRow>, StoreError>;

    /// The wrapped key of a subject; `None` once it is erased.
    ///
    /// # Errors
    /// The database's trouble.
    fn subject_key(&self, id: &SubjectId) -> Result<Option<[u8; WRAPPED_KEY_BYTES]>, StoreError>;

    /// The subjects of a case, in the order they came.
    ///
    /// # Errors
    /// The database's trouble.
    fn subjects_of(&self, document: &DocumentId) -> Result<Vec<SubjectRow>, StoreError>;

    /// Subjects that are not erased and whose time is over at a moment, the longest overdue first.
    ///
    /// # Errors
    /// The database's trouble.
    fn expired_subjects(&self, now: Timestamp, limit: usize)
    -> Result<Vec<SubjectRow>, StoreError>;

    /// Whether any subject is not erased.
    ///
    /// # Errors
    /// The database's trouble.
    fn any_subject_key(&self) -> Result<bool, StoreError>;

    /// A record.
    ///
    /// # Errors
    /// The database's trouble.
    fn private_record(&self, id: &PrivateRecordId) -> Result<Option<PrivateRow>, StoreError>;

    /// The records of a case, in the order they were received.
    ///
    /// # Errors
    /// The database's trouble.
    fn private_records(&self, document: &DocumentId) -> Result<Vec<PrivateRow>, StoreError>;

    /// What is sealed in a record; `None` without such a record, and empty once its subject is erased.
    ///
    /// # Errors
    /// The database's trouble.
    fn private_ciphertext(&self, id: &PrivateRecordId) -> Result<Option<Vec<u8>>, StoreError>;
}

/// Keeping and erasing personal data.
pub trait WritePrivate {
    /// Adds a subject with its wrapped key. One of its name is refused as a conflict, an erased one as well.
    ///
    /// # Errors
    /// There is one, or the database's trouble.
    fn add_subject(
        &mut self,
        row: &SubjectRow,
        wrapped: &[u8; WRAPPED_KEY_BYTES],
    ) -> Result<(), StoreError>;

    /// Keeps a subject until that moment at least.
    ///
    /// # Errors
    /// The database's trouble.
    fn retain_subject(&mut self, id: &SubjectId, until: Timestamp) -> Result<(), StoreError>;

    /// Adds a record. One of its name is refused as a conflict.
    ///
    /// # Errors
    /// There is one, or the database's trouble.
    fn add_private_record(&mut self, row: &PrivateRow, ciphertext: &[u8])
    -> Result<(), StoreError>;

    /// Destroys the key of a subject and what its records sealed; the rows stay and say when and why. False when it was
    /// erased before, or there is none. What older pages and logs of the database hold goes with
    /// [`HubStore::scrub`](super::HubStore::scrub), once this is committed.
    ///
    /// # Errors
    /// The database's trouble.
    fn erase_subject(&mut self, id: &SubjectId, erasure: &Erasure) -> Result<bool, StoreError>;
}
