//! `GET /api/approvals`.

use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::tasks::approvals::{ApprovalView, open_approvals};

/// Which of them.
#[derive(Deserialize, IntoParams)]
pub(crate) struct ApprovalsQuery {
    /// Only those that the reader may answer.
    #[serde(default)]
    mine: bool,
}

/// Applications for extensions, send-backs, holds and voids that wait for an answer, in the cases the reader sees, the longest waiting
/// first; 200 at most. Each says which role may answer, and whether the reader may.
#[utoipa::path(get, path = "/api/approvals", tag = "tasks", params(ApprovalsQuery), security(("session" = [])), responses(
    (status = OK, body = Vec<ApprovalView>),
    (status = 400, body = ErrorEnvelope, description = "A parameter that cannot be read"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list_approvals(
    State(state): State<AppState>,
    staff: Staff,
    Query(query): Query<ApprovalsQuery>,
) -> ApiResult<Json<Vec<ApprovalView>>> {
    let waiting = state
        .blocking(move |app| open_approvals(app, &staff.person, query.mine))
        .await?;
    Ok(Json(waiting))
}
