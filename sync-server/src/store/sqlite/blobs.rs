//! What is known of blobs, in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{digest, first, list, rows, run, signed, text, time_if_any, unsigned};
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
    })
}

impl ReadBlobs for Session<'_> {
    fn blob(&self, sha256: &Digest) -> Result<Option<BlobRow>, StoreError> {
        first(
            self.0,
            "SELECT sha256, length, received, stored_at FROM blob WHERE sha256 = ?1",
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
            "SELECT sha256, length, received, stored_at FROM blob WHERE sha256 > ?1 ORDER BY sha256 LIMIT ?2",
            params![after, rows(limit)],
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
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO blob (sha256, length, received, stored_at) VALUES (?1, ?2, ?3, NULL) \
             ON CONFLICT (sha256) DO UPDATE SET length = excluded.length, received = excluded.received \
             WHERE blob.stored_at IS NULL",
            params![sha256.as_bytes().as_slice(), signed(length), received.to_string()],
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
            "INSERT INTO blob (sha256, length, received, stored_at) VALUES (?1, ?2, '', ?3) \
             ON CONFLICT (sha256) DO UPDATE SET length = excluded.length, received = '', \
             stored_at = excluded.stored_at WHERE blob.stored_at IS NULL",
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
