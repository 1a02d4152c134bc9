//! `GET /api/sync/packs/{sha256}`: a pack, whole or from where it broke off. Streamed: a hub that serves many of them
//! holds a few chunks of each.

use std::convert::Infallible;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc;
use xunge_domain::ids::Digest;
use xunge_sync::wire::CONTENT_TYPE;

use super::presented;
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::range::{Wanted, wanted};
use crate::messages;
use crate::services::packs::{self, OpenPack};

/// Bytes read at once.
const CHUNK_BYTES: u64 = 64 * 1024;
/// Chunks between the disk and a socket.
const ON_THE_WAY: usize = 2;
/// A connection that takes nothing for so long is let go.
const STUCK: Duration = Duration::from_secs(60);

/// The documents of a scope for a device that begins, as a sync answer offered them. The session's token is not used up.
#[utoipa::path(get, path = "/api/sync/packs/{sha256}", tag = "devices", params(
    ("sha256" = String, Path, description = "SHA-256 of the pack, hex, from the offer"),
    ("xunge-session" = String, Header, description = "The device's session"),
    ("range" = Option<String>, Header, description = "A single range of bytes"),
    ("if-none-match" = Option<String>, Header, description = "An ETag; it is the SHA-256, quoted"),
), responses(
    (status = OK, description = "Signed segments: u32 length, brotli of CBOR PackSegment, signature", content_type = "application/vnd.xunge"),
    (status = 206, description = "The bytes asked for", content_type = "application/vnd.xunge"),
    (status = 304, description = "The bytes are those of the ETag"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device"),
    (status = 404, body = ErrorEnvelope, description = "No such pack, not this person's, or another has taken its place"),
    (status = 416, body = ErrorEnvelope, description = "The pack has no such bytes"),
))]
pub(crate) async fn pack(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> ApiResult<Response> {
    let presented = presented(&headers)?;
    let sha256: Digest = sha256.parse().map_err(|_| ApiError::not_found())?;
    let pack = state
        .blocking(move |app| packs::open(app, &presented, &sha256))
        .await?;
    let etag = format!("\"{}\"", pack.sha256);
    let etag = HeaderValue::from_str(&etag).map_err(|cause| ApiError::internal(&cause))?;
    let known = headers.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some_and(|known| names(known, &etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        bytes(pack, wanted_of(&headers, &etag))
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    Ok(response)
}

fn names(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let mut tags = known.to_str().unwrap_or_default().split(',');
    tags.any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/") == etag)
}

/// A range for other bytes than these (`If-Range`) is passed over.
fn wanted_of<'a>(
    headers: &'a HeaderMap,
    etag: &HeaderValue,
) -> impl FnOnce(u64) -> Wanted + use<'a> {
    let others = headers
        .get(header::IF_RANGE)
        .is_some_and(|range| range != etag);
    move |length| {
        if others {
            Wanted::Whole
        } else {
            wanted(headers, length)
        }
    }
}

fn bytes(pack: OpenPack, wanted: impl FnOnce(u64) -> Wanted) -> Response {
    let length = pack.length;
    let (status, from, to) = match wanted(length) {
        Wanted::Whole => (StatusCode::OK, 0, length),
        Wanted::Part { from, to } => (StatusCode::PARTIAL_CONTENT, from, to),
        Wanted::Nothing => {
            let refused = ApiError::new(
                StatusCode::RANGE_NOT_SATISFIABLE,
                &messages::RANGE_NOT_THERE,
            );
            let range = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return (range, refused).into_response();
        }
    };
    let (sender, receiver) = mpsc::channel(ON_THE_WAY);
    tokio::spawn(send(pack.file, from, to, sender));
    let mut response = (
        status,
        [
            (header::CONTENT_TYPE, CONTENT_TYPE.to_owned()),
            (header::CONTENT_LENGTH, (to - from).to_string()),
        ],
        Body::from_stream(Chunks(receiver)),
    )
        .into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) =
            HeaderValue::from_str(&format!("bytes {from}-{}/{length}", to.saturating_sub(1)))
    {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
}

/// Reads chunk by chunk, as fast as they are taken. A file that ends early ends the body early, which the reader notices
/// by its length.
async fn send(mut file: File, from: u64, to: u64, sender: mpsc::Sender<Bytes>) {
    let mut at = from;
    while at < to {
        let length = usize::try_from(CHUNK_BYTES.min(to - at)).unwrap_or_default();
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; length];
            file.seek(SeekFrom::Start(at))
                .and_then(|_| file.read_exact(&mut chunk))
                .map(|()| (file, chunk))
        });
        match read.await {
            Ok(Ok((back, chunk))) => {
                file = back;
                at += chunk.len() as u64;
                if sender.send_timeout(chunk.into(), STUCK).await.is_err() {
                    return;
                }
            }
            Ok(Err(cause)) => {
                tracing::warn!(error.reason = %cause, "a pack could not be read to its end");
                return;
            }
            Err(cause) => {
                tracing::warn!(error.reason = %cause, "reading a pack failed");
                return;
            }
        }
    }
}

/// The chunks on their way to a socket.
struct Chunks(mpsc::Receiver<Bytes>);

impl Stream for Chunks {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(Ok))
    }
}
