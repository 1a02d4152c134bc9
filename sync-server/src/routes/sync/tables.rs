//! `POST /api/sync/tables`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use xunge_sync::wire::TablesRequest;

use super::{answer_signed, message};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::city_tables as service;

/// What differs between the tables a device holds and those of its person's beats as of today: grids, components, classes,
/// limits, stage limits, holidays, hours, departments, phrases. The session's token is not used up.
#[utoipa::path(post, path = "/api/sync/tables", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "CBOR TablesRequest, packed as every message"), responses(
    (status = OK, description = "One signed frame: Tables; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce, or no such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn tables(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        service::tables(app, presented, nonce, &message::<TablesRequest>(body)?)
    })
    .await
}
