//! Logging in with a password. Five failures lock the account for five minutes; every failure is in the audit log.
//!
//! An attempt is counted *before* the password is looked at and the count taken back on success: otherwise many
//! attempts sent at once would all be looked at before the first failure was written.

use xunge_domain::ids::PersonId;
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::passwords;
use crate::services::sessions::{self, SessionError, Started};
use crate::store::rows::CredentialRow;
use crate::store::{HubTransaction, StoreError};

/// Failures that lock an account.
pub const FAILURES_MAX: u32 = 5;
/// How long it stays locked.
pub const LOCK_MILLIS: i64 = 5 * 60 * 1_000;

/// Why nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Person or password; never says which.
    #[error("account or password is wrong")]
    Wrong,
    /// Too many failures.
    #[error("the account is locked for {seconds} s")]
    Locked {
        /// How long still.
        seconds: u64,
    },
    /// The store's trouble or no randomness.
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl LoginError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Wrong => messages::LOGIN_FAILED.code,
            Self::Locked { .. } => messages::LOCKED_OUT.code,
            Self::Session(error) => error.code(),
        }
    }
}

impl From<StoreError> for LoginError {
    fn from(error: StoreError) -> Self {
        Self::Session(error.into())
    }
}

impl From<LoginError> for ApiError {
    fn from(error: LoginError) -> Self {
        use axum::http::StatusCode;
        match error {
            LoginError::Wrong => Self::new(StatusCode::UNAUTHORIZED, &messages::LOGIN_FAILED),
            LoginError::Locked { seconds } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, &messages::LOCKED_OUT).retry_after(seconds)
            }
            LoginError::Session(error) => error.into(),
        }
    }
}

/// Somebody who is logged in now.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The session.
    pub started: Started,
    /// Who.
    pub person: Person,
}

/// Checks a password and starts a session. Cost: argon2; call it through
/// [`AppState::hashing`](crate::app::AppState::hashing).
///
/// # Errors
/// Wrong, locked, or the store's trouble.
pub fn log_in(app: &App, person: &str, password: &str) -> Result<LoggedIn, LoginError> {
    let known = match person.trim().parse::<PersonId>() {
        Ok(id) => count_attempt(app, &id)?,
        Err(_) => None,
    };
    let Some((person, credential)) = known else {
        passwords::verify_nobody(password);
        // What was typed is not written down: it may be a password in the wrong field.
        note_failure(app, "unknown", "nobody")?;
        return Err(LoginError::Wrong);
    };
    if !passwords::verify(password, &credential.argon2) {
        note_failure(app, person.id.as_str(), "password")?;
        return Err(LoginError::Wrong);
    }
    let now = app.clock.now();
    let started = app.store.writing(|write| -> Result<_, SessionError> {
        if let Some(now_kept) = write.credential(&person.id)? {
            write.put_credential(&CredentialRow {
                failures: 0,
                locked_until: None,
                ..now_kept
            })?;
        }
        let started = sessions::start(write, &*app.entropy, &person.id, now)?;
        let detail = serde_json::json!({ "session": started.session.id });
        write.append_audit(now, person.id.as_str(), "login", &detail)?;
        Ok(started)
    })?;
    Ok(LoggedIn { started, person })
}

/// Counts an attempt in advance; the fifth locks. `None` for somebody who cannot log in at all.
fn count_attempt(app: &App, id: &PersonId) -> Result<Option<(Person, CredentialRow)>, LoginError> {
    let now = app.clock.now();
    app.store.writing(|write| {
        let (Some(person), Some(mut credential)) = (write.person(id)?, write.credential(id)?)
        else {
            return Ok(Ok(None));
        };
        match credential.locked_until {
            Some(until) if until > now => {
                let detail = serde_json::json!({ "reason": "locked" });
                write.append_audit(now, id.as_str(), "login_failed", &detail)?;
                return Ok(Err(LoginError::Locked {
                    seconds: seconds_until(until, now),
                }));
            }
            Some(_) => (credential.failures, credential.locked_until) = (0, None),
            None => {}
        }
        credential.failures = credential.failures.saturating_add(1);
        if credential.failures >= FAILURES_MAX {
            credential.locked_until = Some(now.plus_millis(LOCK_MILLIS));
        }
        write.put_credential(&credential)?;
        Ok::<_, StoreError>(Ok(Some((person, credential))))
    })?
}

fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(until.millis_since(now))
        .unwrap_or(0)
        .div_ceil(1_000)
}

fn note_failure(app: &App, who: &str, reason: &str) -> Result<(), StoreError> {
    let now = app.clock.now();
    app.store.writing(|write: &mut dyn HubTransaction| {
        write.append_audit(
            now,
            who,
            "login_failed",
            &serde_json::json!({ "reason": reason }),
        )
    })?;
    Ok(())
}
