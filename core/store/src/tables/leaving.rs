//! Documents that leave the device: first marked, then emptied when nothing of them waits to be sent.

use rusqlite::params;
use xunge_domain::ids::DocumentId;

use crate::StoreError;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{document_id, page_rows};

impl Reader<'_> {
    /// Documents that may be emptied: they are leaving, and nothing of them waits to be sent or to be settled.
    ///
    /// # Errors
    /// The store's.
    pub fn drained_documents(&self, limit: usize) -> Result<Vec<DocumentId>, StoreError> {
        let sql = include_str!("../sql/drained_documents.sql");
        self.all(sql, [page_rows(limit)], |row| document_id(row, 0))
    }
}

impl Tx<'_> {
    /// Marks a document as leaving. One that is not here is no error.
    ///
    /// # Errors
    /// The store's.
    pub fn mark_leaving(&self, id: DocumentId) -> Result<(), StoreError> {
        let sql = "UPDATE document SET presence = 1 WHERE id = ?1 AND presence = 0";
        self.execute(Topic::Sync, sql, [id.as_bytes()]).map(drop)
    }

    /// Takes the mark away: a scope of this person holds the document again.
    ///
    /// # Errors
    /// The store's.
    pub fn mark_staying(&self, id: DocumentId) -> Result<(), StoreError> {
        let sql = "UPDATE document SET presence = 0 WHERE id = ?1 AND presence = 1";
        self.execute(Topic::Sync, sql, [id.as_bytes()]).map(drop)
    }

    /// Takes everything of a document away but the row that remembers its numbers. Its actor is burnt: a hub that was
    /// restored may know less of it than this device once sent. The bytes of its photos stay until somebody frees them.
    ///
    /// # Errors
    /// The store's.
    pub fn empty_document(&self, id: DocumentId) -> Result<(), StoreError> {
        self.unindex_case(id)?;
        for sql in [
            "DELETE FROM case_row WHERE document = ?1",
            "DELETE FROM checkin_row WHERE document = ?1",
            "DELETE FROM intent WHERE document = ?1",
            "DELETE FROM blob_use WHERE document = ?1",
            "DELETE FROM change WHERE document = ?1",
        ] {
            self.execute(Topic::Cases, sql, [id.as_bytes()])?;
        }
        let sql = "UPDATE document SET snapshot = x'', heads = x'', snapshot_upto = 0, urgent = 0, \
                   generation = generation + 1, presence = 2 WHERE id = ?1";
        self.execute(Topic::Sync, sql, params![id.as_bytes()])
            .map(drop)
    }
}
