//! Begin: the shutter. A photo becomes a draft in one call, so that no photo is without one and no draft is empty.

use xunge_domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::documents::pen;
use crate::drafts::{DraftContent, write};
use crate::error::FieldError;
use crate::photos::attach::{PhotoInput, keep, prepare};

impl FieldApp {
    /// Begins a draft with its first photo; the photo's fixes are the first of the draft. CPU 200 ms, disk 4 files and one
    /// commit; safe once it returns.
    ///
    /// # Errors
    /// No picture, too large, no space: then there is no draft either.
    pub fn begin_with_photo(&mut self, photo: PhotoInput<'_>) -> Result<DocumentId, FieldError> {
        let id = DocumentId::from_time(self.ports.clock.now(), self.ports.random());
        let prepared = prepare(photo, &self.occasion(id)?)?;
        let pen = pen(&self.identity, &self.ports)?;
        self.store.transaction(|tx| {
            let author = pen.identity.person.id.clone();
            let entry = keep(tx, pen.ports, id, &prepared, author, pen.now)?;
            let content = DraftContent {
                fixes: photo.fixes.to_vec(),
                photos: vec![entry],
                ..DraftContent::default()
            };
            write(tx, id, &content, pen.now)?;
            Ok(id)
        })
    }
}
