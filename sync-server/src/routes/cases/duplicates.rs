//! `GET /api/cases/{id}/duplicates`.

use axum::extract::{Path, State};
use serde_json::Value;

use super::case_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::duplicates;

/// Cases that are probably the same matter, the likeliest first, each with its reason: distance, time, class, look of the
/// photos. What was named on site comes first. Linking is the action `link_duplicate`.
#[utoipa::path(get, path = "/api/cases/{id}/duplicates", tag = "cases", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "duplicates, those the reader may see"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
))]
pub(crate) async fn duplicates(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let id = case_id(&id)?;
    let found = state
        .blocking(move |app| duplicates::show(app, &staff.person, &id))
        .await?;
    Ok(Json(found))
}
