//! The first screen.

use xunge_field::domain::geo::Point;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::home::HomeView;

#[uniffi::export]
impl FieldApp {
    /// What the first screen shows, with at most `rows` drafts and cases; `here` is where the worker stands. Background thread;
    /// a few ms, and 1 ms a task.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn home(&self, here: Option<Point>, rows: u32) -> Result<HomeView, FieldError> {
        self.with(|app| Ok(app.home(here, rows as usize)?.into()))
    }
}
