//! `POST /api/cases`.

use axum::extract::State;
use serde_json::{Value, json};

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::register::{RegisterRequest, register};

/// Registers a case that came by another way than a patrol. The same number of the same source is one case, however
/// often it is sent.
#[utoipa::path(post, path = "/api/cases", tag = "cases", request_body = RegisterRequest,
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "{\"case\": id, \"already\": whether this number was registered before}"),
    (status = 400, body = ErrorEnvelope, description = "A field is missing or makes no sense"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing, or the reader is no intake clerk"),
    (status = 422, body = ErrorEnvelope, description = "What the rules decline: no such class, no unit grid; a text over its limit"),
))]
pub(crate) async fn register_case(
    State(state): State<AppState>,
    staff: Staff,
    Json(body): Json<RegisterRequest>,
) -> ApiResult<Json<Value>> {
    let entered = state
        .blocking(move |app| -> ApiResult<_> {
            Ok(register(app, staff.id(), &staff.session_id, &body)?)
        })
        .await?;
    Ok(Json(
        json!({ "case": entered.case, "already": entered.already }),
    ))
}
