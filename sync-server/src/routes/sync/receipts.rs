//! `POST /api/sync/receipts`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use xunge_sync::wire::ReceiptsRequest;

use super::{answer_signed, message};
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
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn receipts(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        service::receipts(app, presented, nonce, &message::<ReceiptsRequest>(body)?)
    })
    .await
}
