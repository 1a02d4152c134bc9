//! A file that is handed out whole or from where it broke off, by an ETag that is its digest. Streamed: a hub that serves many of them
//! holds a few chunks of each.

use std::convert::Infallible;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc;
use xunge_domain::ids::Digest;

use crate::error::{ApiError, ApiResult};
use crate::http::range::{Wanted, wanted};
use crate::messages;

/// Bytes read at once.
const CHUNK_BYTES: u64 = 64 * 1024;
/// Chunks between the disk and a socket.
const ON_THE_WAY: usize = 2;
/// A connection that takes nothing for so long is let go.
const STUCK: Duration = Duration::from_secs(60);

/// A file that is open to be handed out.
pub struct RangeFile {
    /// Its bytes.
    pub file: File,
    /// Their name.
    pub sha256: Digest,
    /// How many.
    pub length: u64,
    /// What they are.
    pub content_type: &'static str,
}

impl RangeFile {
    /// The answer to a request with these headers.
    ///
    /// # Errors
    /// None that a digest as an ETag could have.
    pub fn answer(self, headers: &HeaderMap) -> ApiResult<Response> {
        let etag = format!("\"{}\"", self.sha256);
        let etag = HeaderValue::from_str(&etag).map_err(|cause| ApiError::internal(&cause))?;
        let known = headers.get(header::IF_NONE_MATCH);
        let mut response = if known.is_some_and(|known| names(known, &etag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            bytes(self, wanted_of(headers, &etag))
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, etag);
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
        Ok(response)
    }
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

fn bytes(whole: RangeFile, wanted: impl FnOnce(u64) -> Wanted) -> Response {
    let length = whole.length;
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
    tokio::spawn(send(whole.file, from, to, sender));
    let mut response = (
        status,
        [
            (header::CONTENT_TYPE, whole.content_type.to_owned()),
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
                tracing::warn!(error.reason = %cause, "a file could not be read to its end");
                return;
            }
            Err(cause) => {
                tracing::warn!(error.reason = %cause, "reading a file failed");
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
