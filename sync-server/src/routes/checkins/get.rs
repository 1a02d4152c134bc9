//! `GET /api/checkins/{id}`.

use axum::extract::{Path, State};
use serde_json::Value;

use super::checkin_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::checkins::show;

/// One check-in: parties, steps, requests with their rulings, four times, calls, and what the reader may ask for now.
#[utoipa::path(get, path = "/api/checkins/{id}", tag = "checkins", params(("id" = String, Path, description = "Check-in id")),
    security(("session" = [])), responses(
    (status = OK, body = Object),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such check-in, or not this person's to see"),
))]
pub(crate) async fn get_checkin(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let id = checkin_id(&id)?;
    let checkin = state
        .blocking(move |app| show::show(app, &staff.person, &id))
        .await?;
    Ok(Json(checkin))
}
