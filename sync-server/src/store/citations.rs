//! Which documents cite which blobs: what keeps a photo from being collected. Citations are only ever added; a
//! document never loses an entry.

use xunge_domain::ids::{Digest, DocumentId};

use super::StoreError;
use super::rows::QuarantineRow;

/// A place in the list of quarantined changes: document and hash.
pub type QuarantineCursor = (DocumentId, Digest);

/// Looking citations up.
pub trait ReadCitations {
    /// Whether it is noted that this document cites this blob.
    ///
    /// # Errors
    /// The database's trouble.
    fn cites(&self, document: &DocumentId, sha256: &Digest) -> Result<bool, StoreError>;

    /// All quarantined changes after `after`, by document and hash.
    ///
    /// # Errors
    /// The database's trouble.
    fn quarantine_after(
        &self,
        after: Option<&QuarantineCursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError>;

    /// Those of them that were noted as unread, after `after`, by document and hash.
    ///
    /// # Errors
    /// The database's trouble.
    fn unread_quarantine(
        &self,
        after: Option<&QuarantineCursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError>;
}

/// Noting citations.
pub trait WriteCitations {
    /// Notes that a document, or a quarantined change meant for it, cites these blobs. Repeatable.
    ///
    /// # Errors
    /// The database's trouble.
    fn cite_blobs(&mut self, document: &DocumentId, cited: &[Digest]) -> Result<(), StoreError>;

    /// Notes that what a quarantined change cites cannot be read. Repeatable.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_unread(&mut self, document: &DocumentId, hash: &Digest) -> Result<(), StoreError>;
}
