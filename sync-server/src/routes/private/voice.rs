//! `GET /api/cases/{id}/private/{record}/voice`.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::staff::Staff;
use crate::services::private::voice;

/// A voice note, byte for byte as the device recorded it. A line of the log, like every reading; browsers keep no copy.
#[utoipa::path(get, path = "/api/cases/{id}/private/{record}/voice", tag = "private",
    params(("id" = String, Path, description = "Case id"), ("record" = String, Path, description = "Record id")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<u8>, content_type = "application/octet-stream"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not this person's to hear"),
    (status = 404, body = ErrorEnvelope, description = "No such recording, or not this person's to see"),
    (status = 410, body = ErrorEnvelope, description = "It was erased"),
))]
pub(crate) async fn hear_voice_note(
    State(state): State<AppState>,
    staff: Staff,
    Path((id, record)): Path<(String, String)>,
) -> ApiResult<Response> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let record = record.parse().map_err(|_| ApiError::not_found())?;
    let bytes = state
        .blocking(move |app| voice(app, &staff.person, &id, &record))
        .await?;
    let kind = (header::CONTENT_TYPE, "application/octet-stream");
    let mut response = ([kind], bytes).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
