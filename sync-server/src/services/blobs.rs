//! Photos' bytes: what arrived is kept, also of a request that broke off; the receipt needs the re-hash of the
//! stored bytes.

use axum::http::StatusCode;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::Digest;
use xunge_sync::wire::{BlobAnswer, ByteRange, Frame, FrameWriter, Nonce, RefusedFrame};

use crate::app::App;
use crate::blob_files::{BlobFileError, BlobTurn};
use crate::error::ApiError;
use crate::messages;
use crate::services::admission::refused;
use crate::services::device_session::{Admitted, Presented, admit, device_unknown};
use crate::services::disk::DiskState;
use crate::store::ranges::ByteRanges;
use crate::store::rows::BlobState;
use crate::store::{HubRead, StoreError};

/// An offer is noted this often at most, so that asking does not write. Less than any grace time of the collector.
pub const TOUCHED_EVERY_MILLIS: i64 = 10 * 60 * 1_000;

/// Documents that are looked at again for one photo's sake.
const CITING_MAX: usize = 100;

/// Bytes of a blob as they came.
pub struct Chunk<'a> {
    /// The blob.
    pub blob: BlobReference,
    /// Where they begin.
    pub offset: u64,
    /// As many as arrived.
    pub bytes: &'a [u8],
}

/// What of a blob is not here.
///
/// # Errors
/// The store's.
pub fn missing(read: &dyn HubRead, blob: &BlobReference) -> Result<Vec<ByteRange>, StoreError> {
    let whole = || {
        vec![ByteRange {
            from: 0,
            to: blob.length,
        }]
    };
    Ok(match read.blob(&blob.sha256)? {
        None => whole(),
        Some(row) => match row.state {
            BlobState::Stored { .. } => Vec::new(),
            BlobState::Partial { .. } if row.length != blob.length => whole(),
            BlobState::Partial { received } => received
                .missing(blob.length)
                .into_iter()
                .map(|range| ByteRange {
                    from: range.start,
                    to: range.end,
                })
                .collect(),
        },
    })
}

/// What the hub has of each offered blob. Waits for an upload that is just being kept: the rest of a cut one would
/// otherwise be asked for, and sent, twice. Notes that it was offered: what is on its way is not collected.
///
/// # Errors
/// The store's or the files'.
pub fn offered(app: &App, offers: &[BlobReference]) -> Result<Vec<BlobAnswer>, ApiError> {
    let now = app.clock.now();
    let answer = |offer: &BlobReference| {
        let _turn = turn(app, &offer.sha256)?;
        let (missing, row) = app.store.reading(|read| {
            Ok::<_, StoreError>((missing(read, offer)?, read.blob(&offer.sha256)?))
        })?;
        if row.is_some_and(|row| now.millis_since(row.touched_at) >= TOUCHED_EVERY_MILLIS) {
            app.store
                .writing(|write| write.touch_blob(&offer.sha256, now))?;
        }
        Ok(BlobAnswer {
            sha256: offer.sha256,
            missing,
        })
    };
    offers.iter().map(answer).collect()
}

fn turn<'a>(app: &'a App, sha256: &Digest) -> Result<BlobTurn<'a>, ApiError> {
    let turn = app.blobs.turns.turn(sha256);
    turn.map_err(|cause| ApiError::internal(&cause))
}

/// Takes bytes in and answers what is still missing; nothing missing is the receipt.
///
/// # Errors
/// A device this hub does not know, bytes that do not fit, a full disk, the hub's own trouble.
pub fn take_chunk(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    chunk: &Chunk<'_>,
) -> Result<Vec<u8>, ApiError> {
    let mut answer = FrameWriter::new(&app.hub_key.key, nonce);
    let now = app.clock.now();
    let admitted = app.store.writing(|write| admit(app, write, presented, now));
    let frame = match admitted.map_err(ApiError::from)? {
        Admitted::Repeated => {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                &messages::REQUEST_REPEATED,
            ));
        }
        Admitted::Unknown => {
            return Err(device_unknown());
        }
        Admitted::Revoked => refused(&messages::DEVICE_REVOKED),
        Admitted::Superseded(frame) => Frame::Superseded(frame),
        Admitted::Device(_) => match keep(app, chunk) {
            Ok(missing) => Frame::Blob(BlobAnswer {
                sha256: chunk.blob.sha256,
                missing,
            }),
            Err(Unkept::NoRoom) => no_room(),
            Err(Unkept::Failed(cause)) => return Err(cause),
        },
    };
    answer.push(&frame);
    Ok(answer.finish())
}

/// Why bytes were not kept.
pub(super) enum Unkept {
    /// The disk is too full for photos. Text is still taken.
    NoRoom,
    /// Something else.
    Failed(ApiError),
}

impl<Cause: Into<ApiError>> From<Cause> for Unkept {
    fn from(cause: Cause) -> Self {
        Self::Failed(cause.into())
    }
}

/// Signed like every answer, so that a device knows it from the hub and shows its words.
pub(super) fn no_room() -> Frame {
    let message = &messages::PHOTOS_WAIT;
    Frame::Refused(RefusedFrame {
        code: messages::DISK_FULL.code.into(),
        zh: format!("{}{}", message.zh, message.next_zh),
        en: format!("{} {}", message.en, message.next_en),
    })
}

pub(super) fn keep(app: &App, chunk: &Chunk<'_>) -> Result<Vec<ByteRange>, Unkept> {
    let BlobReference { sha256, length } = chunk.blob;
    let _turn = turn(app, &sha256)?;
    let row = app.store.reading(|read| read.blob(&sha256))?;
    let held = match row.map(|row| (row.length, row.state)) {
        Some((_, BlobState::Stored { .. })) => return Ok(Vec::new()),
        _ if app.blobs.disk().state == DiskState::RefusesPhotos => return Err(Unkept::NoRoom),
        Some((known, BlobState::Partial { received })) if known == length => received,
        // Nothing yet, or another length was told before: begin again.
        _ => {
            app.blobs.discard(&sha256).map_err(file_error)?;
            ByteRanges::new()
        }
    };
    let held = app
        .blobs
        .write(&sha256, length, &held, chunk.offset, chunk.bytes)
        .map_err(file_error)?;
    let now = app.clock.now();
    if !held.covers(length) {
        app.store
            .writing(|write| write.put_blob_progress(&sha256, length, &held, now))?;
        let gaps = held.missing(length).into_iter();
        return Ok(gaps
            .map(|range| ByteRange {
                from: range.start,
                to: range.end,
            })
            .collect());
    }
    match app.blobs.complete(&sha256, length) {
        Ok(()) => {
            app.store.writing(|write| {
                write.mark_blob_stored(&sha256, length, now)?;
                // What it shows is looked at later, and by another thread.
                write.note_examination_of_citing(&sha256, CITING_MAX)
            })?;
            app.examinations.wake();
            Ok(Vec::new())
        }
        Err(BlobFileError::Mismatch { .. }) => {
            // The partial file is gone; the device sends everything again.
            app.store.writing(|write| write.forget_blob(&sha256))?;
            Ok(vec![ByteRange {
                from: 0,
                to: length,
            }])
        }
        Err(cause) => Err(file_error(cause)),
    }
}

fn file_error(error: BlobFileError) -> Unkept {
    match error {
        BlobFileError::DiskFull => Unkept::NoRoom,
        BlobFileError::Io(_) => Unkept::Failed(ApiError::internal(&error)),
        other => Unkept::Failed(
            ApiError::bad_request(&messages::BAD_REQUEST)
                .saying(messages::BAD_REQUEST.zh, other.to_string()),
        ),
    }
}
