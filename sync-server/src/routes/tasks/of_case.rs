//! `GET /api/cases/{id}/tasks`.

use axum::extract::{Path, State};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::tasks::{TaskView, tasks_of_case};

/// Every offer of a case, oldest first: who was sent and how chosen, when it was delivered and due, how it ended.
#[utoipa::path(get, path = "/api/cases/{id}/tasks", tag = "tasks", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<TaskView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
))]
pub(crate) async fn list_tasks_of_case(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<TaskView>>> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let tasks = state
        .blocking(move |app| tasks_of_case(app, &staff.person, &id))
        .await?;
    Ok(Json(tasks))
}
