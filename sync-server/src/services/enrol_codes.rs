//! One-time codes that make a device somebody's: ten minutes, once. The store keeps only the hash of a code's
//! secret; the code itself also names the hub's key, so that a device notices a forged hub at its first answer.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::ids::{Digest, PersonId};
use xunge_domain::time::Timestamp;
use xunge_sync::keys::Signer;
use xunge_sync::wire::EnrolmentCode;

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages;
use crate::store::StoreError;
use crate::store::rows::EnrolmentCodeRow;

/// How long a code is good.
pub const CODE_MILLIS: i64 = 10 * 60 * 1_000;

/// Why no code was issued.
#[derive(Debug, thiserror::Error)]
pub enum EnrolCodeError {
    /// Nobody of that id.
    #[error("there is no such person")]
    UnknownPerson,
    /// Nobody said where devices reach the hub.
    #[error("the address of this hub is not known")]
    ServerUnknown,
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl EnrolCodeError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownPerson => messages::UNKNOWN_PERSON.code,
            Self::ServerUnknown => messages::SERVER_UNKNOWN.code,
            Self::Store(error) => error.code(),
            Self::Entropy(_) => "no_entropy",
        }
    }
}

impl From<EnrolCodeError> for ApiError {
    fn from(error: EnrolCodeError) -> Self {
        use axum::http::StatusCode;
        match error {
            EnrolCodeError::UnknownPerson => {
                Self::new(StatusCode::NOT_FOUND, &messages::UNKNOWN_PERSON)
            }
            EnrolCodeError::ServerUnknown => {
                Self::new(StatusCode::CONFLICT, &messages::SERVER_UNKNOWN)
            }
            EnrolCodeError::Store(error) => error.into(),
            EnrolCodeError::Entropy(error) => Self::internal(&error),
        }
    }
}

/// A code to show once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssuedCode {
    /// What the worker scans or types.
    pub code: String,
    /// Where the device goes with it.
    pub server: String,
    /// Until when, RFC 3339.
    pub expires_at: String,
}

/// The hash a code is kept under.
pub fn code_hash(secret: &[u8; 16]) -> Digest {
    Digest::of(secret)
}

/// Issues a code for a person's next device. `server` overrides where the device will go.
///
/// # Errors
/// An unknown person, an unknown address, no randomness, or the store's trouble.
pub fn issue(
    app: &App,
    by: &str,
    person: &PersonId,
    server: Option<&str>,
) -> Result<IssuedCode, EnrolCodeError> {
    let server = server
        .or(app.settings.public_url.as_deref())
        .ok_or(EnrolCodeError::ServerUnknown)?
        .trim_end_matches('/')
        .to_owned();
    // Over plain HTTP there is no certificate to hold against it.
    let pin = app.settings.pin.filter(|_| server.starts_with("https://"));
    let code = EnrolmentCode::new(app.entropy.array()?, &app.hub_key.key.public_key()).pinned(pin);
    let now = app.clock.now();
    let expires_at: Timestamp = now.plus_millis(CODE_MILLIS);
    app.store.writing(|write| {
        write.person(person)?.ok_or(EnrolCodeError::UnknownPerson)?;
        write.add_enrolment_code(&EnrolmentCodeRow {
            code_hash: code_hash(&code.secret),
            person: person.clone(),
            created_at: now,
            expires_at,
            taken_by: None,
        })?;
        let detail = serde_json::json!({ "person": person });
        write.append_audit(now, by, "enrolment_code_issued", &detail)?;
        Ok::<_, EnrolCodeError>(())
    })?;
    Ok(IssuedCode {
        code: code.to_string(),
        server,
        expires_at: expires_at.to_string(),
    })
}
