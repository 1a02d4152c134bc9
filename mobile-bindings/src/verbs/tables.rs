//! What the city's tables offer to pick from, beside classes.

use xunge_field::BodyView;
use xunge_field::domain::tables::{Phrase, PhraseUse};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Every body that is known here. Background thread; memory only.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn bodies(&self) -> Result<Vec<BodyView>, FieldError> {
        self.with(|app| app.bodies())
    }

    /// The phrases of a use: those of the class first, then those of no class. Background thread; memory only.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn phrases(
        &self,
        used_for: PhraseUse,
        class: Option<String>,
    ) -> Result<Vec<Phrase>, FieldError> {
        self.with(|app| app.phrases(used_for, class.as_deref()))
    }
}
