//! `GET /api/cases/{id}`.

use axum::extract::{Path, State};
use serde_json::Value;

use super::case_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::cases;

/// One case: facts, entries, actions with their rulings, where it stands, which photos are stored, and what the
/// reader may ask for now.
#[utoipa::path(get, path = "/api/cases/{id}", tag = "cases", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Object),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let id = case_id(&id)?;
    let case = state
        .blocking(move |app| cases::show(app, &staff.person, &id))
        .await?;
    Ok(Json(case))
}
