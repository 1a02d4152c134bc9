//! The bytes of photos, out of the store.

use std::path::PathBuf;

use xunge_domain::ids::Digest;

use crate::StoreError;
use crate::limits::BLOB_BYTES_MAX;
use crate::transaction::Reader;
use crate::values::within;

impl Reader<'_> {
    /// All bytes of a blob, checked against its name.
    ///
    /// # Errors
    /// Not here, damaged, or the store's.
    pub fn read_blob(&self, digest: Digest) -> Result<Vec<u8>, StoreError> {
        let bytes = self
            .blobs
            .read(digest)?
            .ok_or(StoreError::BlobMissing(digest))?;
        if Digest::of(&bytes) == digest {
            Ok(bytes)
        } else {
            Err(StoreError::BlobDamaged(digest))
        }
    }

    /// Up to `length` bytes from `offset`, fewer at the end. Not checked where they are not sealed: the server re-hashes
    /// what it stored.
    ///
    /// # Errors
    /// Not here, damaged, or the store's.
    pub fn read_blob_range(
        &self,
        digest: Digest,
        offset: u64,
        length: usize,
    ) -> Result<Vec<u8>, StoreError> {
        within("range", length, BLOB_BYTES_MAX)?;
        self.blobs
            .read_range(digest, offset, length)?
            .ok_or(StoreError::BlobMissing(digest))
    }

    /// The file of a blob, checked against its name just now; for showing. `None` on a store in memory, which has no
    /// files, and on an encrypted one, whose files nobody else can read.
    ///
    /// # Errors
    /// Not here, damaged, or the store's.
    pub fn verified_blob_path(&self, digest: Digest) -> Result<Option<PathBuf>, StoreError> {
        match self.blobs.is_whole(digest)? {
            None => Err(StoreError::BlobMissing(digest)),
            Some(false) => Err(StoreError::BlobDamaged(digest)),
            Some(true) => Ok(self.blob_path(digest)),
        }
    }

    /// The file of a blob, unchecked; `None` when there is none that others can read.
    pub fn blob_path(&self, digest: Digest) -> Option<PathBuf> {
        self.blobs.path(digest)
    }
}
