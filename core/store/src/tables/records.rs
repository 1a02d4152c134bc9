//! What this device sealed: its records, the server's receipts for them, and when the server stored the originals.

use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::RECEIPT_BYTES_MAX;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{
    count, digest, document_id, intent_id, optional_digest, optional_timestamp, page_rows,
    timestamp, within,
};

/// A record that is being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRecord {
    /// The place of what it seals.
    pub intent: IntentId,
    /// In which document.
    pub document: DocumentId,
    /// SHA-256 of the statement.
    pub name: Digest,
    /// The intent that wrote it.
    pub written_with: IntentId,
    /// Of a photo, the original.
    pub original: Option<Digest>,
    /// The device's clock.
    pub made_at: Timestamp,
}

/// A kept record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// The place of what it seals.
    pub intent: IntentId,
    /// In which document.
    pub document: DocumentId,
    /// SHA-256 of the statement.
    pub name: Digest,
    /// Of a photo, the original.
    pub original: Option<Digest>,
    /// The device's clock.
    pub made_at: Timestamp,
    /// The server's receipt, encoded by the facade.
    pub receipt: Option<Vec<u8>>,
    /// When the server stored the original, by its clock.
    pub stored_at: Option<Timestamp>,
}

/// Which records are to be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskAbout {
    /// All that lack something.
    All,
    /// Those of them that are older than the first moment and were not asked about since the second.
    Ripe {
        /// Made before.
        made_before: Timestamp,
        /// Asked about before, or never.
        asked_before: Timestamp,
    },
}

const COLUMNS: &str = "intent, document, name, original, made_at, receipt, stored_at";

fn record(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        intent: intent_id(row, 0)?,
        document: document_id(row, 1)?,
        name: digest(row, 2)?,
        original: optional_digest(row, 3)?,
        made_at: timestamp(row, 4)?,
        receipt: row.get(5)?,
        stored_at: optional_timestamp(row, 6)?,
    })
}

impl Reader<'_> {
    /// The records of a document, in the order of their intents.
    ///
    /// # Errors
    /// The store's.
    pub fn records_of(&self, document: DocumentId) -> Result<Vec<RecordRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE document = ?1 ORDER BY intent");
        self.all(&sql, [document.as_bytes()], record)
    }

    /// Records behind this intent that lack a receipt, or of whose original it is not known when the server stored it, and
    /// whose intent the server has.
    ///
    /// # Errors
    /// The store's.
    pub fn open_records(
        &self,
        about: AskAbout,
        behind: Option<IntentId>,
        limit: usize,
    ) -> Result<Vec<RecordRow>, StoreError> {
        let (all, made_before, asked_before) = match about {
            AskAbout::All => (true, 0, 0),
            AskAbout::Ripe {
                made_before,
                asked_before,
            } => (false, made_before.as_millis(), asked_before.as_millis()),
        };
        let behind: &[u8] = behind.as_ref().map_or(&[], |intent| intent.as_bytes());
        self.all(
            include_str!("../sql/open_records.sql"),
            params![behind, all, made_before, asked_before, page_rows(limit)],
            record,
        )
    }

    /// Photo files that may go, the oldest first: those that nothing uses any more, and originals that the server has, of
    /// which every record here has a receipt and says that the original was stored before `backed_up_until`.
    ///
    /// # Errors
    /// The store's.
    pub fn freeable_blobs(
        &self,
        backed_up_until: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<(Digest, u64)>, StoreError> {
        let until = backed_up_until.map_or(i64::MIN, Timestamp::as_millis);
        self.all(
            include_str!("../sql/freeable_blobs.sql"),
            params![until, page_rows(limit)],
            |row| Ok((digest(row, 0)?, count(row, 1)?)),
        )
    }

    /// Bytes of all photo files that are here.
    ///
    /// # Errors
    /// The store's.
    pub fn blob_bytes_here(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(length), 0) FROM blob WHERE state <> 2";
        self.one(sql, [], |row| count(row, 0))
    }
}

impl Tx<'_> {
    /// Keeps a record. What is made again under its intent replaces it, and needs a receipt of its own.
    ///
    /// # Errors
    /// The store's.
    pub fn note_record(&self, new: &NewRecord) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            include_str!("../sql/note_record.sql"),
            params![
                new.intent.as_bytes(),
                new.document.as_bytes(),
                new.name.as_bytes(),
                new.written_with.as_bytes(),
                new.original.as_ref().map(|original| original.as_bytes()),
                new.made_at.as_millis()
            ],
        )?;
        Ok(())
    }

    /// Keeps the receipt of a record of this name. Fine when it is not here.
    ///
    /// # Errors
    /// Larger than any receipt, or the store's.
    pub fn keep_receipt(
        &self,
        intent: IntentId,
        name: Digest,
        receipt: &[u8],
    ) -> Result<(), StoreError> {
        within("receipt", receipt.len(), RECEIPT_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "UPDATE record SET receipt = ?3 WHERE intent = ?1 AND name = ?2 AND receipt IS NULL",
            params![intent.as_bytes(), name.as_bytes(), receipt],
        )?;
        Ok(())
    }

    /// The server said when it stored the original of a record.
    ///
    /// # Errors
    /// The store's.
    pub fn note_original_stored(&self, intent: IntentId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE record SET stored_at = ?2 WHERE intent = ?1",
            params![intent.as_bytes(), at.as_millis()],
        )?;
        Ok(())
    }

    /// A record was asked about.
    ///
    /// # Errors
    /// The store's.
    pub fn note_asked_about(&self, intent: IntentId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE record SET asked_at = ?2 WHERE intent = ?1",
            params![intent.as_bytes(), at.as_millis()],
        )?;
        Ok(())
    }

    /// Writes down that the bytes of a blob are not here any more. They go with [`Store::remove_freed`](crate::Store::remove_freed),
    /// once this is committed.
    ///
    /// # Errors
    /// The store's.
    pub fn free_blob(&self, digest: Digest) -> Result<(), StoreError> {
        let sql = "UPDATE blob SET state = 2, acknowledged_ranges = x'' WHERE sha256 = ?1";
        self.execute(Topic::Sync, sql, [digest.as_bytes()])?;
        Ok(())
    }
}
