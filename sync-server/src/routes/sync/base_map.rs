//! `POST /api/sync/base-map` and `GET /api/sync/base-maps/{sha256}`.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use xunge_sync::wire::BaseMapRequest;

use super::{answer_signed, file_for, message};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::base_map as service;

/// What base map there is for the beats of the device's person: digest, length, title, attribution, zoom levels, datum. The extract is
/// cut by the first who asks. The session's token is not used up.
#[utoipa::path(post, path = "/api/sync/base-map", tag = "devices",
    request_body(content = Vec<u8>, content_type = "application/vnd.xunge", description = "CBOR BaseMapRequest, packed as every message"), responses(
    (status = OK, description = "One signed frame: BaseMap; or Refused", content_type = "application/vnd.xunge"),
    (status = 400, body = ErrorEnvelope, description = "No nonce, or no such message"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "The device's signature (RFC 9421) is missing or does not hold, or the body is another one"),
    (status = 404, body = ErrorEnvelope, description = "The city has a map and no extract can be made of it now: ask in the next round"),
    (status = 406, body = ErrorEnvelope, description = "A wire this hub does not speak"),
))]
pub(crate) async fn base_map(
    State(state): State<AppState>,
    head: Parts,
    body: Bytes,
) -> ApiResult<Response> {
    answer_signed(&state, &head, body, |app, presented, nonce, body| {
        message::<BaseMapRequest>(body)?;
        service::base_map(app, presented, nonce)
    })
    .await
}

/// An extract of the city's base map, as the hub offered it to this person's devices. The session's token is not used up.
#[utoipa::path(get, path = "/api/sync/base-maps/{sha256}", tag = "devices", params(
    ("sha256" = String, Path, description = "SHA-256 of the extract, hex, from the offer"),
    ("xunge-session" = String, Header, description = "The device's session"),
    ("range" = Option<String>, Header, description = "A single range of bytes"),
    ("if-none-match" = Option<String>, Header, description = "An ETag; it is the SHA-256, quoted"),
), responses(
    (status = OK, description = "MBTiles 1.3: PNG, JPEG or WebP", content_type = "application/vnd.sqlite3"),
    (status = 206, description = "The bytes asked for", content_type = "application/vnd.sqlite3"),
    (status = 304, description = "The bytes are those of the ETag"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device"),
    (status = 404, body = ErrorEnvelope, description = "No such extract, not of this person's beats, or another map has taken its place"),
    (status = 416, body = ErrorEnvelope, description = "The extract has no such bytes"),
))]
pub(crate) async fn base_map_file(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> ApiResult<Response> {
    file_for(&state, &headers, &sha256, service::open).await
}
