//! `GET /api/blobs/{sha256}`.

use axum::extract::{Path, State};
use axum::response::Response;

use super::{digest, picture};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::staff::Staff;
use crate::services::photos;

/// A stored photo, byte for byte as it was taken.
#[utoipa::path(get, path = "/api/blobs/{sha256}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the photo, hex")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<u8>, content_type = "image/jpeg", description = "The bytes, under the type their signature says"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "Not stored here, or not whole yet"),
))]
pub(crate) async fn original(
    State(state): State<AppState>,
    _staff: Staff,
    Path(sha256): Path<String>,
) -> ApiResult<Response> {
    let sha256 = digest(&sha256)?;
    let bytes = state
        .blocking(move |app| photos::original(app, &sha256))
        .await?;
    Ok(picture(bytes))
}
