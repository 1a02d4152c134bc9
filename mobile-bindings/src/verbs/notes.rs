//! Comments, hazard notes and the merging texts.

use xunge_field::domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Adds a comment. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn comment(&self, case: DocumentId, text: String) -> Result<IntentId, FieldError> {
        self.with(|app| app.comment(case, &text))
    }

    /// Adds a hazard note 隐患. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn hazard(&self, case: DocumentId, text: String) -> Result<IntentId, FieldError> {
        self.with(|app| app.hazard(case, &text))
    }

    /// Turns the description into this text; what others wrote meanwhile is kept. Background thread; one commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn describe(&self, case: DocumentId, text: String) -> Result<(), FieldError> {
        self.with(|app| app.describe(case, &text))
    }

    /// Sets the address. Background thread; one commit.
    ///
    /// # Errors
    /// No such case, too long, no space.
    pub fn set_address(&self, case: DocumentId, text: String) -> Result<(), FieldError> {
        self.with(|app| app.set_address(case, &text))
    }

    /// Writes another minor class; after filing it is a proposal for the shift leader. Background thread; one commit.
    ///
    /// # Errors
    /// A class that is not in the table, no such case, no space.
    pub fn set_class(&self, case: DocumentId, class: String) -> Result<(), FieldError> {
        self.with(|app| app.set_class(case, &class))
    }
}
