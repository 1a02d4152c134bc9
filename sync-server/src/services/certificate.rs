//! Certificates: the hub's word for who a device is, for devices that meet without it.

use axum::http::StatusCode;
use minicbor::bytes::ByteArray;
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::carry::{CERTIFICATE_MILLIS, Certificate, CertificateStatement};
use xunge_sync::wire::{Frame, Nonce};

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::{alone, refused};
use crate::services::device_session::{
    Presented, Recognised, device_unknown, origin_of, recognise,
};
use crate::store::rows::InstallationRow;
use crate::store::{HubRead, StoreError};

/// Certifies a device in good standing. Cost: one signature.
///
/// # Errors
/// The store's.
pub fn certificate(
    app: &App,
    read: &dyn HubRead,
    row: &InstallationRow,
    person: Person,
) -> Result<Certificate, StoreError> {
    let now = app.clock.now();
    let origin = origin_of(read, row, person)?;
    let keys = origin.keys.iter();
    let statement = CertificateStatement {
        installation: origin.installation,
        keys: keys.map(|key| ByteArray::from(*key.as_bytes())).collect(),
        person: origin.person,
        predecessors: origin.predecessors,
        issued_at: now,
        expires_at: Timestamp::from_millis(now.as_millis().saturating_add(CERTIFICATE_MILLIS)),
    };
    Ok(Certificate::issue(&statement, &app.hub_key.key))
}

/// Answers a device that asks for its certificate. Its token is not used up. One that may only send what it still holds
/// gets none: others would believe it for ninety days.
///
/// # Errors
/// A device this hub does not know or that is leaving, or the hub's own trouble.
pub fn renew(app: &App, presented: &Presented, nonce: Nonce) -> Result<Vec<u8>, ApiError> {
    let now = app.clock.now();
    let frame = app.store.reading(|read| {
        Ok::<_, ApiError>(match recognise(read, presented)? {
            Recognised::Unknown => None,
            Recognised::Revoked(from) if from <= now => Some(refused(&messages::DEVICE_REVOKED)),
            // Not a frame of the session: the device would stop there, and keep what it may still send.
            Recognised::Revoked(_) => {
                let leaving = &messages::DEVICE_REVOKED;
                return Err(ApiError::new(StatusCode::FORBIDDEN, leaving));
            }
            Recognised::Device(person) => match read.installation(&presented.installation)? {
                None => None,
                Some(row) => {
                    let issued = certificate(app, read, &row, *person)?;
                    Some(Frame::Certified(Box::new(issued)))
                }
            },
        })
    })?;
    Ok(alone(app, nonce, &frame.ok_or_else(device_unknown)?))
}
