//! `GET /api/tasks`.

use axum::extract::State;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::tasks::{OpenTasks, open_tasks};

/// Offers that wait, in the cases the reader sees, the longest waiting first; 200 at most.
#[utoipa::path(get, path = "/api/tasks", tag = "tasks", security(("session" = [])), responses(
    (status = OK, body = OpenTasks),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list_open_tasks(
    State(state): State<AppState>,
    staff: Staff,
) -> ApiResult<Json<OpenTasks>> {
    let tasks = state
        .blocking(move |app| open_tasks(app, &staff.person))
        .await?;
    Ok(Json(tasks))
}
