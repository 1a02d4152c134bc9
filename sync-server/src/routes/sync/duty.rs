//! `POST /api/sync/duty`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use xunge_sync::wire::DutyRequest;

use super::{answer_signed, message};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::duty::take;

/// Takes what somebody says of their own duty: an offer of a task declined, which goes to the next at once; a leave; a leave taken
/// back. The session's token is not used up; saying it twice says it once.
#[utoipa::path(post, path = "/api/sync/duty", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "CBOR DutyRequest, packed as every message"), responses(
    (status = OK, description = "One signed frame: Duty; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce, or no such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn take_duty(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        take(app, presented, nonce, &message::<DutyRequest>(body)?)
    })
    .await
}
