//! `PUT /api/people/{id}/password`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_domain::person::Role;

use super::person_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::people::set_password;

/// The new password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordRequest {
    /// 10 to 200 characters.
    password: String,
}

/// Sets a person's password and ends their sessions. Admins for anybody, everybody for themselves.
#[utoipa::path(put, path = "/api/people/{id}/password", tag = "people", request_body = PasswordRequest,
    params(("id" = String, Path, description = "Person id")), security(("session" = [])), responses(
    (status = NO_CONTENT, description = "Set"),
    (status = 400, body = ErrorEnvelope, description = "An unfit password"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Neither admin nor this person"),
    (status = 404, body = ErrorEnvelope, description = "No such person"),
))]
pub(crate) async fn put_password(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(request): Json<PasswordRequest>,
) -> ApiResult<StatusCode> {
    let id = person_id(&id)?;
    if staff.id() != &id {
        staff.require(Role::Admin)?;
    }
    state
        .hashing(move |app| set_password(app, staff.id().as_str(), &id, &request.password))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
