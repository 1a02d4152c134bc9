//! `PUT /api/blobs/{sha256}`.

use std::future::poll_fn;
use std::pin::pin;

use axum::body::{Body, HttpBody};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::Digest;
use xunge_sync::wire::CHUNK_BYTES_MAX;

use super::{claimed, frames, nonce};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::messages;
use crate::services::arrivals::Arrival;
use crate::services::blobs::{Chunk, take_chunk};

/// Bytes of a photo. What arrived before a cut is kept.
#[utoipa::path(put, path = "/api/blobs/{sha256}", tag = "devices",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the whole photo, hex"),
        ("xunge-session" = String, Header, description = "The device's session"),
        ("content-range" = String, Header, description = "bytes FROM-TO/TOTAL"),
        ("content-digest" = String, Header, description = "sha-256 of the body (RFC 9530)"),
        ("signature-input" = String, Header, description = "What the device signed (RFC 9421): method, path, digest, session, range"),
        ("signature" = String, Header, description = "Its signature, ecdsa-p256-sha256"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "At most 256 KiB; content-range says which"), responses(
    (status = OK, description = "One signed frame: Blob, with what is still missing", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "Headers or bytes that do not fit"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the bytes are others"),
    (status = 409, body = ErrorEnvelope, description = "A request that was answered before, of an earlier token"),
    (status = 507, body = ErrorEnvelope, description = "The disk is full; text still flows"),
))]
pub(crate) async fn upload(
    State(state): State<AppState>,
    Path(sha256): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> ApiResult<Response> {
    let claimed = claimed(&method, uri.path(), &headers)?;
    let arrival = state.arrivals.begin(claimed.installation());
    let proven = state.blocking(move |app| claimed.prove(app)).await?;
    let (offset, length, total) = content_range(&headers).ok_or_else(bad)?;
    let nonce = nonce(&headers)?;
    let sha256: Digest = sha256.parse().map_err(|_| bad())?;
    // A task of its own: a cut connection ends the handler, and must not end the keeping of what arrived.
    let kept = tokio::spawn(async move {
        let bytes = arrived(body, length, &arrival).await;
        state
            .blocking(move |app| {
                let _until_kept = arrival;
                // What broke off cannot be hashed; it is held against the photo's own hash once that is whole.
                if bytes.len() as u64 == length {
                    proven.check_body(&bytes)?;
                }
                let blob = BlobReference {
                    sha256,
                    length: total,
                };
                let chunk = Chunk {
                    blob,
                    offset,
                    bytes: &bytes,
                };
                take_chunk(app, &proven.presented, nonce, &chunk)
            })
            .await
    });
    let answer = kept.await.map_err(|error| ApiError::internal(&error))??;
    Ok(frames(answer))
}

fn bad() -> ApiError {
    ApiError::bad_request(&messages::BAD_REQUEST)
}

/// As many bytes as come, at most as many as were promised.
async fn arrived(body: Body, length: u64, arrival: &Arrival) -> Vec<u8> {
    let promised = usize::try_from(length).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(promised.min(64 * 1024));
    let mut body = pin!(body);
    while let Some(Ok(frame)) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        arrival.goes_on();
        let Ok(data) = frame.into_data() else {
            continue;
        };
        let room = promised - bytes.len();
        bytes.extend_from_slice(data.get(..room).unwrap_or(&data));
        if bytes.len() == promised {
            // Whatever follows was not promised and is not waited for.
            break;
        }
    }
    bytes
}

/// `bytes FROM-TO/TOTAL`, TO inclusive: the offset, how many bytes, and of how many.
fn content_range(headers: &HeaderMap) -> Option<(u64, u64, u64)> {
    let text = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (from, to) = range.split_once('-')?;
    let (from, to, total): (u64, u64, u64) =
        (from.parse().ok()?, to.parse().ok()?, total.parse().ok()?);
    let length = to.checked_sub(from)?.checked_add(1)?;
    (to < total && length <= CHUNK_BYTES_MAX).then_some((from, length, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Option<(u64, u64, u64)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_RANGE, text.parse().ok()?);
        content_range(&headers)
    }

    #[test]
    fn a_range_is_read_strictly() {
        assert_eq!(range("bytes 0-9/10"), Some((0, 10, 10)));
        assert_eq!(range("bytes 5-5/10"), Some((5, 1, 10)));
        let largest = format!("bytes 0-{}/{}", CHUNK_BYTES_MAX - 1, CHUNK_BYTES_MAX + 1);
        assert_eq!(
            range(&largest),
            Some((0, CHUNK_BYTES_MAX, CHUNK_BYTES_MAX + 1))
        );
        let larger = format!("bytes 0-{CHUNK_BYTES_MAX}/{}", CHUNK_BYTES_MAX + 1);
        for bad in [
            "bytes 0-10/10",
            "bytes 6-5/10",
            "0-9/10",
            "bytes */10",
            "bytes 0-9/*",
            &larger,
        ] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }
}
