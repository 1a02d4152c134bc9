//! `POST /api/sync/private`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use xunge_sync::wire::PrivateRequest;

use super::{answer_signed, message};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::private::keep;

/// Takes personal data that a device keeps beside the documents: sealed under a key for each subject and committed, then named
/// as kept. The session's token is not used up; sending it twice keeps it once.
#[utoipa::path(post, path = "/api/sync/private", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "CBOR PrivateRequest, packed as every message"), responses(
    (status = OK, description = "One signed frame: PrivateKept; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce, or no such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
    (status = 500, body = ErrorEnvelope, description = "The hub's key for personal data is missing or open to others"),
))]
pub(crate) async fn keep_private(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        keep(app, presented, nonce, &message::<PrivateRequest>(body)?)
    })
    .await
}
