//! Sealing: the record of a photo or a request, chained to the one before, in the transaction that keeps what it seals.

use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::{Beacon, Chain, Moment, Record, Uptime};
use xunge_store::{NewRecord, Reader, Tx};
use xunge_sync::testing;

use crate::documents::Pen;
use crate::error::FieldError;
use crate::ports::Ports;
use crate::tables::encode;

/// What the hub said last of its time.
const BEACON: &str = "beacon";
/// What the clock nobody sets showed when that was asked for.
const BEACON_ASKED: &str = "beacon_asked";
/// Where the chain of this installation stands.
const CHAIN: &str = "record_chain";
/// The record of a seal from before there were records.
const WITHOUT_RECORD: u8 = 0;

/// What is noted when a photo is kept, for the record that is made when it goes into a case.
#[derive(Encode, Decode)]
pub(crate) struct Kept {
    #[n(0)]
    pub(crate) moment: Moment,
    #[n(1)]
    pub(crate) working: Option<Digest>,
}

/// What this device knows just now.
pub(crate) fn moment(
    reader: &Reader<'_>,
    ports: &Ports,
    at: Timestamp,
) -> Result<Moment, FieldError> {
    let uptime = ports.clock.uptime();
    let asked = kept::<Uptime>(reader, BEACON_ASKED)?;
    Ok(Moment {
        at,
        uptime,
        beacon: kept(reader, BEACON)?,
        since_beacon: asked.zip(uptime).and_then(|(asked, now)| since(asked, now)),
        fixes: Vec::new(),
        signals: Vec::new(),
    })
}

/// What time it is by the hub's clock, as far as this device knows: what the hub said last and what the clock nobody sets counted
/// since; after a start of the device, what its own clock shows. So a phone that is set wrong shows the lights the hub shows.
pub(crate) fn hub_now(reader: &Reader<'_>, ports: &Ports) -> Result<Timestamp, FieldError> {
    let here = ports.clock.now();
    Ok(moment(reader, ports, here)?.at_the_latest().unwrap_or(here))
}

pub(crate) fn note_moment(
    tx: &Tx<'_>,
    document: DocumentId,
    original: Digest,
    kept: &Kept,
) -> Result<(), FieldError> {
    Ok(tx.note_moment(document, original, &encode(kept))?)
}

/// `asked`: when the request went out that it answers. The hub's clock said what it said after that.
pub(crate) fn note_beacon(
    tx: &Tx<'_>,
    beacon: &Beacon,
    asked: Option<Uptime>,
) -> Result<(), FieldError> {
    match asked {
        Some(asked) => tx.set_setting(BEACON_ASKED, &encode(&asked))?,
        None => tx.delete_setting(BEACON_ASKED)?,
    }
    Ok(tx.set_setting(BEACON, &encode(beacon))?)
}

/// Milliseconds between two readings of the clock nobody sets; nothing across a start of the device.
fn since(asked: Uptime, now: Uptime) -> Option<u64> {
    let one_start = asked.boot == now.boot;
    one_start.then(|| now.millis.checked_sub(asked.millis))?
}

/// The record of a photo that was kept earlier, or just now where nothing was noted of it.
pub(crate) fn photo_record(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    document: DocumentId,
    original: Digest,
) -> Result<Vec<u8>, FieldError> {
    let noted = tx.moment(document, original)?;
    // A note that cannot be read says nothing: the photo is sealed all the same.
    let noted = noted.and_then(|noted| minicbor::decode::<Kept>(&noted).ok());
    match noted {
        Some(Kept { moment, working }) => record(tx, pen, moment, working),
        None => action_record(tx, pen),
    }
}

/// The record of what happens just now.
pub(crate) fn action_record(tx: &Tx<'_>, pen: Pen<'_>) -> Result<Vec<u8>, FieldError> {
    record(tx, pen, moment(tx, pen.ports, pen.now)?, None)
}

fn record(
    tx: &Tx<'_>,
    pen: Pen<'_>,
    moment: Moment,
    working: Option<Digest>,
) -> Result<Vec<u8>, FieldError> {
    if testing::without_records() {
        return Ok(vec![WITHOUT_RECORD]);
    }
    let program = (pen.ports.build.as_str(), pen.ports.signer.protection());
    let record = Record::following(&chain(tx, pen)?, program, moment, working);
    Ok(record.to_bytes())
}

/// The next record follows this one, which the hub is to give a receipt for.
pub(crate) fn follow(tx: &Tx<'_>, pen: Pen<'_>, record: &NewRecord) -> Result<(), FieldError> {
    if testing::without_records() {
        return Ok(());
    }
    let mut chain = chain(tx, pen)?;
    chain.follow(record.name);
    tx.note_record(record)?;
    Ok(tx.set_setting(CHAIN, &encode(&chain))?)
}

/// A copy of the store that became an installation of its own begins a chain of its own.
fn chain(reader: &Reader<'_>, pen: Pen<'_>) -> Result<Chain, FieldError> {
    let installation = *pen.identity.installation();
    let kept = kept::<Chain>(reader, CHAIN)?;
    Ok(kept
        .filter(|chain| chain.installation == installation)
        .unwrap_or(Chain::of(installation)))
}

fn kept<Value: for<'b> Decode<'b, ()>>(
    reader: &Reader<'_>,
    key: &str,
) -> Result<Option<Value>, FieldError> {
    let bytes = reader.setting(key)?;
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()))
}
