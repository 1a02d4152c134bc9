//! The moments at which photos were kept: what is known then goes into the record that is made when a photo goes into its case.

use rusqlite::params;
use xunge_domain::ids::{Digest, DocumentId};

use super::blobs::BlobKind;
use crate::StoreError;
use crate::limits::MOMENT_BYTES_MAX;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::within;

impl Reader<'_> {
    /// What was noted of the moment at which this document's photo was kept.
    ///
    /// # Errors
    /// The store's.
    pub fn moment(
        &self,
        document: DocumentId,
        original: Digest,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let kept: Option<Option<Vec<u8>>> = self.optional(
            "SELECT moment FROM blob_use WHERE document = ?1 AND sha256 = ?2 AND kind = ?3",
            params![
                document.as_bytes(),
                original.as_bytes(),
                BlobKind::Original.number()
            ],
            |row| row.get(0),
        )?;
        Ok(kept.flatten())
    }
}

impl Tx<'_> {
    /// Notes the moment at which an original was kept. The first one counts: the same picture again is no new photo.
    ///
    /// # Errors
    /// Larger than any moment, or the store's.
    pub fn note_moment(
        &self,
        document: DocumentId,
        original: Digest,
        moment: &[u8],
    ) -> Result<(), StoreError> {
        within("moment", moment.len(), MOMENT_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "UPDATE blob_use SET moment = ?4
             WHERE document = ?1 AND sha256 = ?2 AND kind = ?3 AND moment IS NULL",
            params![
                document.as_bytes(),
                original.as_bytes(),
                BlobKind::Original.number(),
                moment
            ],
        )?;
        Ok(())
    }
}
