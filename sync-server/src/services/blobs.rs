//! Photos' bytes: what arrived is kept, also of a request that broke off; the receipt needs the re-hash of the
//! stored bytes.

use axum::http::StatusCode;
use xunge_domain::case::BlobReference;
use xunge_sync::wire::{BlobAnswer, ByteRange, Frame, FrameWriter, Nonce};

use crate::app::App;
use crate::blob_files::BlobFileError;
use crate::error::ApiError;
use crate::messages;
use crate::services::device_session::{Admitted, Presented, admit};
use crate::services::sync::refused;
use crate::store::ranges::ByteRanges;
use crate::store::rows::BlobState;
use crate::store::{HubRead, StoreError};

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
        Admitted::Unknown => {
            return Err(ApiError::new(
                StatusCode::UNAUTHORIZED,
                &messages::DEVICE_UNKNOWN,
            ));
        }
        Admitted::Revoked => refused(&messages::DEVICE_REVOKED),
        Admitted::Superseded(frame) => Frame::Superseded(frame),
        Admitted::Device(_) => Frame::Blob(BlobAnswer {
            sha256: chunk.blob.sha256,
            missing: keep(app, chunk)?,
        }),
    };
    answer.push(&frame);
    Ok(answer.finish())
}

fn keep(app: &App, chunk: &Chunk<'_>) -> Result<Vec<ByteRange>, ApiError> {
    let BlobReference { sha256, length } = chunk.blob;
    let _one_at_a_time = app.blobs.lock(&sha256);
    let row = app.store.reading(|read| read.blob(&sha256))?;
    let held = match row.map(|row| (row.length, row.state)) {
        Some((_, BlobState::Stored { .. })) => return Ok(Vec::new()),
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
    if !held.covers(length) {
        app.store
            .writing(|write| write.put_blob_progress(&sha256, length, &held))?;
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
            let now = app.clock.now();
            app.store
                .writing(|write| write.mark_blob_stored(&sha256, length, now))?;
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

fn file_error(error: BlobFileError) -> ApiError {
    match error {
        BlobFileError::DiskFull => {
            ApiError::new(StatusCode::INSUFFICIENT_STORAGE, &messages::DISK_FULL).retry_after(60)
        }
        BlobFileError::Io(_) => ApiError::internal(&error),
        other => ApiError::bad_request(&messages::BAD_REQUEST)
            .saying(messages::BAD_REQUEST.zh, other.to_string()),
    }
}
