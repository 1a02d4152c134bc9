//! Personal data as people see it.

use std::fmt;

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::private::{Erasure, PrivateContent};

use crate::store::{PrivateRow, SubjectRow};

/// Whether there is something to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrivateState {
    /// The text is here; a recording is fetched by itself.
    Readable,
    /// Not for this reader.
    Sealed,
    /// Nobody can read it any more.
    Erased,
    /// What is kept cannot be opened: run `xunge doctor`.
    Damaged,
}

/// A record of personal data. What became of an erased one is said; what stood in it is nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PrivateView {
    /// Its id, hex.
    pub id: String,
    /// Whom it is about, hex: what is erased together.
    pub subject: String,
    /// How people tell the subjects of a case apart, from 1.
    pub number: u8,
    /// What sort, a stable word.
    pub kind: String,
    /// The sort, in Chinese.
    pub kind_zh: String,
    /// The sort, in English.
    pub kind_en: String,
    /// Who wrote it down.
    pub author: String,
    /// The author's clock, RFC 3339.
    pub made_at: String,
    /// The hub's clock, RFC 3339.
    pub received_at: String,
    /// Until when it is kept, RFC 3339.
    pub retain_until: String,
    /// Bytes of its content.
    pub length: u64,
    /// Whether there is something to read.
    pub state: PrivateState,
    /// What it says; `null` unless it is readable, and of a recording.
    pub text: Option<String>,
    /// When and why it was erased.
    pub erased: Option<ErasureView>,
}

/// Without what it says.
impl fmt::Debug for PrivateView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateView")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// When and why something was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasureView {
    /// By the hub's clock, RFC 3339.
    pub at: String,
    /// `asked` or `retention`.
    pub cause: String,
    /// The cause, in Chinese.
    pub cause_zh: String,
    /// The cause, in English.
    pub cause_en: String,
    /// In the words of whoever did it; empty where nobody did.
    pub reason: String,
}

/// An erased subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SubjectErasedView {
    /// Its id, hex.
    pub subject: String,
    /// The case it belongs to.
    pub case: String,
    /// When and why.
    pub erased: ErasureView,
    /// Whether older pages and logs of the database are free of its key as well; where not, because somebody was reading
    /// them, the hub tries again by itself.
    pub scrubbed: bool,
}

impl From<&Erasure> for ErasureView {
    fn from(erasure: &Erasure) -> Self {
        Self {
            at: erasure.at.to_string(),
            cause: erasure.cause.id().to_owned(),
            cause_zh: erasure.cause.zh().to_owned(),
            cause_en: erasure.cause.en().to_owned(),
            reason: erasure.reason.clone(),
        }
    }
}

/// What a reader finds in a record.
pub(super) enum Found {
    Content(PrivateContent),
    Sealed,
    Damaged,
}

impl PrivateView {
    pub(super) fn of(row: &PrivateRow, subject: &SubjectRow, found: Found) -> Self {
        let (state, text) = match (&subject.erased, found) {
            (Some(_), _) => (PrivateState::Erased, None),
            (None, Found::Content(content)) => {
                (PrivateState::Readable, content.text().map(str::to_owned))
            }
            (None, Found::Sealed) => (PrivateState::Sealed, None),
            (None, Found::Damaged) => (PrivateState::Damaged, None),
        };
        Self {
            id: row.id.to_string(),
            subject: row.subject.to_string(),
            number: row.number,
            kind: row.kind.id().to_owned(),
            kind_zh: row.kind.zh().to_owned(),
            kind_en: row.kind.en().to_owned(),
            author: row.author.to_string(),
            made_at: row.made_at.to_string(),
            received_at: row.received_at.to_string(),
            retain_until: subject.retain_until.to_string(),
            length: row.length,
            state,
            text,
            erased: subject.erased.as_ref().map(ErasureView::from),
        }
    }
}
