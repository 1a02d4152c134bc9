//! `POST /api/cases/{id}/tasks`.

use axum::extract::{Path, State};
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::tasks::{self, Sent};

/// Sends whom the rules choose to verify a reported case or to check one that was fed back: the nearest worker on duty who has no
/// part in the matter and was not asked yet, or, by the day's draw, another of them. While nobody answers, it sends the next.
#[utoipa::path(post, path = "/api/cases/{id}/tasks", tag = "tasks", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Sent),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The reader is no intake clerk, or the CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "Nobody may be sent, with the code of the reason"),
))]
pub(crate) async fn send_nearest(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Sent>> {
    staff.require(Role::IntakeClerk)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let sent = state
        .blocking(move |app| tasks::send_nearest(app, &staff.person, &staff.session_id, &id))
        .await?;
    Ok(Json(sent))
}
