//! What this worker was sent for.

use xunge_field::TaskView;

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
}
