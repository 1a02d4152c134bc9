//! Blobs: what is known of them. Their bytes are files (`blob_files`).

use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;

use super::StoreError;
use super::ranges::ByteRanges;
use super::rows::BlobRow;

/// Looking blobs up.
pub trait ReadBlobs {
    /// What is known of a blob.
    ///
    /// # Errors
    /// The database's trouble.
    fn blob(&self, sha256: &Digest) -> Result<Option<BlobRow>, StoreError>;

    /// Whether all its bytes are stored and were re-hashed.
    ///
    /// # Errors
    /// The database's trouble.
    fn blob_stored(&self, sha256: &Digest) -> Result<bool, StoreError>;

    /// Known blobs after `after`, by name.
    ///
    /// # Errors
    /// The database's trouble.
    fn blobs(&self, after: Option<&Digest>, limit: usize) -> Result<Vec<BlobRow>, StoreError>;

    /// Known blobs after `after`, by name, that no document and no readable quarantined change cites and that were
    /// last touched before `before`.
    ///
    /// # Errors
    /// The database's trouble.
    fn uncited_blobs(
        &self,
        before: Timestamp,
        after: Option<&Digest>,
        limit: usize,
    ) -> Result<Vec<BlobRow>, StoreError>;
}

/// Changing what is known of blobs.
pub trait WriteBlobs {
    /// Remembers which bytes of a partial file are durable. A stored blob stays stored.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_blob_progress(
        &mut self,
        sha256: &Digest,
        length: u64,
        received: &ByteRanges,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Notes that somebody just asked about a blob, when it is known at all.
    ///
    /// # Errors
    /// The database's trouble.
    fn touch_blob(&mut self, sha256: &Digest, at: Timestamp) -> Result<(), StoreError>;

    /// Marks a blob as stored, after its file is in its place.
    ///
    /// # Errors
    /// The database's trouble.
    fn mark_blob_stored(
        &mut self,
        sha256: &Digest,
        length: u64,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Forgets a blob, e.g. when its partial file turned out to be something else.
    ///
    /// # Errors
    /// The database's trouble.
    fn forget_blob(&mut self, sha256: &Digest) -> Result<(), StoreError>;
}
