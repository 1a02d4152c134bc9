//! Phrases: what is typed every day, ready to be picked.

use xunge_domain::tables::{Phrase, PhraseUse};

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// The phrases of a use: those of the class first, then those of no class, each by code. From memory.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn phrases(
        &self,
        used_for: PhraseUse,
        class: Option<&str>,
    ) -> Result<Vec<Phrase>, FieldError> {
        let tables = &self.identity()?.tables;
        let code = class.and_then(|class| tables.classes.find(class));
        let code = code.map(|class| class.code.as_str());
        let fits = |phrase: &&Phrase| {
            let of_class = phrase.class.as_deref();
            phrase.used_for == used_for && (of_class.is_none() || of_class == code)
        };
        let mut phrases: Vec<Phrase> = tables.phrases.iter().filter(fits).cloned().collect();
        phrases.sort_by_key(|phrase| phrase.class.is_none());
        Ok(phrases)
    }
}
