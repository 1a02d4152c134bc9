//! Photos: what is kept, who uses it, what the server has of it. The bytes lie beside the database (`blob_place.rs`).
//!
//! Text goes first: a blob is offered only when the server has received the change that cites it, previews before working
//! copies before originals.

use rusqlite::types::Type;
use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, DocumentId};

use crate::StoreError;
use crate::limits::{BLOB_BYTES_MAX, RANGES_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{
    count, digest, document_id, integer, optional_digest, page_rows, within, wrong,
};

/// What a blob is to the document that uses it, in the order they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlobKind {
    /// 20 to 30 KB for a bad link.
    Preview,
    /// 320 pixels for lists.
    Thumb,
    /// The watermarked copy of 2048 pixels.
    Working,
    /// As the camera made it.
    Original,
}

impl BlobKind {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Preview => 0,
            Self::Thumb => 1,
            Self::Working => 2,
            Self::Original => 3,
        }
    }

    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match row.get::<_, i64>(column)? {
            0 => Ok(Self::Preview),
            1 => Ok(Self::Thumb),
            2 => Ok(Self::Working),
            3 => Ok(Self::Original),
            _ => Err(wrong(column, Type::Integer, "no kind of a blob")),
        }
    }
}

/// Where the bytes of a blob are known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobState {
    /// Here; the server is not known to have them all.
    Local,
    /// Stored and re-hashed by the server.
    Acknowledged,
    /// Not here, and not this device's to send.
    Elsewhere,
}

impl BlobState {
    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match row.get::<_, i64>(column)? {
            0 => Ok(Self::Local),
            1 => Ok(Self::Acknowledged),
            2 => Ok(Self::Elsewhere),
            _ => Err(wrong(column, Type::Integer, "no state of a blob")),
        }
    }
}

/// A use of a blob that is being kept or noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewBlob {
    /// The document, or draft, that uses it.
    pub document: DocumentId,
    /// What it is there.
    pub kind: BlobKind,
}

/// A known blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// SHA-256 of its bytes, its name.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
    /// Where its bytes are.
    pub state: BlobState,
    /// Which ranges the server said it has, encoded by the facade.
    pub acknowledged_ranges: Vec<u8>,
}

/// A blob as one document uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobUse {
    /// The blob.
    pub blob: BlobRow,
    /// The document.
    pub document: DocumentId,
    /// What it is there.
    pub kind: BlobKind,
    /// The change that cites it, when one does that is part of the document: one that was refused does not count.
    pub cited_by: Option<Digest>,
}

fn blob(row: &Row<'_>) -> rusqlite::Result<BlobRow> {
    Ok(BlobRow {
        digest: digest(row, 0)?,
        length: count(row, 1)?,
        state: BlobState::read(row, 2)?,
        acknowledged_ranges: row.get(3)?,
    })
}

fn blob_use(row: &Row<'_>) -> rusqlite::Result<BlobUse> {
    Ok(BlobUse {
        blob: blob(row)?,
        document: document_id(row, 4)?,
        kind: BlobKind::read(row, 5)?,
        cited_by: optional_digest(row, 6)?,
    })
}

impl Reader<'_> {
    /// What is known of a blob.
    ///
    /// # Errors
    /// The store's.
    pub fn blob(&self, digest: Digest) -> Result<Option<BlobRow>, StoreError> {
        let sql = "SELECT sha256, length, state, acknowledged_ranges FROM blob WHERE sha256 = ?1";
        self.optional(sql, [digest.as_bytes()], blob)
    }

    /// The blobs a document or draft uses: previews first, originals last.
    ///
    /// # Errors
    /// The store's.
    pub fn blobs_of(&self, document: DocumentId) -> Result<Vec<BlobUse>, StoreError> {
        self.all(
            include_str!("../sql/blobs_of.sql"),
            [document.as_bytes()],
            blob_use,
        )
    }

    /// What to send next, up to `largest` (on a metered link previews only): previews before working copies before
    /// originals, among equals urgent documents first, then the oldest change. Only blobs whose citing change the server
    /// has; each blob once, however many documents use it.
    ///
    /// # Errors
    /// The store's.
    pub fn unacknowledged_blobs(
        &self,
        largest: BlobKind,
        limit: usize,
    ) -> Result<Vec<BlobUse>, StoreError> {
        self.all(
            include_str!("../sql/unacknowledged_blobs.sql"),
            params![largest.number(), page_rows(limit)],
            blob_use,
        )
    }

    /// How many blobs the server does not have yet, in all or of one document, among those that changes cite; refused
    /// changes do not count, they are no part of their document. While this is not 0, a document is not shown as sent.
    ///
    /// # Errors
    /// The store's.
    pub fn unacknowledged_blob_count(
        &self,
        document: Option<DocumentId>,
    ) -> Result<u64, StoreError> {
        match document {
            None => self.one(
                include_str!("../sql/unacknowledged_blob_count.sql"),
                [],
                |row| count(row, 0),
            ),
            Some(document) => self.one(
                include_str!("../sql/unacknowledged_blob_count_of.sql"),
                [document.as_bytes()],
                |row| count(row, 0),
            ),
        }
    }

    /// How many blobs the server does not have yet that are larger kinds than this one: what waits where only smaller ones are
    /// sent. Those that are such a small kind somewhere as well do not wait.
    ///
    /// # Errors
    /// The store's.
    pub fn unacknowledged_blob_count_beyond(&self, largest: BlobKind) -> Result<u64, StoreError> {
        self.one(
            include_str!("../sql/unacknowledged_blob_count_beyond.sql"),
            [largest.number()],
            |row| count(row, 0),
        )
    }
}

impl Tx<'_> {
    /// Keeps the bytes of a photo: the file first, flushed under its final name, then the row. The same bytes again cost
    /// no second file, and replace a damaged one. Bytes the server acknowledged before stay acknowledged.
    ///
    /// # Errors
    /// Too large, a full disk, or the store's.
    pub fn put_blob(&self, new: &NewBlob, bytes: &[u8]) -> Result<Digest, StoreError> {
        within("blob", bytes.len(), BLOB_BYTES_MAX)?;
        self.before_write()?;
        let digest = Digest::of(bytes);
        self.blobs.keep(digest, bytes)?;
        self.execute(
            Topic::Sync,
            include_str!("../sql/put_blob.sql"),
            params![digest.as_bytes(), integer("blob", bytes.len() as u64)?],
        )?;
        self.use_blob(digest, new)?;
        Ok(digest)
    }

    /// Notes a blob whose bytes are not here and not this device's to send, as a pulled document cites it.
    ///
    /// # Errors
    /// The store's.
    pub fn note_blob_elsewhere(
        &self,
        digest: Digest,
        length: u64,
        new: &NewBlob,
    ) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            include_str!("../sql/note_blob_elsewhere.sql"),
            params![digest.as_bytes(), integer("blob", length)?],
        )?;
        self.use_blob(digest, new)
    }

    fn use_blob(&self, digest: Digest, new: &NewBlob) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "INSERT INTO blob_use (document, sha256, kind) VALUES (?1, ?2, ?3)
             ON CONFLICT (document, sha256, kind) DO NOTHING",
            params![
                new.document.as_bytes(),
                digest.as_bytes(),
                new.kind.number()
            ],
        )?;
        Ok(())
    }

    /// Names the change that cites every use of a blob in a document; a later call, after the change was made again,
    /// replaces it.
    ///
    /// # Errors
    /// The document does not use the blob, or the store's.
    pub fn cite_blob(
        &self,
        digest: Digest,
        document: DocumentId,
        change: Digest,
    ) -> Result<(), StoreError> {
        let rows = self.execute(
            Topic::Sync,
            "UPDATE blob_use SET change_hash = ?3 WHERE document = ?1 AND sha256 = ?2",
            params![document.as_bytes(), digest.as_bytes(), change.as_bytes()],
        )?;
        found(rows)
    }

    /// Writes down which ranges the server said it has.
    ///
    /// # Errors
    /// No such blob, too many ranges, or the store's.
    pub fn set_blob_ranges(&self, digest: Digest, ranges: &[u8]) -> Result<(), StoreError> {
        within("blob ranges", ranges.len(), RANGES_BYTES_MAX)?;
        let sql = "UPDATE blob SET acknowledged_ranges = ?2 WHERE sha256 = ?1";
        found(self.execute(Topic::Sync, sql, params![digest.as_bytes(), ranges])?)
    }

    /// The server has stored the blob and re-hashed it.
    ///
    /// # Errors
    /// No such blob, or the store's.
    pub fn acknowledge_blob(&self, digest: Digest) -> Result<(), StoreError> {
        let sql =
            "UPDATE blob SET state = 1, acknowledged_ranges = x'' WHERE sha256 = ?1 AND state <> 2";
        let rows = self.execute(Topic::Sync, sql, [digest.as_bytes()])?;
        if rows == 0 && self.blob(digest)?.is_none() {
            return found(0);
        }
        Ok(())
    }

    /// The server no longer has what it acknowledged (restored from a backup): the blob is offered again if its bytes are
    /// here.
    ///
    /// # Errors
    /// The store's.
    pub fn offer_blob_again(&self, digest: Digest) -> Result<(), StoreError> {
        let sql =
            "UPDATE blob SET state = 0, acknowledged_ranges = x'' WHERE sha256 = ?1 AND state = 1";
        self.execute(Topic::Sync, sql, [digest.as_bytes()])?;
        Ok(())
    }

    /// Lets go of the photos of a draft its author threw away: uses no change cites. The files stay until the space is
    /// asked for.
    ///
    /// # Errors
    /// The store's.
    pub fn forget_draft_blobs(&self, draft: DocumentId) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "DELETE FROM blob_use WHERE document = ?1 AND change_hash IS NULL",
            [draft.as_bytes()],
        )?;
        Ok(())
    }
}

fn found(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound { what: "blob" }),
        _ => Ok(()),
    }
}
