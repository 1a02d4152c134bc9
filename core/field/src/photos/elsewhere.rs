//! A photo whose bytes another system keeps: cited by its hash, never waited for.

use xunge_documents::Edit;
use xunge_domain::case::{BlobReference, PhotoEntry, PhotoPurpose};
use xunge_domain::ids::{DocumentId, IntentId, PersonId};
use xunge_domain::time::Timestamp;

use crate::app::FieldApp;
use crate::error::FieldError;

/// A photo that is not here.
#[derive(Debug, Clone, Copy)]
pub struct ElsewherePhoto<'a> {
    /// Its hash and length.
    pub original: BlobReference,
    /// What it shows.
    pub purpose: PhotoPurpose,
    /// In words.
    pub caption: &'a str,
}

impl ElsewherePhoto<'_> {
    /// The entry that cites it, e.g. for a draft.
    pub fn entry(&self, author: PersonId, at: Timestamp) -> PhotoEntry {
        PhotoEntry {
            author,
            at,
            purpose: self.purpose,
            caption: self.caption.to_owned(),
            original: self.original,
            preview: None,
            point: None,
            elsewhere: true,
            seal: None,
        }
    }
}

impl FieldApp {
    /// Cites a photo that another system keeps. One commit.
    ///
    /// # Errors
    /// No such case, no space.
    pub fn cite_elsewhere(
        &mut self,
        case: DocumentId,
        photo: ElsewherePhoto<'_>,
    ) -> Result<IntentId, FieldError> {
        self.write_case(case, |writing| {
            let id = writing.intent_id()?;
            let entry = photo.entry(writing.pen.identity.person.id.clone(), writing.pen.now);
            writing.write(id, "photo", vec![Edit::Photo(id, entry)])?;
            Ok(id)
        })
    }
}
