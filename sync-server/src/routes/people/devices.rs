//! `GET /api/people/{id}/devices`.

use axum::extract::{Path, State};
use xunge_domain::person::Role;

use super::person_id;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::revocation::{DeviceView, devices};

/// A person's devices, oldest first. Admins only.
#[utoipa::path(get, path = "/api/people/{id}/devices", tag = "people",
    params(("id" = String, Path, description = "Person id")), security(("session" = [])), responses(
    (status = OK, body = Vec<DeviceView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin"),
))]
pub(crate) async fn list_devices(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<DeviceView>>> {
    staff.require(Role::Admin)?;
    let id = person_id(&id)?;
    Ok(Json(state.blocking(move |app| devices(app, &id)).await?))
}
