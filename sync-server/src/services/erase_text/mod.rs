//! Texts of cases that are erased: the next edition of the document, and everything that held the one before. The log has a
//! line with digests for each, the case a mark, and the words of the reason are kept beside both.

mod again;
mod order;
mod rewrite;
mod take_back;
mod views;

use xunge_documents::EditionError;
use xunge_domain::private::REASON_CHARACTERS_MAX;

use crate::error::ApiError;
use crate::messages;
use crate::store::StoreError;

pub(crate) use again::erase_texts_again;
pub use order::{EraseTextRequest, erase_text, erase_text_of_case};
pub use rewrite::rewrite;
pub(crate) use take_back::take_back;
pub use views::{ErasedTextView, TextErasedView, erased_texts};

/// Why a text was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseTextError {
    /// No such case, or not this person's to see.
    #[error("there is no such case")]
    UnknownCase,
    /// No reason, or a long one.
    #[error("a reason has 1 to {REASON_CHARACTERS_MAX} characters")]
    Reason,
    /// No text there, or the document cannot be written anew.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EraseTextError> for ApiError {
    fn from(error: EraseTextError) -> Self {
        use axum::http::StatusCode;
        match error {
            EraseTextError::UnknownCase => Self::not_found(),
            EraseTextError::Reason => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, &messages::ERASURE_REASON)
            }
            EraseTextError::Edition(EditionError::NoText(_) | EditionError::Places(_)) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, &messages::TEXT_PLACE)
            }
            EraseTextError::Edition(error) => Self::internal(&error),
            EraseTextError::Store(error) => error.into(),
        }
    }
}
