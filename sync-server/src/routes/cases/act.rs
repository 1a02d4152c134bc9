//! `POST /api/cases/{id}/actions`.

use axum::extract::{Path, State};
use serde_json::Value;
use xunge_domain::case::Act;

use super::case_id;
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::act;

/// Asks for a decision in one's own name. A declined action is an answer, with its reason, not an error.
#[utoipa::path(post, path = "/api/cases/{id}/actions", tag = "cases",
    params(("id" = String, Path, description = "Case id")),
    request_body(content = Object, description = "{\"action\": \"accept\"} and what the action needs"),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "The ruling: outcome accepted or declined, with its reason in words"),
    (status = 400, body = ErrorEnvelope, description = "No such action, or something it needs is missing"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such case, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "A text or a list over its limit"),
))]
pub(crate) async fn act(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    let id = case_id(&id)?;
    let request: Act = serde_json::from_value(body).map_err(|cause| {
        ApiError::bad_request(&messages::BAD_REQUEST)
            .saying("请求的操作不完整。", cause.to_string())
    })?;
    let ruling = state
        .blocking(move |app| -> ApiResult<_> {
            Ok(act::act(app, staff.id(), &staff.session_id, &id, &request)?)
        })
        .await?;
    Ok(Json(crate::services::reasons::ruling_json(&ruling)))
}
