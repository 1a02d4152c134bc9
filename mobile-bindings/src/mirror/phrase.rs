//! Phrases ready to be picked.

use xunge_field::domain::tables::{Phrase, PhraseUse};

#[uniffi::remote(Enum)]
pub enum PhraseUse {
    Report,
    Feedback,
    Check,
    Opinion,
}

#[uniffi::remote(Record)]
pub struct Phrase {
    pub code: String,
    pub used_for: PhraseUse,
    pub class: Option<String>,
    pub text: String,
}
