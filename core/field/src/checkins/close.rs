//! Close 办结.

use xunge_domain::checkin::Act;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::checkins::ask::ask;
use crate::error::FieldError;

impl FieldApp {
    /// Asks to close a check-in. One commit. Thanks, follow-up and agreement may still be written afterwards.
    ///
    /// # Errors
    /// No such check-in, not a branch secretary, nothing completed and no reason, no space: nothing is written.
    pub fn close_checkin(
        &mut self,
        checkin: DocumentId,
        note: &str,
    ) -> Result<IntentId, FieldError> {
        self.write_document(checkin, DocumentKind::MatterCheckin, |writing| {
            let act = Act::Close {
                note: note.trim().to_owned(),
            };
            ask(writing, act)
        })
    }
}
