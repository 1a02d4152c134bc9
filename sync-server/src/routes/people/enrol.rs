//! `POST /api/people/{id}/enrolment-codes`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use xunge_domain::person::Role;

use super::person_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::enrol_codes::{IssuedCode, issue};

/// Issues a one-time code for a person's next device: ten minutes, once. Admins only.
#[utoipa::path(post, path = "/api/people/{id}/enrolment-codes", tag = "people",
    params(("id" = String, Path, description = "Person id")), security(("session" = [])), responses(
    (status = CREATED, body = IssuedCode),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin"),
    (status = 404, body = ErrorEnvelope, description = "No such person"),
))]
pub(crate) async fn issue_code(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<IssuedCode>)> {
    staff.require(Role::Admin)?;
    let id = person_id(&id)?;
    let issued = state
        .blocking(move |app| issue(app, staff.id().as_str(), &id, None))
        .await?;
    Ok((StatusCode::CREATED, Json(issued)))
}
