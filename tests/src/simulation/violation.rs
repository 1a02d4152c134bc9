//! What must never happen, when it happened.

use xunge_field::FieldError;
use xunge_server::store::StoreError;
use xunge_store::OpenStoreError;

/// A broken invariant: the finding of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}: {what}")]
pub struct Violation {
    /// `I1` to `I8`, or `no trouble` for an error that nothing provoked.
    pub rule: &'static str,
    /// What was seen.
    pub what: String,
}

impl Violation {
    pub(super) fn new(rule: &'static str, what: impl Into<String>) -> Self {
        Self {
            rule,
            what: what.into(),
        }
    }

    /// Something that nothing provoked.
    pub(super) fn trouble(cause: &dyn std::fmt::Display) -> Self {
        Self::new("no trouble", cause.to_string())
    }
}

fn trouble(cause: &dyn std::fmt::Display) -> Violation {
    Violation::trouble(cause)
}

impl From<FieldError> for Violation {
    fn from(cause: FieldError) -> Self {
        trouble(&format!("device: {cause}"))
    }
}

impl From<StoreError> for Violation {
    fn from(cause: StoreError) -> Self {
        trouble(&format!("hub: {cause}"))
    }
}

impl From<xunge_store::StoreError> for Violation {
    fn from(cause: xunge_store::StoreError) -> Self {
        trouble(&format!("device store: {cause}"))
    }
}

impl From<OpenStoreError> for Violation {
    fn from(cause: OpenStoreError) -> Self {
        trouble(&format!("device store: {cause}"))
    }
}

impl From<xunge_documents::EditError> for Violation {
    fn from(cause: xunge_documents::EditError) -> Self {
        trouble(&cause)
    }
}

impl From<super::hub::SetUpError> for Violation {
    fn from(cause: super::hub::SetUpError) -> Self {
        trouble(&cause)
    }
}
