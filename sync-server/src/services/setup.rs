//! The first admin: whoever started the hub reads a one-time link on its terminal.

use data_encoding::BASE64URL_NOPAD;
use xunge_domain::ids::{Digest, PersonId};
use xunge_domain::person::{Person, Role};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages;
use crate::services::passwords::{self, PasswordError};
use crate::services::people::{self, NAME_CHARACTERS_MAX};
use crate::store::rows::MetaKey;
use crate::store::{HubRead, StoreError};

const TOKEN_BYTES: usize = 24;

/// Why the hub was not set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Wrong, used, or an admin exists.
    #[error("the set-up token is not valid")]
    Token,
    /// Not a person id.
    #[error("this is no person id")]
    Id,
    /// Empty or too long.
    #[error("a name has 1 to {NAME_CHARACTERS_MAX} characters")]
    Name,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SetupError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Token => messages::SETUP_TOKEN.code,
            Self::Id => messages::ID_UNFIT.code,
            Self::Name => messages::NAME_UNFIT.code,
            Self::Password(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

impl From<SetupError> for ApiError {
    fn from(error: SetupError) -> Self {
        use axum::http::StatusCode;
        match error {
            SetupError::Token => Self::new(StatusCode::FORBIDDEN, &messages::SETUP_TOKEN),
            SetupError::Id => Self::bad_request(&messages::ID_UNFIT),
            SetupError::Name => Self::bad_request(&messages::NAME_UNFIT),
            SetupError::Password(error) => error.into(),
            SetupError::Store(error) => error.into(),
        }
    }
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// A fresh token while nobody is admin, and `None` afterwards. An older one is worth nothing then.
///
/// # Errors
/// The store's trouble, or no randomness.
pub fn issue_token(app: &App) -> Result<Option<String>, IssueError> {
    let token = BASE64URL_NOPAD.encode(&app.entropy.array::<TOKEN_BYTES>()?);
    let issued = app.store.writing(|write| -> Result<bool, StoreError> {
        if people::has_admin(write as &dyn HubRead, None)? {
            write.remove_meta(MetaKey::SetupToken)?;
            return Ok(false);
        }
        write.put_meta(MetaKey::SetupToken, Digest::of(token.as_bytes()).as_bytes())?;
        Ok(true)
    })?;
    Ok(issued.then_some(token))
}

/// Whether a token would be taken now: the page need not ask for a password in vain.
///
/// # Errors
/// The store's trouble.
pub fn token_fits(app: &App, token: &str) -> Result<bool, StoreError> {
    app.store.reading(|read| fits(read, token))
}

fn fits(store: &dyn HubRead, token: &str) -> Result<bool, StoreError> {
    // Hashes are compared, so the time of the comparison tells nothing of the token.
    let kept = store.meta(MetaKey::SetupToken)?;
    Ok(kept.is_some_and(|kept| kept == Digest::of(token.as_bytes()).as_bytes()))
}

/// Makes the first admin and uses the token up. Cost: argon2.
///
/// # Errors
/// A token that does not fit, an unfit id, name or password, or the store's trouble.
pub fn create_first_admin(
    app: &App,
    token: &str,
    id: &str,
    name: &str,
    password: &str,
) -> Result<Person, SetupError> {
    if !token_fits(app, token)? {
        return Err(SetupError::Token);
    }
    let id: PersonId = id.trim().parse().map_err(|_| SetupError::Id)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX {
        return Err(SetupError::Name);
    }
    let argon2 = passwords::hash(password, &*app.entropy)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        // Again, inside the transaction: of two people with the same link one is first.
        if !fits(write as &dyn HubRead, token)? || people::has_admin(write as &dyn HubRead, None)? {
            return Err(SetupError::Token);
        }
        let known = write.person(&id)?;
        let mut person = known.unwrap_or_else(|| Person {
            id: id.clone(),
            name: String::new(),
            roles: Vec::new(),
            organisation: None,
            duty_grids: Vec::new(),
        });
        name.clone_into(&mut person.name);
        person.roles.push(Role::Admin);
        write.put_person(&person)?;
        people::write_password(write, &id, &argon2)?;
        write.remove_meta(MetaKey::SetupToken)?;
        write.append_audit(now, id.as_str(), "first_admin", &serde_json::json!({}))?;
        Ok(person)
    })
}
