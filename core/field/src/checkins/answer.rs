//! Answer 应答: a party of the other side takes part, or does not.

use xunge_domain::checkin::Act;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, IntentId, OrganisationId};

use crate::app::FieldApp;
use crate::checkins::ask::ask;
use crate::error::FieldError;

impl FieldApp {
    /// Answers a check-in for one of its parties. One commit.
    ///
    /// # Errors
    /// No such check-in, not a branch secretary, too long a note, no space: nothing is written.
    pub fn answer_checkin(
        &mut self,
        checkin: DocumentId,
        party: OrganisationId,
        accepts: bool,
        note: &str,
    ) -> Result<IntentId, FieldError> {
        self.write_document(checkin, DocumentKind::MatterCheckin, |writing| {
            let act = Act::Answer {
                party,
                accepts,
                note: note.trim().to_owned(),
            };
            ask(writing, act)
        })
    }
}
