//! This device's certificate: given at enrolment, renewed by an errand.

use minicbor::{Decode, Encode};
use xunge_domain::time::Timestamp;
use xunge_store::{Reader, Tx};
use xunge_sync::carry::{CarryError, Certificate, Certified, RENEWAL_MILLIS};

use crate::app::Identity;
use crate::error::FieldError;
use crate::ports::Ports;
use crate::sync::next_request::session;
use crate::tables::encode;

const CERTIFICATE: &str = "certificate";
const HUB_CLOCK: &str = "hub_clock";
/// Something asked for a certificate that was not there.
const CERTIFICATE_WANTED: &str = "certificate_wanted";

pub(crate) fn set_certificate(
    tx: &Tx<'_>,
    certificate: &Certificate,
    here: Timestamp,
) -> Result<(), FieldError> {
    if let Ok(claims) = certificate.claims() {
        note_hub_clock(tx, claims.issued_at, here)?;
    }
    tx.set_setting(CERTIFICATE, &encode(certificate))?;
    Ok(tx.set_switch(CERTIFICATE_WANTED, false)?)
}

/// Has one fetched in the next round.
pub(crate) fn want_certificate(tx: &Tx<'_>) -> Result<(), FieldError> {
    Ok(tx.set_switch(CERTIFICATE_WANTED, true)?)
}

fn kept(reader: &Reader<'_>) -> Result<Option<Certificate>, FieldError> {
    let bytes = reader.setting(CERTIFICATE)?;
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()))
}

/// The hub's clock as it was last heard, and this device's at that moment.
#[derive(Encode, Decode)]
struct HubClock {
    #[n(0)]
    hub: Timestamp,
    #[n(1)]
    here: Timestamp,
}

/// The hub said what its clock is.
pub(crate) fn note_hub_clock(
    tx: &Tx<'_>,
    hub: Timestamp,
    here: Timestamp,
) -> Result<(), FieldError> {
    Ok(tx.set_setting(HUB_CLOCK, &encode(&HubClock { hub, here }))?)
}

/// By what clock certificates are judged: the hub's, as it was last heard, and what went by here since. A device whose clock
/// is wrong judges rightly, and one whose clock is set back revives no certificate that had expired when it heard last.
pub(crate) fn judged_at(reader: &Reader<'_>, ports: &Ports) -> Result<Timestamp, FieldError> {
    let now = ports.clock.now();
    let heard = reader.setting(HUB_CLOCK)?;
    let heard = heard.and_then(|heard| minicbor::decode::<HubClock>(&heard).ok());
    Ok(heard.map_or(now, |heard| {
        let since = now.millis_since(heard.here).max(0);
        Timestamp::from_millis(heard.hub.as_millis().saturating_add(since))
    }))
}

/// This device's certificate, if it has one that others will believe.
///
/// # Errors
/// None, expired, of another installation, or the store's.
pub(crate) fn own_certificate(
    reader: &Reader<'_>,
    identity: &Identity,
    ports: &Ports,
) -> Result<(Certificate, Certified), FieldError> {
    let hub = session(identity)?.server_key;
    let kept = kept(reader)?.ok_or(CarryError::NoCertificate)?;
    let certified = kept.verify(&hub, judged_at(reader, ports)?);
    let certified = certified.map_err(|_| CarryError::NoCertificate)?;
    if certified.origin.installation != *identity.installation()
        || certified.key != ports.signer.public_key()
    {
        return Err(CarryError::NoCertificate.into());
    }
    Ok((kept, certified))
}

/// Whether another one is to be asked for: where there is one that says something else than the hub would say now, or has
/// little time left, or where somebody missed one.
pub(crate) fn is_due(
    reader: &Reader<'_>,
    identity: &Identity,
    ports: &Ports,
) -> Result<bool, FieldError> {
    let Some(kept) = kept(reader)? else {
        return Ok(reader.switch(CERTIFICATE_WANTED)?);
    };
    let now = judged_at(reader, ports)?;
    Ok(kept.claims().map_or(true, |claims| {
        claims.installation != *identity.installation()
            || claims.person != identity.person
            || claims.expires_at.millis_since(now) < RENEWAL_MILLIS
    }))
}
