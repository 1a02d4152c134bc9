//! `POST /api/sync/receipts`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use xunge_sync::wire::{ReceiptsRequest, unpack};

use super::{frames, nonce, presented, speaks, unreadable};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::receipts as service;

/// Where the log says that records of this device were received, with proofs under one signed checkpoint, and until when
/// what is stored is in a backup. The session's token is not used up.
#[utoipa::path(post, path = "/api/sync/receipts", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "CBOR ReceiptsRequest, packed as every message"), responses(
    (status = OK, description = "One signed frame: Receipts; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce, or no such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn receipts(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Response> {
    speaks(&headers)?;
    let (presented, nonce) = (presented(&headers)?, nonce(&headers)?);
    let asked: ReceiptsRequest = unpack(&body).map_err(|cause| unreadable(&cause))?;
    let answer = state
        .blocking(move |app| service::receipts(app, &presented, nonce, &asked))
        .await?;
    Ok(frames(answer))
}
