//! `POST /api/checkins/{id}/close`.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::Value;
use xunge_domain::checkin::Act;

use super::{ask, checkin_id, read};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    #[serde(default)]
    note: String,
}

/// Closes a check-in. Declined where nothing was completed and the note gives no reason.
#[utoipa::path(post, path = "/api/checkins/{id}/close", tag = "checkins",
    params(("id" = String, Path, description = "Check-in id")),
    request_body(content = Object, description = "note"),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "The ruling: outcome accepted or declined, with its reason in words"),
    (status = 400, body = ErrorEnvelope, description = "Not such a request"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such check-in, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "A text over its limit"),
))]
pub(crate) async fn close_checkin(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    let Closing { note } = read(body)?;
    let act = Act::Close { note };
    Ok(Json(ask(&state, staff, checkin_id(&id)?, act).await?))
}
