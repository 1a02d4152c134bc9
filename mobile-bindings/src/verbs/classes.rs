//! The classes of the city's table.

use xunge_field::ClassView;

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Every minor class of the city's table, in its order: a few hundred. Background thread; memory only.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn classes(&self) -> Result<Vec<ClassView>, FieldError> {
        self.with(|app| app.classes())
    }
}
