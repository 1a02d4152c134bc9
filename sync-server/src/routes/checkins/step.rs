//! `POST /api/checkins/{id}/steps`.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};
use xunge_domain::checkin::Step;
use xunge_domain::geo::Point;
use xunge_sync::hub::CheckinRequest;

use super::{checkin_id, read};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::checkins::act;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewStep {
    #[serde(default)]
    address: String,
    #[serde(default)]
    point: Option<Point>,
    step: Step,
}

/// Adds a step to a check-in in one's own name. Photos come from devices.
#[utoipa::path(post, path = "/api/checkins/{id}/steps", tag = "checkins",
    params(("id" = String, Path, description = "Check-in id")),
    request_body(content = Object, description = "step ({\"step\": \"talk\", …} and what the step needs), address and point"),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "added"),
    (status = 400, body = ErrorEnvelope, description = "No such step, or something it needs is missing"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such check-in, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "Not this person's to write, or another step comes first; a text over its limit"),
))]
pub(crate) async fn add_step(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    let id = checkin_id(&id)?;
    let NewStep {
        address,
        point,
        step,
    } = read(body)?;
    state
        .blocking(move |app| -> ApiResult<_> {
            let request = || CheckinRequest::Step {
                address: address.clone(),
                point,
                step: step.clone(),
            };
            Ok(act::act(app, staff.id(), &staff.session_id, &id, &request)?)
        })
        .await?;
    Ok(Json(json!({ "added": true })))
}
