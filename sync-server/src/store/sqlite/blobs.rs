//! What is known of blobs, in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{digest, first, list, rows, run, signed, text, time, time_if_any, unsigned};
use crate::store::ranges::ByteRanges;
use crate::store::rows::{BlobRow, BlobState};
use crate::store::{ReadBlobs, StoreError, WriteBlobs};

fn blob(row: &Row<'_>) -> Result<BlobRow, StoreError> {
    Ok(BlobRow {
        sha256: digest(row, "sha256")?,
        length: unsigned(row, "length")?,
        state: match time_if_any(row, "stored_at")? {
            Some(at) => BlobState::Stored { at },
            None => BlobState::Partial {
                received: text(row, "received", "byte ranges")?,
            },
        },
        touched_at: time(row, "touched_at")?,
    })
}

impl ReadBlobs for Session<'_> {
    fn blob(&self, sha256: &Digest) -> Result<Option<BlobRow>, StoreError> {
        first(
            self.0,
            "SELECT sha256, length, received, stored_at, touched_at FROM blob WHERE sha256 = ?1",
            [sha256.as_bytes().as_slice()],
            blob,
        )
    }

    fn blob_stored(&self, sha256: &Digest) -> Result<bool, StoreError> {
        let stored = first(
            self.0,
            "SELECT stored_at FROM blob WHERE sha256 = ?1",
            [sha256.as_bytes().as_slice()],
            |row| time_if_any(row, "stored_at"),
        )?;
        Ok(stored.flatten().is_some())
    }

    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobRow>, StoreError> {
        let after: &[u8] = after.map_or(&[], |sha256| sha256.as_bytes());
        list(
            self.0,
            "SELECT sha256, length, received, stored_at, touched_at FROM blob WHERE sha256 > ?1 ORDER BY sha256 LIMIT ?2",
            params![after, rows(limit)],
            blob,
        )
    }

    fn uncited_blobs(
        &self,
        before: Timestamp,
        after: Option<&Digest>,
        limit: usize,
    ) -> Result<Vec<BlobRow>, StoreError> {
        let after: &[u8] = after.map_or(&[], |sha256| sha256.as_bytes());
        list(
            self.0,
            "SELECT sha256, length, received, stored_at, touched_at FROM blob \
             WHERE touched_at < ?1 AND sha256 > ?2 AND NOT EXISTS \
             (SELECT 1 FROM blob_citation WHERE blob_citation.sha256 = blob.sha256) \
             ORDER BY sha256 LIMIT ?3",
            params![before.as_millis(), after, rows(limit)],
            blob,
        )
    }
}

impl WriteBlobs for Session<'_> {
    fn put_blob_progress(
        &mut self,
        sha256: &Digest,
        length: u64,
        received: &ByteRanges,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO blob (sha256, length, received, stored_at, touched_at) \
             VALUES (?1, ?2, ?3, NULL, ?4) \
             ON CONFLICT (sha256) DO UPDATE SET length = excluded.length, received = excluded.received, \
             touched_at = excluded.touched_at WHERE blob.stored_at IS NULL",
            params![
                sha256.as_bytes().as_slice(),
                signed(length),
                received.to_string(),
                at.as_millis()
            ],
        )
        .map(drop)
    }

    fn touch_blob(&mut self, sha256: &Digest, at: Timestamp) -> Result<(), StoreError> {
        run(
            self.0,
            "UPDATE blob SET touched_at = ?2 WHERE sha256 = ?1 AND touched_at < ?2",
            params![sha256.as_bytes().as_slice(), at.as_millis()],
        )
        .map(drop)
    }

    fn mark_blob_stored(
        &mut self,
        sha256: &Digest,
        length: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO blob (sha256, length, received, stored_at, touched_at) \
             VALUES (?1, ?2, '', ?3, ?3) \
             ON CONFLICT (sha256) DO UPDATE SET length = excluded.length, received = '', \
             stored_at = excluded.stored_at, touched_at = excluded.touched_at \
             WHERE blob.stored_at IS NULL",
            params![sha256.as_bytes().as_slice(), signed(length), at.as_millis()],
        )
        .map(drop)
    }

    fn forget_blob(&mut self, sha256: &Digest) -> Result<(), StoreError> {
        run(
            self.0,
            "DELETE FROM blob WHERE sha256 = ?1",
            [sha256.as_bytes().as_slice()],
        )
        .map(drop)
    }
}
