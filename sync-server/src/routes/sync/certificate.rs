//! `POST /api/sync/certificate`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;

use super::answer_signed;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::certificate;

/// The device's certificate, for what it exchanges with others when the hub is out of reach.
#[utoipa::path(post, path = "/api/sync/certificate", tag = "devices", responses(
    (status = OK, description = "One signed frame: Certified; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device that may only send what it holds"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn certificate(State(state): State<AppState>, head: Parts) -> ApiResult<Response> {
    let no_body = Bytes::new();
    answer_signed(&state, &head, no_body, |app, presented, nonce, _| {
        certificate::renew(app, presented, nonce)
    })
    .await
}
