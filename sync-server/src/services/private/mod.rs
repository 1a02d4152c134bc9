//! Personal data beside the documents: kept for devices, shown to those who need it, erased on request or when its time is
//! over. The log says who read, and who erased and why; what was read it never says.

mod erase;
mod keep;
mod reading;
mod retention;
mod turn;
mod views;

use xunge_domain::person::{Person, Role};
use xunge_domain::private::REASON_CHARACTERS_MAX;

use crate::error::ApiError;
use crate::messages;
use crate::private_key::PrivateKeyError;
use crate::store::StoreError;

pub(crate) use erase::erase_row;
pub use erase::{SUBJECT_ERASED, erase, erased_by, scrub};
pub use keep::{PRIVATE_KEPT, PRIVATE_RECORDS_PER_CASE_MAX, keep};
pub(crate) use reading::content;
pub use reading::{Access, PRIVATE_READ, entries, read, voice};
pub use retention::{
    RETENTION_SET, RetentionError, erase_expired, expired, retention_days, set_retention_days,
};
pub use turn::RetentionTurn;
pub use views::{ErasureView, PrivateState, PrivateView, SubjectErasedView};

/// Who reads the personal data of a case that is theirs to decide.
const READERS: [Role; 3] = [Role::IntakeClerk, Role::ShiftLeader, Role::Dispatcher];
/// Who sees that there is something and whose it is, without what it says: to erase it, and to audit.
const KEEPERS: [Role; 2] = [Role::Admin, Role::Auditor];

fn has_any(person: &Person, roles: &[Role]) -> bool {
    roles.iter().any(|role| person.has(*role))
}

/// Why personal data was not shown or not erased.
#[derive(Debug, thiserror::Error)]
pub enum PrivateError {
    /// No such case, record or subject, or not this person's to see.
    #[error("there is no such record or subject, or not for this person")]
    Unknown,
    /// The role does not allow it.
    #[error("this person has no business with the personal data here")]
    Forbidden,
    /// It was erased.
    #[error("it was erased")]
    Erased,
    /// No reason, or a long one.
    #[error("a reason has 1 to {REASON_CHARACTERS_MAX} characters")]
    Reason,
    /// What is kept cannot be opened.
    #[error("the record cannot be opened")]
    Damaged,
    /// The master key.
    #[error(transparent)]
    Key(#[from] PrivateKeyError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PrivateError> for ApiError {
    fn from(error: PrivateError) -> Self {
        use axum::http::StatusCode;
        match error {
            PrivateError::Unknown => Self::new(StatusCode::NOT_FOUND, &messages::PRIVATE_UNKNOWN),
            PrivateError::Forbidden => Self::new(StatusCode::FORBIDDEN, &messages::PRIVATE_READER),
            PrivateError::Erased => Self::new(StatusCode::GONE, &messages::SUBJECT_ERASED),
            PrivateError::Reason => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, &messages::ERASURE_REASON)
            }
            PrivateError::Damaged => Self::internal(&error),
            PrivateError::Key(error) => error.into(),
            PrivateError::Store(error) => error.into(),
        }
    }
}

impl From<PrivateKeyError> for ApiError {
    fn from(error: PrivateKeyError) -> Self {
        let message = match &error {
            PrivateKeyError::Exposed(_) => &messages::KEY_EXPOSED,
            PrivateKeyError::Missing(_) => &messages::PRIVATE_KEY_MISSING,
            PrivateKeyError::Io { .. } => &messages::FOLDER_UNUSABLE,
            PrivateKeyError::Entropy(_) => &messages::INTERNAL,
        };
        tracing::error!(error.reason = %error, "personal data is out of reach");
        Self::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}
