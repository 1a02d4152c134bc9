//! Records: what devices sealed, and where the log says that it was received.

use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use super::StoreError;

/// A record as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// The document of the sealed entry.
    pub document: DocumentId,
    /// Its place there.
    pub intent: IntentId,
    /// SHA-256 of the statement.
    pub name: Digest,
    /// Whose chain.
    pub installation: InstallationId,
    /// The place in it.
    pub seq: u64,
    /// The record before.
    pub previous: Option<Digest>,
    /// The hub's clock.
    pub received_at: Timestamp,
    /// The line of the audit log that says so.
    pub line: u64,
}

/// Looking records up.
pub trait ReadRecords {
    /// The records of a document, in the order of their intents.
    ///
    /// # Errors
    /// The database's trouble.
    fn records(&self, document: &DocumentId) -> Result<Vec<RecordRow>, StoreError>;

    /// The records of an installation between two places, both included, in the order of the chain; at most `limit`.
    ///
    /// # Errors
    /// The database's trouble.
    fn chain(
        &self,
        installation: &InstallationId,
        places: (u64, u64),
        limit: usize,
    ) -> Result<Vec<RecordRow>, StoreError>;

    /// The documents of which records were received from a moment on and before another, after `after`, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn documents_with_records(
        &self,
        between: (Timestamp, Timestamp),
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>, StoreError>;
}

/// Noting records.
pub trait WriteRecords {
    /// Notes a record. One intent of a document has one: what is there already stays.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_record(&mut self, row: &RecordRow) -> Result<(), StoreError>;
}
