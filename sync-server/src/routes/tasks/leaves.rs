//! `GET /api/leaves`.

use axum::extract::State;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::duty::{LeaveView, leaves};

/// Leaves that people said from their phones, which are not over and were not taken back, the one that begins first first; 200 at
/// most. Whoever sends people sees everybody's, others their own.
#[utoipa::path(get, path = "/api/leaves", tag = "tasks", security(("session" = [])), responses(
    (status = OK, body = Vec<LeaveView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list_leaves(
    State(state): State<AppState>,
    staff: Staff,
) -> ApiResult<Json<Vec<LeaveView>>> {
    let leaves = state
        .blocking(move |app| leaves(app, &staff.person))
        .await?;
    Ok(Json(leaves))
}
