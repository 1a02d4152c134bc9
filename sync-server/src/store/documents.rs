//! Documents: raw changes, snapshots, quarantine.

use xunge_domain::ids::{Digest, DocumentId, InstallationId};

use super::StoreError;
use super::rows::{ChangeRow, QuarantineRow, SnapshotRow, StoredDocument};

/// Looking documents up.
pub trait ReadDocuments {
    /// Everything an ingest needs of a document; `None` when no change of it is known.
    ///
    /// # Errors
    /// The database's trouble.
    fn document(&self, document: &DocumentId) -> Result<Option<StoredDocument>, StoreError>;

    /// The changes with arrivals in `from..=upto`, by arrival.
    ///
    /// # Errors
    /// The database's trouble.
    fn changes(
        &self,
        document: &DocumentId,
        from_arrival: u64,
        upto_arrival: u64,
    ) -> Result<Vec<ChangeRow>, StoreError>;

    /// One change by its hash.
    ///
    /// # Errors
    /// The database's trouble.
    fn change(&self, document: &DocumentId, hash: &Digest)
    -> Result<Option<ChangeRow>, StoreError>;

    /// Known documents after `after`, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn documents(
        &self,
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>, StoreError>;

    /// Whether any change for this document was ever quarantined. Spares asking for each of the many that never had one.
    ///
    /// # Errors
    /// The database's trouble.
    fn has_quarantined(&self, document: &DocumentId) -> Result<bool, StoreError>;

    /// The verdict on a change that was quarantined before.
    ///
    /// # Errors
    /// The database's trouble.
    fn quarantined(
        &self,
        document: &DocumentId,
        hash: &Digest,
    ) -> Result<Option<QuarantineRow>, StoreError>;

    /// What one installation had quarantined, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn quarantine_of(
        &self,
        installation: &InstallationId,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError>;
}

/// Changing documents.
pub trait WriteDocuments {
    /// Adds changes; their arrivals go on from the last one.
    ///
    /// # Errors
    /// A hash or an arrival that is taken, or the database's trouble.
    fn append_changes(
        &mut self,
        document: &DocumentId,
        changes: &[ChangeRow],
    ) -> Result<(), StoreError>;

    /// Puts the snapshot in the place of the older one.
    ///
    /// # Errors
    /// The database's trouble.
    fn replace_snapshot(
        &mut self,
        document: &DocumentId,
        snapshot: &SnapshotRow,
    ) -> Result<(), StoreError>;

    /// Keeps a refused change; a second time nothing happens. Whether it was new.
    ///
    /// # Errors
    /// The database's trouble.
    fn quarantine(&mut self, row: &QuarantineRow) -> Result<bool, StoreError>;
}
