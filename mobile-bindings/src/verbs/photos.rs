//! Photos in as bytes (from a reused direct buffer on Android), out as checked bytes.

use xunge_field::domain::case::{BlobReference, PhotoPurpose};
use xunge_field::domain::ids::{Digest, DocumentId, IntentId};
use xunge_field::{AttachRequest, ElsewherePhoto};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::photo::PhotoDetails;

#[uniffi::export]
impl FieldApp {
    /// Adds a photo to a draft; safe once it returns. Background thread; 8 ms for 4 MB to cross, 200 ms of CPU,
    /// 4 files, 2 commits.
    ///
    /// # Errors
    /// No picture, too large, no space.
    pub fn attach_to_draft(
        &self,
        draft: DocumentId,
        details: PhotoDetails,
        bytes: &[u8],
    ) -> Result<Digest, FieldError> {
        self.with(|app| app.attach_to_draft(draft, details.of(bytes)))
    }

    /// Adds a photo to a case; safe once it returns. Background thread; costs as [`Self::attach_to_draft`].
    ///
    /// # Errors
    /// No such case, no picture, too large, no space.
    pub fn attach(
        &self,
        case: DocumentId,
        details: PhotoDetails,
        bytes: &[u8],
    ) -> Result<IntentId, FieldError> {
        let photo = details.of(bytes);
        self.with(|app| app.attach(AttachRequest { case, photo }))
    }

    /// Cites a photo that another system keeps: its bytes are never waited for. Background thread; one commit.
    ///
    /// # Errors
    /// No such case, no space.
    pub fn cite_elsewhere(
        &self,
        case: DocumentId,
        original: BlobReference,
        purpose: PhotoPurpose,
        caption: String,
    ) -> Result<IntentId, FieldError> {
        let photo = ElsewherePhoto {
            original,
            purpose,
            caption: &caption,
        };
        self.with(|app| app.cite_elsewhere(case, photo))
    }

    /// The bytes of a photo, decrypted and checked against their name. Background thread; reads the whole file, 12 ms
    /// for 4 MB to cross. There is no file that an image view could open: on the disk it is encrypted.
    ///
    /// # Errors
    /// Not here, or damaged: then it is not shown as if it were the photo.
    pub fn photo_bytes(&self, sha256: Digest) -> Result<Vec<u8>, FieldError> {
        self.with(|app| app.photo_bytes(sha256))
    }
}
