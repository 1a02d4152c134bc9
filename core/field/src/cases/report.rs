//! Report 上报: a draft becomes a case in one change. What the rules would decline for the worker's own omission is
//! said before anything is written, and the draft stays.

use xunge_domain::case::Act;
use xunge_domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// Reports a draft. One commit; durable and in the list once it returns. The case has the draft's id.
    ///
    /// # Errors
    /// No class, no place, no photo (the draft stays as it is), a text too long, no space.
    pub fn report(&mut self, draft: DocumentId) -> Result<DocumentId, FieldError> {
        self.submit(draft, Act::Report)
    }
}
