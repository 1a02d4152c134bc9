//! A one-time code becomes a device.

use axum::http::StatusCode;
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::person::Person;
use xunge_domain::scope::Scope;
use xunge_sync::keys::{PublicKey, Signer as _};
use xunge_sync::wire::{EnrolRequest, EnrolledFrame, Frame, Token, spoken};

use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::alone;
use crate::services::certificate::certificate;
use crate::services::city_tables::places::unit_grids_of;
use crate::services::city_tables::tables_for;
use crate::services::device_session::SessionError;
use crate::services::device_session::key_hex;
use crate::services::enrol_codes::code_hash;
use crate::services::former::take_over;
use crate::services::recovery_key;
use crate::store::rows::{CodeTaken, InstallationRow};
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::local_date;

#[derive(Debug, thiserror::Error)]
enum EnrolError {
    #[error("refused")]
    Refused(&'static messages::Message),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<SessionError> for EnrolError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Store(error) => Self::Store(error),
            SessionError::Entropy(error) => Self::Entropy(error),
        }
    }
}

/// Redeems a code and answers with everything the device needs to work without signal. The same code with the same
/// key is answered again while it is good, until the device is heard of: a lost answer must not strand a worker, and
/// a code that was seen over a shoulder must not take the session of a device at work.
///
/// # Errors
/// A code that is unknown, used by another device or expired; the hub's own trouble.
pub fn enrol(app: &App, request: &EnrolRequest) -> Result<Vec<u8>, ApiError> {
    let key = PublicKey::from_slice(request.public_key.as_slice())
        .map_err(|_| ApiError::bad_request(&messages::BAD_REQUEST))?;
    let frame = app
        .store
        .writing(|write| redeem(app, write, request, &key))
        .map_err(|error| match error {
            EnrolError::Refused(message) => ApiError::new(StatusCode::FORBIDDEN, message),
            EnrolError::Store(error) => error.into(),
            EnrolError::Entropy(error) => ApiError::internal(&error),
        })?;
    Ok(alone(
        app,
        *request.nonce,
        &Frame::Enrolled(Box::new(frame)),
    ))
}

fn redeem(
    app: &App,
    write: &mut dyn HubTransaction,
    request: &EnrolRequest,
    key: &PublicKey,
) -> Result<EnrolledFrame, EnrolError> {
    let now = app.clock.now();
    let token: Token = app.entropy.array()?;
    let fresh = InstallationId::from_bytes(app.entropy.array()?);
    let code = code_hash(&request.secret);
    let (person, installation) = match write.take_enrolment_code(&code, &fresh, now)? {
        CodeTaken::Taken { person } => (person, fresh),
        CodeTaken::Used { by } => {
            let good = write.enrolment_code(&code)?;
            let good = good.is_some_and(|code| code.expires_at > now);
            match write.installation(&by)? {
                Some(row) if good && lost_its_answer(&row, key) => (row.person, by),
                _ => return Err(EnrolError::Refused(&messages::ENROLMENT_CODE_USED)),
            }
        }
        CodeTaken::Expired => {
            return Err(EnrolError::Refused(&messages::ENROLMENT_CODE_EXPIRED));
        }
        CodeTaken::Unknown => {
            return Err(EnrolError::Refused(&messages::ENROLMENT_CODE_UNKNOWN));
        }
    };
    let person = write
        .person(&person)?
        .ok_or(EnrolError::Refused(&messages::ENROLMENT_CODE_UNKNOWN))?;
    if installation == fresh {
        let predecessor = take_over(app, write, &person, key, &request.former, now)?;
        write.add_installation(&InstallationRow {
            id: fresh,
            person: person.id.clone(),
            public_key: key.as_bytes().to_vec(),
            token_current: Digest::of(&token),
            token_previous: None,
            predecessor,
            superseded_by: None,
            revoked_at: None,
            created_at: now,
        })?;
        let detail = serde_json::json!({ "installation": fresh, "key": key_hex(key.as_bytes()) });
        write.append_audit(now, person.id.as_str(), "device_enrolled", &detail)?;
    } else {
        write.set_installation_tokens(&installation, &Digest::of(&token), None)?;
    }
    let read = write as &dyn HubRead;
    let spoken = &request.capabilities;
    frame(app, read, person, (installation, token), spoken).map_err(EnrolError::Store)
}

/// The same device, that never got as far as a first request.
fn lost_its_answer(row: &InstallationRow, key: &PublicKey) -> bool {
    row.public_key == key.as_bytes() && row.revoked_at.is_none() && row.token_previous.is_none()
}

fn frame(
    app: &App,
    read: &dyn HubRead,
    person: Person,
    (installation, token): (InstallationId, Token),
    capabilities: &[String],
) -> Result<EnrolledFrame, StoreError> {
    let now = app.clock.now();
    let tables = app.tables.get(read, now)?;
    let row = read.installation(&installation)?;
    let tables_of_beats = tables_for(app, read, &person, capabilities, now)?;
    let certificate = row.map(|row| certificate(app, read, &row, person.clone()));
    Ok(EnrolledFrame {
        server_key: (*app.hub_key.key.public_key().as_bytes()).into(),
        installation,
        token: token.into(),
        epoch: app.hub_key.epoch,
        scopes: Scope::of(&person),
        classes: tables.classes.clone(),
        grids: unit_grids_of(read, &person.duty_grids, &local_date(now))?
            .into_iter()
            .map(|grid| grid.grid)
            .collect(),
        organisations: read.organisations()?,
        person,
        capabilities: spoken(),
        recovery_key: recovery_key::public_half(read)?.map(|key| (*key.as_bytes()).into()),
        certificate: certificate.transpose()?.map(Box::new),
        tables: tables_of_beats.map(Box::new),
    })
}
