//! Documents: a snapshot that is a cache, and the changes that are the truth (`changes.rs`).

use rusqlite::params;
use xunge_domain::ids::{DocumentId, INTENTS_PER_DOCUMENT_MAX};

use crate::StoreError;
use crate::limits::{HEADS_BYTES_MAX, SNAPSHOT_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, document_id, page_rows, within};

/// A document that is new on this device.
#[derive(Debug, Clone, Copy)]
pub struct NewDocument<'bytes> {
    /// Its id.
    pub id: DocumentId,
    /// The saved document so far, e.g. the genesis alone.
    pub snapshot: &'bytes [u8],
    /// The heads of the snapshot.
    pub heads: &'bytes [u8],
    /// Whether its text travels before others'.
    pub urgent: bool,
}

/// What is known of a document without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// The heads of the snapshot.
    pub heads: Vec<u8>,
    /// Which of this installation's actors writes; a quarantine burns one.
    pub generation: u32,
    /// The counter the last intent got; 0 when there was none.
    pub intent_counter: u32,
    /// Whether its text travels before others'.
    pub urgent: bool,
    /// Changes that count and are not in the snapshot.
    pub open_changes: u32,
}

/// What it takes to open a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedDocument {
    /// Row by row.
    pub row: DocumentRow,
    /// The snapshot.
    pub snapshot: Vec<u8>,
    /// The changes that count and came after it, in the order they arrived.
    pub changes: Vec<Vec<u8>>,
}

impl Reader<'_> {
    /// A document's row.
    ///
    /// # Errors
    /// The store's.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        self.optional(
            include_str!("../sql/document.sql"),
            [id.as_bytes()],
            |row| {
                Ok(DocumentRow {
                    id: document_id(row, 0)?,
                    heads: row.get(1)?,
                    generation: row.get(2)?,
                    intent_counter: row.get(3)?,
                    urgent: row.get(4)?,
                    open_changes: row.get(5)?,
                })
            },
        )
    }

    /// A document with its snapshot and the changes after it.
    ///
    /// # Errors
    /// The store's.
    pub fn load_document(&self, id: DocumentId) -> Result<Option<LoadedDocument>, StoreError> {
        let Some(row) = self.document(id)? else {
            return Ok(None);
        };
        let snapshot = self.one(
            "SELECT snapshot FROM document WHERE id = ?1",
            [id.as_bytes()],
            |row| row.get(0),
        )?;
        let changes = self.all(
            include_str!("../sql/open_changes.sql"),
            [id.as_bytes()],
            |row| row.get(0),
        )?;
        Ok(Some(LoadedDocument {
            row,
            snapshot,
            changes,
        }))
    }

    /// A page of all document ids in rising order, starting after `after`: for reconciliation.
    ///
    /// # Errors
    /// The store's.
    pub fn document_ids(
        &self,
        after: Option<DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>, StoreError> {
        let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let sql = "SELECT id FROM document WHERE id > ?1 AND presence < 2 ORDER BY id LIMIT ?2";
        self.all(sql, params![after, page_rows(limit)], |row| {
            document_id(row, 0)
        })
    }

    /// How many documents there are.
    ///
    /// # Errors
    /// The store's.
    pub fn document_count(&self) -> Result<u64, StoreError> {
        self.one(
            "SELECT count(*) FROM document WHERE presence < 2",
            [],
            |row| count(row, 0),
        )
    }
}

impl Tx<'_> {
    /// Adds a document, or one that had left again under the numbers it had; false when it is known already, and then
    /// nothing changes.
    ///
    /// # Errors
    /// Too large, or the store's.
    pub fn insert_document(&self, document: &NewDocument<'_>) -> Result<bool, StoreError> {
        within("snapshot", document.snapshot.len(), SNAPSHOT_BYTES_MAX)?;
        within("heads", document.heads.len(), HEADS_BYTES_MAX)?;
        let rows = self.execute(
            Topic::Sync,
            include_str!("../sql/insert_document.sql"),
            params![
                document.id.as_bytes(),
                document.snapshot,
                document.heads,
                document.urgent
            ],
        )?;
        Ok(rows == 1)
    }

    /// Puts a new snapshot in place of the old one; it must hold every change that counts. The changes stay.
    ///
    /// # Errors
    /// No such document, too large, or the store's.
    pub fn replace_snapshot(
        &self,
        id: DocumentId,
        snapshot: &[u8],
        heads: &[u8],
    ) -> Result<(), StoreError> {
        within("snapshot", snapshot.len(), SNAPSHOT_BYTES_MAX)?;
        within("heads", heads.len(), HEADS_BYTES_MAX)?;
        let rows = self.execute(
            Topic::Sync,
            include_str!("../sql/replace_snapshot.sql"),
            params![id.as_bytes(), snapshot, heads],
        )?;
        found(rows)
    }

    /// Says whether the document's text travels before others'.
    ///
    /// # Errors
    /// No such document, or the store's.
    pub fn set_urgent(&self, id: DocumentId, urgent: bool) -> Result<(), StoreError> {
        let sql = "UPDATE document SET urgent = ?2 WHERE id = ?1";
        found(self.execute(Topic::Sync, sql, params![id.as_bytes(), urgent])?)
    }

    /// The counter of the next intent in this document: 1, 2, …; never given twice, also after a quarantine.
    ///
    /// # Errors
    /// No such document, no number left, or the store's.
    pub fn next_intent_counter(&self, id: DocumentId) -> Result<u32, StoreError> {
        let sql = "UPDATE document SET intent_counter = intent_counter + 1 WHERE id = ?1 RETURNING intent_counter";
        let counter: u32 = self
            .returning(Topic::Sync, sql, [id.as_bytes()], |row| row.get(0))?
            .ok_or(StoreError::NotFound { what: "document" })?;
        within(
            "intents of a document",
            counter as usize,
            INTENTS_PER_DOCUMENT_MAX as usize,
        )?;
        Ok(counter)
    }

    /// Burns the actor of this installation in the document and returns the number of the next.
    ///
    /// # Errors
    /// No such document, or the store's.
    pub fn next_generation(&self, id: DocumentId) -> Result<u32, StoreError> {
        let sql =
            "UPDATE document SET generation = generation + 1 WHERE id = ?1 RETURNING generation";
        self.returning(Topic::Sync, sql, [id.as_bytes()], |row| row.get(0))?
            .ok_or(StoreError::NotFound { what: "document" })
    }
}

fn found(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound { what: "document" }),
        _ => Ok(()),
    }
}
