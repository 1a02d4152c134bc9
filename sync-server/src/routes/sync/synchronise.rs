//! `POST /api/sync`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use xunge_sync::wire::{SyncRequest, unpack};

use super::{frames, presented, speaks, unreadable};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::sync;

/// One push and pull: verdicts on what was pushed, then what the device's feeds hold after its cursors.
#[utoipa::path(post, path = "/api/sync", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "Brotli of CBOR SyncRequest"), responses(
    (status = OK, description = "Signed frames: Head, Documents…, End; or Superseded; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
    (status = 413, body = ErrorEnvelope, description = "More than one request may carry"),
))]
pub(crate) async fn synchronise(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Response> {
    speaks(&headers)?;
    let presented = presented(&headers)?;
    let answer = state
        .blocking(move |app| {
            let request: SyncRequest = unpack(&body).map_err(|cause| unreadable(&cause))?;
            sync::synchronise(app, &presented, &request)
        })
        .await?;
    Ok(frames(answer))
}
