//! Browser sessions: an opaque secret in a cookie, its SHA-256 in the store, twelve hours at most.

use data_encoding::BASE64URL_NOPAD;
use xunge_domain::ids::{Digest, PersonId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use crate::app::{App, Entropy, EntropyError};
use crate::error::ApiError;
use crate::store::rows::StaffSessionRow;
use crate::store::{HubTransaction, StoreError};

/// How long a session lives, whatever happens in it.
pub const SESSION_MILLIS: i64 = 12 * 60 * 60 * 1_000;
const SECRET_BYTES: usize = 32;
const PUBLIC_ID_BYTES: usize = 9;

/// What can go wrong with a session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness for the secret.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl SessionError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Entropy(_) => "no_entropy",
        }
    }
}

impl From<SessionError> for ApiError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Entropy(error) => Self::internal(&error),
        }
    }
}

/// The secret of a session: only the browser keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionSecret([u8; SECRET_BYTES]);

impl SessionSecret {
    /// A fresh one.
    ///
    /// # Errors
    /// No randomness.
    pub fn draw(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        entropy.array().map(Self)
    }

    /// Reads what a cookie holds.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What the cookie holds.
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What the store holds.
    pub fn hash(&self) -> Digest {
        Digest::of(&[b"xunge session".as_slice(), &self.0].concat())
    }

    /// The CSRF token of this session: shown to its own pages, and of no use without the cookie.
    pub fn csrf(&self) -> String {
        BASE64URL_NOPAD.encode(Digest::of(&[b"xunge csrf".as_slice(), &self.0].concat()).as_bytes())
    }
}

/// Shows nothing of the secret.
impl std::fmt::Debug for SessionSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SessionSecret")
    }
}

/// A session that was just started.
#[derive(Debug, Clone)]
pub struct Started {
    /// For the cookie.
    pub secret: SessionSecret,
    /// What is kept.
    pub session: StaffSessionRow,
}

/// Starts a session inside a transaction of its caller, and sweeps out the ones that are over.
///
/// # Errors
/// The store's trouble, or no randomness.
pub fn start(
    store: &mut dyn HubTransaction,
    entropy: &dyn Entropy,
    person: &PersonId,
    now: Timestamp,
) -> Result<Started, SessionError> {
    let secret = SessionSecret::draw(entropy)?;
    let session = StaffSessionRow {
        secret_hash: secret.hash(),
        id: BASE64URL_NOPAD.encode(&entropy.array::<PUBLIC_ID_BYTES>()?),
        person: person.clone(),
        created_at: now,
        expires_at: now.plus_millis(SESSION_MILLIS),
    };
    store.remove_expired_staff_sessions(now)?;
    store.add_staff_session(&session)?;
    Ok(Started { secret, session })
}

/// The living session of a secret, with its person as of now; `None` when it is over or was never one.
///
/// # Errors
/// The store's trouble.
pub fn find(
    app: &App,
    secret: &SessionSecret,
) -> Result<Option<(StaffSessionRow, Person)>, StoreError> {
    let now = app.clock.now();
    app.store.reading(|read| {
        let living = read
            .staff_session(&secret.hash())?
            .filter(|session| session.expires_at > now);
        let Some(session) = living else {
            return Ok(None);
        };
        let person = read.person(&session.person)?;
        Ok(person.map(|person| (session, person)))
    })
}

/// Ends a session. Ending none is fine.
///
/// # Errors
/// The store's trouble.
pub fn end(app: &App, secret: &SessionSecret) -> Result<(), StoreError> {
    let now = app.clock.now();
    app.store.writing(|write| {
        let session = write.staff_session(&secret.hash())?;
        write.remove_staff_session(&secret.hash())?;
        if let Some(session) = session {
            let detail = serde_json::json!({ "session": session.id });
            write.append_audit(now, session.person.as_str(), "logout", &detail)?;
        }
        Ok(())
    })
}
