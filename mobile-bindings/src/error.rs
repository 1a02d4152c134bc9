//! The one error that crosses: a stable code to branch on, words to show.

/// A failed call. What was saved before is safe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FieldError {
    /// It did not work.
    #[error("{code}: {en}")]
    Failed {
        /// Stable code, e.g. `photo_missing`: branch on this.
        code: String,
        /// Cause and next step, in Chinese: show this.
        zh: String,
        /// Cause and next step, in English.
        en: String,
    },
}

impl FieldError {
    pub(crate) fn new(code: &str, zh: &str, en: &str) -> Self {
        Self::Failed {
            code: code.into(),
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The app object was shut down.
    pub(crate) fn shut_down() -> Self {
        Self::new(
            "shut_down",
            "应用核心已关闭；请重新打开应用。",
            "The app's core was shut down; open it again.",
        )
    }

    /// What was given is not of the kind asked for.
    pub(crate) fn invalid(what: &'static str) -> Self {
        xunge_field::FieldError::Invalid { what }.into()
    }
}

impl From<xunge_field::FieldError> for FieldError {
    fn from(cause: xunge_field::FieldError) -> Self {
        Self::new(cause.code(), &cause.zh(), &cause.en())
    }
}
