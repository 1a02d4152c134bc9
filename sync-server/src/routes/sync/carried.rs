//! `POST /api/sync/carried`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;

use super::answer_signed;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::carried;

/// A piece that somebody else made: changes under their origin's signature, or bytes of a photo, open or sealed to the hub.
#[utoipa::path(post, path = "/api/sync/carried", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "A piece: 0 and brotli of CBOR Piece, or 1 and the same sealed"), responses(
    (status = OK, description = "One signed frame: Carried, with what became of it; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
    (status = 429, body = ErrorEnvelope, description = "More pieces than an hour takes"),
))]
pub(crate) async fn carried(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        carried::take_piece(app, presented, nonce, body)
    })
    .await
}
