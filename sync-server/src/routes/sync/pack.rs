//! `GET /api/sync/packs/{sha256}`: a pack, whole or from where it broke off.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::file_for;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::services::packs;

/// The documents of a scope for a device that begins, as a sync answer offered them. The session's token is not used up.
#[utoipa::path(get, path = "/api/sync/packs/{sha256}", tag = "devices", params(
    ("sha256" = String, Path, description = "SHA-256 of the pack, hex, from the offer"),
    ("xunge-session" = String, Header, description = "The device's session"),
    ("range" = Option<String>, Header, description = "A single range of bytes"),
    ("if-none-match" = Option<String>, Header, description = "An ETag; it is the SHA-256, quoted"),
), responses(
    (status = OK, description = "Signed segments: u32 length, brotli of CBOR PackSegment, signature", content_type = "application/vnd.xunge"),
    (status = 206, description = "The bytes asked for", content_type = "application/vnd.xunge"),
    (status = 304, description = "The bytes are those of the ETag"),
    (status = 401, body = ErrorEnvelope, description = "Not a device of this hub"),
    (status = 403, body = ErrorEnvelope, description = "A revoked device"),
    (status = 404, body = ErrorEnvelope, description = "No such pack, not this person's, or another has taken its place"),
    (status = 416, body = ErrorEnvelope, description = "The pack has no such bytes"),
))]
pub(crate) async fn pack(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(sha256): Path<String>,
) -> ApiResult<Response> {
    file_for(&state, &headers, &sha256, packs::open).await
}
