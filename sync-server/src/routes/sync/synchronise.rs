//! `POST /api/sync`.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use xunge_sync::wire::{PARTS, SyncRequest, WIRE_HEADER, unpack};

use super::{claimed, frames, parts, speaks, unreadable};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::services::sync;

/// One push and pull: verdicts on what was pushed, then what the device's feeds hold after its cursors.
#[utoipa::path(post, path = "/api/sync", tag = "devices",
    params(
        ("xunge-session" = String, Header, description = "The device's session"),
        ("content-digest" = String, Header, description = "sha-256 of the body (RFC 9530)"),
        ("signature-input" = String, Header, description = "What the device signed (RFC 9421): method, path, digest, session"),
        ("signature" = String, Header, description = "Its signature, ecdsa-p256-sha256"),
    ),
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "Brotli of CBOR SyncRequest; with `xunge-wire: parts`, that and parts of a push, each behind its length (u32, big-endian), and a length of 0"), responses(
    (status = OK, description = "Signed frames: Head, Documents…, End; or Superseded; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 409, body = ErrorEnvelope, description = "A request that was answered before, of an earlier token"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
    (status = 408, body = ErrorEnvelope, description = "A push in parts broke off; whole parts are kept"),
    (status = 413, body = ErrorEnvelope, description = "More than one request may carry"),
))]
pub(crate) async fn synchronise(
    State(state): State<AppState>,
    headers: HeaderMap,
    request: Request,
) -> ApiResult<Response> {
    speaks(&headers)?;
    let claimed = claimed(request.method(), request.uri().path(), &headers)?;
    let proven = state.blocking(move |app| claimed.prove(app)).await?;
    if headers.get(WIRE_HEADER).is_some_and(|wire| wire == PARTS) {
        // A task of its own: a cut connection ends the handler, and must not end the taking of what arrived.
        let taken = tokio::spawn(parts::take(state, proven, request.into_body()));
        let answer = taken.await.map_err(|error| ApiError::internal(&error))??;
        return Ok(frames(answer));
    }
    let body = match Bytes::from_request(request, &state).await {
        Ok(body) => body,
        Err(rejection) => return Ok(rejection.into_response()),
    };
    let answer = state
        .blocking(move |app| {
            proven.check_body(&body)?;
            let request: SyncRequest = unpack(&body).map_err(|cause| unreadable(&cause))?;
            sync::synchronise(app, &proven.presented, &request)
        })
        .await?;
    Ok(frames(answer))
}
