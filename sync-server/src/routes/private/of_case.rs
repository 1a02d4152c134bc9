//! `GET /api/cases/{id}/private`.

use axum::extract::{Path, State};

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::private::{PrivateView, read};

/// The personal data of a case, in the order it was received. Intake clerks, shift leaders, dispatchers and the lead
/// department read all of it, whoever wrote something down that; admins and auditors see that it is there. What was erased is
/// listed with the reason. Each reading is a line of the log.
#[utoipa::path(get, path = "/api/cases/{id}/private", tag = "private", params(("id" = String, Path, description = "Case id")),
    security(("session" = [])), responses(
    (status = OK, body = Vec<PrivateView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Nothing of it is this person's to see"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
))]
pub(crate) async fn list_private_of_case(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<PrivateView>>> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let records = state
        .blocking(move |app| read(app, &staff.person, &id))
        .await?;
    Ok(Json(records))
}
