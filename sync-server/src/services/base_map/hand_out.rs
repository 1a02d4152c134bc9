//! Hand out: a device asks what base map there is for its person's beats, then fetches the bytes.

use std::fs::File;
use std::io;

use axum::http::StatusCode;
use xunge_domain::ids::Digest;
use xunge_domain::person::Person;
use xunge_sync::wire::{BaseMapFrame, BaseMapOffer, Frame, Nonce};

use super::cut::{CutError, Wanted, extract, kept};
use crate::app::App;
use crate::error::ApiError;
use crate::http::range_file::RangeFile;
use crate::messages;
use crate::services::admission::{alone, refused};
use crate::services::device_session::{
    Presented, Recognised, device_unknown, reader_of_files, recognise,
};

/// `MBTiles` are SQLite databases.
const CONTENT_TYPE: &str = "application/vnd.sqlite3";

/// Answers a device. Its token is not used up. Cost: as cutting the extract where it does not lie ready.
///
/// # Errors
/// A device this hub does not know; 404 where there is a map and no extract can be made of it now: the device asks in its next round.
pub fn base_map(app: &App, presented: &Presented, nonce: Nonce) -> Result<Vec<u8>, ApiError> {
    let recognised = app.store.reading(|read| recognise(read, presented))?;
    let person = match recognised {
        Recognised::Device(person) => person,
        Recognised::Revoked(_) => {
            return Ok(alone(app, nonce, &refused(&messages::DEVICE_REVOKED)));
        }
        Recognised::Unknown => return Err(device_unknown()),
    };
    let Some(wanted) = wanted(app, &person)? else {
        return Ok(alone(app, nonce, &Frame::BaseMap(BaseMapFrame::default())));
    };
    let extract = extract(app, &wanted).map_err(|cause| match cause {
        CutError::Store(cause) => ApiError::from(cause),
        cause => {
            tracing::warn!(error.reason = %cause, "no extract of the base map");
            ApiError::new(StatusCode::NOT_FOUND, &messages::BASE_MAP_NOT_READY)
        }
    })?;
    let map = wanted.map;
    let frame = BaseMapFrame {
        mark: Some(wanted.mark.into()),
        offer: extract.map(|extract| BaseMapOffer {
            sha256: extract.sha256,
            length: extract.length,
            title: map.title,
            attribution: map.attribution,
            zoom_min: map.zoom_min,
            zoom_max: extract.zoom_max,
            tile_pixels: map.tile_pixels,
            datum: map.datum,
        }),
    };
    Ok(alone(app, nonce, &Frame::BaseMap(frame)))
}

/// Opens the extract for a device of somebody of these beats. The session's token is not used up.
///
/// # Errors
/// A device this hub does not know, an extract that is not there or not his, or the hub's own trouble.
pub fn open(app: &App, presented: &Presented, sha256: &Digest) -> Result<RangeFile, ApiError> {
    let person = reader_of_files(app, presented)?;
    let wanted = wanted(app, &person)?.ok_or_else(ApiError::not_found)?;
    let internal = |error: &io::Error| ApiError::internal(error);
    let kept = kept(app, &wanted).map_err(|error| internal(&error))?;
    let (name, kept) = kept
        .filter(|(_, kept)| kept.sha256 == *sha256)
        .ok_or_else(ApiError::not_found)?;
    let file: File = match app.base_maps.read(&name, &kept) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ApiError::not_found()),
        Err(error) => return Err(internal(&error)),
    };
    Ok(RangeFile {
        file,
        sha256: kept.sha256,
        length: kept.length,
        content_type: CONTENT_TYPE,
    })
}

fn wanted(app: &App, person: &Person) -> Result<Option<Wanted>, ApiError> {
    let now = app.clock.now();
    Ok(app.store.reading(|read| Wanted::of(read, person, now))?)
}
