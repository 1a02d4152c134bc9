//! Erased texts as people see them.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::case::{Case, ErasedText};
use xunge_domain::ids::DocumentId;

use crate::store::{HubRead, StoreError};

/// An erased text of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasedTextView {
    /// Which: `title`, `description`, `address`, `grid_reason`, or `entry:` and the id of the entry.
    pub place: String,
    /// By the hub's clock, RFC 3339.
    pub at: String,
    /// By whose order.
    pub by: String,
    /// `asked`, `misplaced` or `ordered`.
    pub cause: String,
    /// The cause, in Chinese.
    pub cause_zh: String,
    /// The cause, in English.
    pub cause_en: String,
    /// In the words of whoever ordered it; empty where they were lost with an older hub.
    pub reason: String,
}

/// What an order came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextErasedView {
    /// The case.
    pub case: String,
    /// The edition of its document, counted from 0.
    pub edition: u32,
    /// What was erased just now.
    pub erased: Vec<ErasedTextView>,
    /// Whether older pages of the database and older packs are free of it as well; where not, because somebody was reading
    /// them, the hub tries again by itself.
    pub scrubbed: bool,
}

impl ErasedTextView {
    fn of(mark: &ErasedText, reason: &str) -> Self {
        let erasure = &mark.erasure;
        Self {
            place: mark.place.to_string(),
            at: erasure.at.to_string(),
            by: erasure.by.clone(),
            cause: erasure.cause.id().to_owned(),
            cause_zh: erasure.cause.zh().to_owned(),
            cause_en: erasure.cause.en().to_owned(),
            reason: reason.to_owned(),
        }
    }
}

impl TextErasedView {
    pub(super) fn of(
        case: &DocumentId,
        edition: u32,
        erased: &[ErasedText],
        reason: &str,
        scrubbed: bool,
    ) -> Self {
        let erased = erased.iter().map(|mark| ErasedTextView::of(mark, reason));
        Self {
            case: case.to_string(),
            edition,
            erased: erased.collect(),
            scrubbed,
        }
    }
}

/// The erased texts of a case, each with the words of its order.
///
/// # Errors
/// The store's.
pub fn erased_texts(read: &dyn HubRead, case: &Case) -> Result<Vec<ErasedTextView>, StoreError> {
    if case.erased.is_empty() {
        return Ok(Vec::new());
    }
    let orders = read.text_erasures(&case.id)?;
    let reason = |mark: &ErasedText| {
        let newest = orders.iter().rev().find(|order| order.place == mark.place);
        newest.map_or("", |order| order.reason.as_str())
    };
    let views = case.erased.iter();
    Ok(views
        .map(|mark| ErasedTextView::of(mark, reason(mark)))
        .collect())
}
