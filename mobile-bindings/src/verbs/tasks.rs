//! What this worker was sent for.

use xunge_field::TaskView;
use xunge_field::domain::duty::DeclineCause;
use xunge_field::domain::ids::{DocumentId, DutyNoteId};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Open tasks with their clocks, the one due first first. Background thread; opens their documents, about 1 ms each.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn tasks(&self) -> Result<Vec<TaskView>, FieldError> {
        self.with(|app| app.tasks())
    }

    /// Declines the open task of a case; `words` are needed where the cause is another one. Kept at once, sent with the next sync; the
    /// task stays in the list as declined until the server has it. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// Not enrolled, no such task here, another reason without words, too long words, no space.
    pub fn decline_task(
        &self,
        case: DocumentId,
        cause: DeclineCause,
        words: String,
    ) -> Result<DutyNoteId, FieldError> {
        self.with(|app| app.decline_task(case, cause, &words))
    }
}
