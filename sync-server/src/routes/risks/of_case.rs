//! `GET /api/cases/{id}/risks`.

use axum::extract::{Path, State};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::risks::{RiskView, of_case};

/// What is odd in a case, oldest first: data for people to look at, never a gate. Intake clerks, shift leaders, supervisors,
/// auditors and admins see all of it, everybody else who sees the case the marks on themselves.
#[utoipa::path(get, path = "/api/cases/{id}/risks", tag = "risks", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<RiskView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
))]
pub(crate) async fn list_risks_of_case(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<RiskView>>> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let risks = state
        .blocking(move |app| app.store.reading(|read| of_case(read, &staff.person, &id)))
        .await?;
    Ok(Json(risks))
}
