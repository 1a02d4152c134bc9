//! What a comparison with the hub needs: the names of the changes both should have, and offering some of them again.

use xunge_domain::ids::{Digest, DocumentId};

use crate::StoreError;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{digest, document_id};

impl Reader<'_> {
    /// The changes that the hub received from here or sent here, of every document that is not leaving, by document.
    /// Cost: a pass over the table of changes.
    ///
    /// # Errors
    /// The store's.
    pub fn all_known_to_hub(&self) -> Result<Vec<(DocumentId, Digest)>, StoreError> {
        self.all(include_str!("../sql/all_known_to_hub.sql"), [], |row| {
            Ok((document_id(row, 0)?, digest(row, 1)?))
        })
    }
}

impl Tx<'_> {
    /// The hub may have lost some of this document: what it had received counts as pending again, as do the rulings it
    /// signed itself, and its photos are offered again. What it has after all it answers from the hash.
    ///
    /// # Errors
    /// The store's.
    pub fn offer_document_again(&self, id: DocumentId) -> Result<(), StoreError> {
        for sql in [
            "UPDATE change SET state = 0, carried = 0 WHERE document = ?1 \
             AND (state = 1 OR (state = 3 AND (own = 1 OR signature IS NOT NULL)))",
            "UPDATE blob SET state = 0, acknowledged_ranges = x'' WHERE state = 1 \
             AND sha256 IN (SELECT sha256 FROM blob_use WHERE document = ?1)",
        ] {
            self.execute(Topic::Sync, sql, [id.as_bytes()])?;
        }
        Ok(())
    }
}
