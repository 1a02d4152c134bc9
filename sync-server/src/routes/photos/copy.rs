//! `GET /api/photos/{sha256}/{copy}`.

use axum::extract::{Path, State};
use axum::response::Response;

use super::{digest, picture};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::staff::Staff;
use crate::services::photos::{self, Copy};

/// A smaller copy of a stored photo: an upright JPEG without EXIF.
#[utoipa::path(get, path = "/api/photos/{sha256}/{copy}", tag = "photos",
    params(("sha256" = String, Path, description = "SHA-256 of the original, hex"),
        ("copy" = String, Path, description = "thumb (320 px) or working (2048 px)")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<u8>, content_type = "image/jpeg"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such photo or copy"),
    (status = 422, body = ErrorEnvelope, description = "The bytes are no picture that can be drawn"),
))]
pub(crate) async fn copy(
    State(state): State<AppState>,
    _staff: Staff,
    Path((sha256, which)): Path<(String, String)>,
) -> ApiResult<Response> {
    let sha256 = digest(&sha256)?;
    let which = Copy::from_id(&which).ok_or_else(ApiError::not_found)?;
    let bytes = state
        .blocking(move |app| photos::copy(app, &sha256, which))
        .await?;
    Ok(picture(bytes))
}
