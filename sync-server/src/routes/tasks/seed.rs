//! `GET /api/tasks/seed`.

use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::tasks::{SeedView, seed_of_day};

/// Whose draws.
#[derive(Deserialize, IntoParams)]
pub(crate) struct SeedQuery {
    /// The day, +08:00, e.g. 2026-11-28.
    day: String,
}

/// The seed of a day's draws, made of the log's root at midnight. Everybody logged in: who has it can make every draw again.
#[utoipa::path(get, path = "/api/tasks/seed", tag = "tasks", params(SeedQuery), security(("session" = [])), responses(
    (status = OK, body = SeedView),
    (status = 400, body = ErrorEnvelope, description = "No day, or one that has not begun"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn show_task_seed(
    State(state): State<AppState>,
    _staff: Staff,
    Query(query): Query<SeedQuery>,
) -> ApiResult<Json<SeedView>> {
    let seed = state
        .blocking(move |app| seed_of_day(app, &query.day))
        .await?;
    Ok(Json(seed))
}
