//! Photos out: as checked bytes, or as file paths where the store is not encrypted.

use std::path::PathBuf;

use xunge_domain::ids::Digest;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// The bytes of a photo, checked against their name. Reads the whole file; decrypts 1 GB a second on a laptop.
    ///
    /// # Errors
    /// Not here, or damaged: then it is not shown as if it were the photo.
    pub fn photo_bytes(&self, sha256: Digest) -> Result<Vec<u8>, FieldError> {
        Ok(self.store.read(|reader| reader.read_blob(sha256))?)
    }

    /// Where the bytes of a photo lie, after they were checked against their name. Reads the whole file. `None` on an
    /// encrypted store, whose files nothing else can read, and on one in memory: take [`Self::photo_bytes`].
    ///
    /// # Errors
    /// Not here, or damaged: then it is not shown as if it were the photo.
    pub fn photo_path(&self, sha256: Digest) -> Result<Option<PathBuf>, FieldError> {
        Ok(self
            .store
            .read(|reader| reader.verified_blob_path(sha256))?)
    }
}
