//! What photos look like: 64 bits, kept beside the use of a copy whose bytes were here, to know the same scene again.

use rusqlite::params;
use xunge_domain::ids::{Digest, DocumentId};

use crate::StoreError;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};

impl Reader<'_> {
    /// What the photos of a document or draft look like, each look once; of photos whose bytes were never here nothing is
    /// known.
    ///
    /// # Errors
    /// The store's.
    pub fn looks_of(&self, document: DocumentId) -> Result<Vec<u64>, StoreError> {
        self.all(
            "SELECT DISTINCT look FROM blob_use WHERE document = ?1 AND look IS NOT NULL ORDER BY look",
            [document.as_bytes()],
            |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()),
        )
    }
}

impl Tx<'_> {
    /// Notes what a copy of a photo looks like, wherever the document uses it.
    ///
    /// # Errors
    /// The store's.
    pub fn note_look(
        &self,
        document: DocumentId,
        copy: Digest,
        look: u64,
    ) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE blob_use SET look = ?3 WHERE document = ?1 AND sha256 = ?2",
            params![document.as_bytes(), copy.as_bytes(), look.cast_signed()],
        )?;
        Ok(())
    }
}
