//! `POST /api/subjects/{id}/erasures`.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::private::{SubjectErasedView, erase};

/// Why a subject is erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureRequest {
    /// 1 to 200 characters that name nobody: it is shown in the case ever after.
    reason: String,
}

/// Erases all that is kept of a subject: its key is destroyed, so that no copy of its records can be read any more. The case
/// stays whole and says when and why. Doing it again changes nothing. Admins only; a line of the log.
#[utoipa::path(post, path = "/api/subjects/{id}/erasures", tag = "private", request_body = ErasureRequest,
    params(("id" = String, Path, description = "Subject id")), security(("session" = [])), responses(
    (status = OK, body = SubjectErasedView, description = "Erased, now or before"),
    (status = 400, body = ErrorEnvelope, description = "No reason"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin, or the CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such subject"),
    (status = 422, body = ErrorEnvelope, description = "An empty reason, or one that is too long"),
))]
pub(crate) async fn erase_subject(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(asked): Json<ErasureRequest>,
) -> ApiResult<Json<SubjectErasedView>> {
    staff.require(Role::Admin)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let erased = state
        .blocking(move |app| erase(app, staff.id().as_str(), &id, &asked.reason))
        .await?;
    Ok(Json(erased))
}
