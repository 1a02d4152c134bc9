//! The order in which text leaves the device: urgent documents first, then the document that has waited longest. Within
//! a document the order is the one it was written in, and a batch holds a prefix of it.

use std::collections::HashSet;
use std::ops::ControlFlow;

use rusqlite::params;
use xunge_domain::ids::{Digest, DocumentId};

use crate::StoreError;
use crate::limits::PENDING_DOCUMENTS_MAX;
use crate::transaction::Reader;
use crate::values::{count, digest, document_id};

/// A change that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    /// Its document.
    pub document: DocumentId,
    /// Its hash.
    pub hash: Digest,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its actor.
    pub actor: Vec<u8>,
    /// Its number among the actor's changes.
    pub sequence: u64,
    /// The server's signature, on changes the server made and may have lost.
    pub signature: Option<Vec<u8>>,
}

/// How many own changes of a document the server has, and has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnChangeCounts {
    /// Acknowledged.
    pub received: u64,
    /// Waiting.
    pub pending: u64,
}

impl Reader<'_> {
    /// What to send next: at most `bytes_max` bytes of changes, but always the first one, or an oversized change would
    /// wait for ever. Costs what it returns, however much waits behind it.
    ///
    /// # Errors
    /// The store's.
    pub fn pending_changes(&self, bytes_max: usize) -> Result<Vec<PendingChange>, StoreError> {
        let mut batch = Vec::new();
        let mut room = bytes_max;
        let mut statement = self
            .connection()
            .prepare_cached(include_str!("../sql/pending_of_document.sql"))?;
        self.walk_pending(&mut |document| {
            let mut rows = statement.query([document.as_bytes()])?;
            while let Some(row) = rows.next()? {
                // The length first: bytes that do not fit are not read.
                let size = row.get_ref(1)?.as_blob().map_or(0, <[u8]>::len);
                if size > room && !batch.is_empty() {
                    return Ok(ControlFlow::Break(()));
                }
                room = room.saturating_sub(size);
                batch.push(PendingChange {
                    document,
                    hash: digest(row, 0)?,
                    bytes: row.get(1)?,
                    actor: row.get(2)?,
                    sequence: count(row, 3)?,
                    signature: row.get(4)?,
                });
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(batch)
    }

    /// The documents with something to send, in that order.
    ///
    /// # Errors
    /// The store's.
    pub fn pending_documents(&self, limit: usize) -> Result<Vec<DocumentId>, StoreError> {
        let mut documents = Vec::new();
        self.walk_pending(&mut |document| {
            if documents.len() == limit {
                return Ok(ControlFlow::Break(()));
            }
            documents.push(document);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(documents)
    }

    /// Visits the documents in that order until the visitor has enough, at most [`PENDING_DOCUMENTS_MAX`] of them. The
    /// rest is not even looked at.
    fn walk_pending(
        &self,
        visit: &mut dyn FnMut(DocumentId) -> Result<ControlFlow<()>, StoreError>,
    ) -> Result<(), StoreError> {
        let mut visited = HashSet::new();
        for sql in [
            include_str!("../sql/pending_urgent.sql"),
            include_str!("../sql/pending_in_order.sql"),
        ] {
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let document = document_id(row, 0)?;
                if !visited.insert(document) {
                    continue;
                }
                if visited.len() > PENDING_DOCUMENTS_MAX || visit(document)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Whether any change waits.
    ///
    /// # Errors
    /// The store's.
    pub fn any_pending(&self) -> Result<bool, StoreError> {
        self.one(
            "SELECT EXISTS (SELECT 1 FROM change WHERE state = 0)",
            [],
            |row| row.get(0),
        )
    }

    /// Whether anything of a document may wait to be sent: changes, personal data, cited photo files. Three look-ups in small
    /// indexes, for lists: what it says no to has been received.
    ///
    /// # Errors
    /// The store's.
    pub fn may_wait(&self, document: DocumentId) -> Result<bool, StoreError> {
        self.one(
            include_str!("../sql/may_wait.sql"),
            [document.as_bytes()],
            |row| row.get(0),
        )
    }

    /// How many documents hold changes or cited photo files that the server has not received.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting_documents(&self) -> Result<u64, StoreError> {
        self.one(include_str!("../sql/waiting_documents.sql"), [], |row| {
            count(row, 0)
        })
    }

    /// How far a document's own changes came.
    ///
    /// # Errors
    /// The store's.
    pub fn own_change_counts(&self, document: DocumentId) -> Result<OwnChangeCounts, StoreError> {
        self.one(
            "SELECT count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 0)
             FROM change WHERE document = ?1 AND own = 1",
            params![document.as_bytes()],
            |row| {
                Ok(OwnChangeCounts {
                    received: count(row, 0)?,
                    pending: count(row, 1)?,
                })
            },
        )
    }

    /// How many changes wait, in all or in one document.
    ///
    /// # Errors
    /// The store's.
    pub fn pending_count(&self, document: Option<DocumentId>) -> Result<u64, StoreError> {
        match document {
            None => self.one("SELECT count(*) FROM change WHERE state = 0", [], |row| {
                count(row, 0)
            }),
            Some(document) => self.one(
                "SELECT count(*) FROM change WHERE state = 0 AND document = ?1",
                params![document.as_bytes()],
                |row| count(row, 0),
            ),
        }
    }
}
