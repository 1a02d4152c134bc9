//! What this device knows of the base map, each a value in the store: what the hub offers, what is here whole.

use minicbor::{Decode, Encode};
use xunge_domain::ids::DutyGridId;
use xunge_store::{Reader, Tx};
use xunge_sync::wire::{BASE_MAP_BYTES_MAX, BaseMapOffer};

use super::problem::forget;
use crate::error::FieldError;
use crate::tables::encode;

/// The mark of the city's map, as the hub named it last.
const TOLD: &str = "base_map_told";
/// For which mark and beats the hub was asked.
const ASKED: &str = "base_map_asked";
/// What it offered then.
const OFFER: &str = "base_map_offer";
/// What is here whole.
const HELD: &str = "base_map_held";

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Asked {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) mark: [u8; 8],
    #[n(1)]
    pub(crate) beats: Vec<DutyGridId>,
}

pub(crate) fn told(reader: &Reader<'_>) -> Result<Option<[u8; 8]>, FieldError> {
    let bytes = reader.setting(TOLD)?;
    Ok(bytes.and_then(|bytes| bytes.try_into().ok()))
}

/// Keeps what the hub named, where that is news.
pub(crate) fn note_told(tx: &Tx<'_>, mark: Option<[u8; 8]>) -> Result<(), FieldError> {
    if told(tx)? == mark {
        return Ok(());
    }
    match mark {
        Some(mark) => Ok(tx.set_setting(TOLD, &mark)?),
        None => {
            // A map that the city took back is drawn no more.
            for key in [TOLD, ASKED, OFFER, HELD] {
                tx.delete_setting(key)?;
            }
            forget(tx)
        }
    }
}

/// What was asked last. What cannot be read is asked anew.
pub(crate) fn asked(reader: &Reader<'_>) -> Result<Option<Asked>, FieldError> {
    read(reader, ASKED)
}

pub(crate) fn set_asked(tx: &Tx<'_>, asked: Option<&Asked>) -> Result<(), FieldError> {
    set(tx, ASKED, asked)
}

/// What is to be here.
pub(crate) fn offer(reader: &Reader<'_>) -> Result<Option<BaseMapOffer>, FieldError> {
    let offer: Option<BaseMapOffer> = read(reader, OFFER)?;
    Ok(offer.filter(|offer| (1..=BASE_MAP_BYTES_MAX).contains(&offer.length)))
}

pub(crate) fn set_offer(tx: &Tx<'_>, offer: Option<&BaseMapOffer>) -> Result<(), FieldError> {
    set(tx, OFFER, offer)
}

/// What is here whole, and drawn.
pub(crate) fn held(reader: &Reader<'_>) -> Result<Option<BaseMapOffer>, FieldError> {
    read(reader, HELD)
}

pub(crate) fn set_held(tx: &Tx<'_>, held: Option<&BaseMapOffer>) -> Result<(), FieldError> {
    set(tx, HELD, held)
}

fn read<Value>(reader: &Reader<'_>, key: &str) -> Result<Option<Value>, FieldError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    let bytes = reader.setting(key)?;
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()))
}

fn set(tx: &Tx<'_>, key: &str, value: Option<&impl Encode<()>>) -> Result<(), FieldError> {
    match value {
        Some(value) => Ok(tx.set_setting(key, &encode(value))?),
        None => Ok(tx.delete_setting(key)?),
    }
}
