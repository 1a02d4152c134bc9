//! Device sessions: a token handed out with every answer, the last two are good. Anything else is a clone or a
//! restored store, and goes on as an installation of its own.

use axum::http::StatusCode;
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::OriginInstallation;
use xunge_sync::keys::{PublicKey, SoftwareKey};
use xunge_sync::wire::{Nonce, RequestName, SupersededFrame, Token};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages;
use crate::store::rows::InstallationRow;
use crate::store::{HubRead, HubTransaction, StoreError};

/// Longest line of predecessors that is followed.
const PREDECESSORS_MAX: usize = 32;

/// What a device shows of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    /// The installation.
    pub installation: InstallationId,
    token: Token,
    /// Names the signed request it came with; `None` where nobody signed.
    pub(super) request: Option<RequestName>,
}

impl Presented {
    /// Reads the header `<installation hex>.<token hex>`.
    pub fn parse(header: &str) -> Option<Self> {
        let (installation, token) = header.split_once('.')?;
        let token = data_encoding::HEXLOWER.decode(token.as_bytes()).ok()?;
        Some(Self {
            installation: installation.parse().ok()?,
            token: token.try_into().ok()?,
            request: None,
        })
    }

    /// The same, as shown by a request that its device signed.
    #[must_use]
    pub(super) const fn signed(self, request: RequestName) -> Self {
        Self {
            request: Some(request),
            ..self
        }
    }
}

/// Whom a session belongs to.
pub enum Admitted {
    /// A device in good standing.
    Device(Box<Device>),
    /// A store that lives twice: what it must become.
    Superseded(SupersededFrame),
    /// Revoked.
    Revoked,
    /// A request of an earlier token that was answered then, and now comes again.
    Repeated,
    /// Never enrolled here.
    Unknown,
}

/// A device in good standing, or one that may still send what it holds.
pub struct Device {
    /// Its row.
    pub row: InstallationRow,
    /// Whose it is.
    pub person: Person,
    /// Where its changes come from.
    pub origin: OriginInstallation,
}

impl Device {
    /// Whether it was revoked and may only send what it still holds: it gets nothing.
    pub const fn is_leaving(&self) -> bool {
        self.row.revoked_at.is_some()
    }
}

/// Why a session could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<SessionError> for crate::error::ApiError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => error.into(),
            SessionError::Entropy(error) => Self::internal(&error),
        }
    }
}

/// Admits a device, or makes a new installation for one whose token is neither the current nor the previous and whose
/// request is signed and new: a request that is repeated late changes nothing.
/// Hashes are compared, so the time of the comparison says nothing about a token.
///
/// # Errors
/// The store's, or no randomness.
pub fn admit(
    app: &App,
    write: &mut dyn HubTransaction,
    presented: &Presented,
    now: Timestamp,
) -> Result<Admitted, SessionError> {
    let Some(row) = write.installation(&presented.installation)? else {
        return Ok(Admitted::Unknown);
    };
    if has_no_rights(&row, now) {
        return Ok(Admitted::Revoked);
    }
    let Some(person) = write.person(&row.person)? else {
        return Ok(Admitted::Revoked);
    };
    let shown = Digest::of(&presented.token);
    if shown != row.token_current && Some(shown) != row.token_previous {
        // A copy of a store that is revoked gets no name of its own.
        if row.revoked_at.is_some() {
            return Ok(Admitted::Revoked);
        }
        if app.requests_seen.knows(presented) {
            return Ok(Admitted::Repeated);
        }
        // Only who holds the key continues the line of the store.
        if presented.request.is_none() {
            return Ok(Admitted::Unknown);
        }
        app.requests_seen.note(presented);
        return Ok(Admitted::Superseded(supersede(app, write, &row, now)?));
    }
    app.requests_seen.note(presented);
    let origin = origin_of(write, &row, person.clone())?;
    Ok(Admitted::Device(Box::new(Device {
        row,
        person,
        origin,
    })))
}

/// Whether nothing of an installation is merged any more, whoever brings it.
pub(crate) fn has_no_rights(row: &InstallationRow, now: Timestamp) -> bool {
    row.revoked_at.is_some_and(|from| from <= now)
}

/// A device in good standing as the origin of changes.
///
/// # Errors
/// The store's.
pub(crate) fn origin_of(
    read: &(impl HubRead + ?Sized),
    row: &InstallationRow,
    person: Person,
) -> Result<OriginInstallation, StoreError> {
    let line = predecessors(read, row)?;
    Ok(OriginInstallation {
        installation: row.id,
        keys: keys(read, row, &line)?,
        predecessors: line,
        former: read.former_scopes(&person.id)?,
        person,
        revoked: false,
    })
}

/// Whom a session belongs to, as far as looking tells.
pub enum Recognised {
    /// A device in good standing, and whose.
    Device(Box<Person>),
    /// Revoked from this moment on: before it, it may send what it holds.
    Revoked(Timestamp),
    /// Never enrolled here, or an older token.
    Unknown,
}

/// Looks at a session without using its token up: for answers that hand out no next one. Where nobody signed, one that took
/// the place of another is known from its first signed request on: until then its token alone says nothing.
///
/// # Errors
/// The store's.
pub fn recognise(read: &dyn HubRead, presented: &Presented) -> Result<Recognised, StoreError> {
    let Some(row) = read.installation(&presented.installation)? else {
        return Ok(Recognised::Unknown);
    };
    let shown = Digest::of(&presented.token);
    if shown != row.token_current && Some(shown) != row.token_previous {
        return Ok(Recognised::Unknown);
    }
    let unproven = row.predecessor.is_some() && row.token_previous.is_none();
    if unproven && presented.request.is_none() {
        return Ok(Recognised::Unknown);
    }
    if let Some(from) = row.revoked_at {
        return Ok(Recognised::Revoked(from));
    }
    let person = read.person(&row.person)?;
    let nobodys = Recognised::Revoked(row.created_at);
    Ok(person.map_or(nobodys, |person| Recognised::Device(Box::new(person))))
}

/// Whose device asks for a file. Its token is not used up.
///
/// # Errors
/// 401 for a device this hub does not know, 403 for a revoked one, or the store's trouble.
pub fn reader_of_files(app: &App, presented: &Presented) -> Result<Box<Person>, ApiError> {
    match app.store.reading(|read| recognise(read, presented))? {
        Recognised::Device(person) => Ok(person),
        Recognised::Revoked(_) => Err(ApiError::new(
            StatusCode::FORBIDDEN,
            &messages::DEVICE_REVOKED,
        )),
        Recognised::Unknown => Err(device_unknown()),
    }
}

/// What a device is told that this hub does not know.
pub fn device_unknown() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, &messages::DEVICE_UNKNOWN)
}

/// The token handed out last, as it is kept: it changes with every answer that hands one out.
///
/// # Errors
/// The store's.
pub fn current_token(
    read: &(impl HubRead + ?Sized),
    presented: &Presented,
) -> Result<Option<Digest>, StoreError> {
    let row = read.installation(&presented.installation)?;
    Ok(row.map(|row| row.token_current))
}

/// Hands out the next token; the one just used stays good, because this answer may be lost.
///
/// The token is derived, not drawn: a link that brings one request twice must hand out one token, or the answer to
/// the first copy would name a token that the second made stale, and an honest device would be taken for a clone.
/// A clone sends requests of its own, with nonces of its own, and so gets another token.
///
/// # Errors
/// The store's.
pub fn renew(
    app: &App,
    write: &mut dyn HubTransaction,
    presented: &Presented,
    nonce: &Nonce,
) -> Result<Token, SessionError> {
    let token = next_token(&app.hub_key.key, presented, nonce);
    let used = Digest::of(&presented.token);
    write.set_installation_tokens(&presented.installation, &Digest::of(&token), Some(&used))?;
    Ok(token)
}

fn next_token(key: &SoftwareKey, presented: &Presented, nonce: &Nonce) -> Token {
    // Nobody without the hub's secret can tell it; every part has a fixed length.
    let derived = Digest::of(
        &[
            b"xunge session token".as_slice(),
            &key.to_bytes(),
            presented.installation.as_bytes(),
            &presented.token,
            nonce,
        ]
        .concat(),
    );
    let mut token = Token::default();
    token.copy_from_slice(&derived.as_bytes()[..size_of::<Token>()]);
    token
}

fn supersede(
    app: &App,
    write: &mut dyn HubTransaction,
    old: &InstallationRow,
    now: Timestamp,
) -> Result<SupersededFrame, SessionError> {
    let token: Token = app.entropy.array()?;
    let installation = InstallationId::from_bytes(app.entropy.array()?);
    write.add_installation(&InstallationRow {
        id: installation,
        person: old.person.clone(),
        public_key: old.public_key.clone(),
        token_current: Digest::of(&token),
        token_previous: None,
        predecessor: Some(old.id),
        superseded_by: None,
        revoked_at: None,
        created_at: now,
    })?;
    let detail = serde_json::json!({
        "installation": old.id,
        "became": installation,
        "key": key_hex(&old.public_key),
    });
    write.append_audit(now, old.person.as_str(), "store_lives_twice", &detail)?;
    Ok(SupersededFrame {
        installation,
        token: token.into(),
    })
}

/// A key as the log names it.
pub(crate) fn key_hex(key: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(key)
}

/// The installations before one, the newest first.
///
/// # Errors
/// The store's.
pub(crate) fn predecessors(
    store: &(impl HubRead + ?Sized),
    row: &InstallationRow,
) -> Result<Vec<InstallationId>, StoreError> {
    let mut line = Vec::new();
    let mut before = row.predecessor;
    while let Some(id) = before.filter(|_| line.len() < PREDECESSORS_MAX) {
        line.push(id);
        before = store.installation(&id)?.and_then(|row| row.predecessor);
    }
    Ok(line)
}

/// The keys of an installation and of those before it. One that is no key signs nothing.
fn keys(
    store: &(impl HubRead + ?Sized),
    row: &InstallationRow,
    before: &[InstallationId],
) -> Result<Vec<PublicKey>, StoreError> {
    let mut keys: Vec<PublicKey> = PublicKey::from_slice(&row.public_key).into_iter().collect();
    for id in before {
        let row = store.installation(id)?;
        let key = row.and_then(|row| PublicKey::from_slice(&row.public_key).ok());
        keys.extend(key.filter(|key| !keys.contains(key)));
    }
    Ok(keys)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn one_request_gets_one_token_however_often_it_arrives_and_a_clones_request_another() {
        let key = SoftwareKey::from_bytes(&[7; 32]).unwrap();
        let presented = Presented {
            installation: InstallationId::from_bytes([1; 16]),
            token: [2; 16],
            request: None,
        };
        let token = next_token(&key, &presented, &[3; 16]);
        assert_eq!(token, next_token(&key, &presented, &[3; 16]));
        assert_ne!(token, next_token(&key, &presented, &[4; 16]));
        let later = Presented { token, ..presented };
        assert_ne!(token, next_token(&key, &later, &[3; 16]));
        let other = SoftwareKey::from_bytes(&[8; 32]).unwrap();
        assert_ne!(token, next_token(&other, &presented, &[3; 16]));
    }
}
