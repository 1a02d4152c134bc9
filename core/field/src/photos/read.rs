//! Photos out: as checked bytes or as file paths.

use std::path::PathBuf;

use xunge_domain::ids::Digest;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// Where the bytes of a photo lie, after they were checked against their name. Reads the whole file.
    ///
    /// # Errors
    /// Not here, or damaged: then it is not shown as if it were the photo.
    pub fn photo_path(&self, sha256: Digest) -> Result<Option<PathBuf>, FieldError> {
        Ok(self
            .store
            .read(|reader| reader.verified_blob_path(sha256))?)
    }
}
