//! `POST /api/people/{id}/devices/revocations`.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_domain::ids::InstallationId;
use xunge_domain::person::Role;

use super::{id, person_id};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::revocation::{DeviceView, LAST_PUSH_HOURS_MAX, revoke};

/// Which devices lose their rights.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revocation {
    /// An installation id in hex, with all copies of its store; all devices of the person when it is left out.
    installation: Option<String>,
    /// How long it may still send what it holds, in hours up to a week; 0 when left out.
    #[serde(default)]
    last_push_hours: u32,
}

/// Takes the rights of a person's device, or of all. Answers those that had rights until now. Admins only.
#[utoipa::path(post, path = "/api/people/{id}/devices/revocations", tag = "people", request_body = Revocation,
    params(("id" = String, Path, description = "Person id")), security(("session" = [])), responses(
    (status = OK, body = Vec<DeviceView>),
    (status = 400, body = ErrorEnvelope, description = "No installation id, or more than a week"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin"),
    (status = 404, body = ErrorEnvelope, description = "No such device"),
))]
pub(crate) async fn revoke_devices(
    State(state): State<AppState>,
    staff: Staff,
    Path(person): Path<String>,
    Json(asked): Json<Revocation>,
) -> ApiResult<Json<Vec<DeviceView>>> {
    staff.require(Role::Admin)?;
    let person = person_id(&person)?;
    let installation: Option<InstallationId> = asked.installation.as_deref().map(id).transpose()?;
    let hours = asked.last_push_hours;
    if hours > LAST_PUSH_HOURS_MAX {
        return Err(ApiError::bad_request(&messages::BAD_REQUEST));
    }
    let revoked = state
        .blocking(move |app| {
            revoke(
                app,
                staff.id().as_str(),
                &person,
                installation.as_ref(),
                hours,
            )
        })
        .await?;
    Ok(Json(revoked))
}
