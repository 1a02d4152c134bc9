//! `POST /api/checkins/{id}/answer`.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::Value;
use xunge_domain::checkin::Act;
use xunge_domain::ids::OrganisationId;

use super::{ask, checkin_id, read};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    party: OrganisationId,
    accepts: bool,
    #[serde(default)]
    note: String,
}

/// Answers a check-in for a party of the other side. A declined answer is an answer, with its reason, not an error.
#[utoipa::path(post, path = "/api/checkins/{id}/answer", tag = "checkins",
    params(("id" = String, Path, description = "Check-in id")),
    request_body(content = Object, description = "party, accepts and note"),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "The ruling: outcome accepted or declined, with its reason in words"),
    (status = 400, body = ErrorEnvelope, description = "Something it needs is missing"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such check-in, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "A text over its limit"),
))]
pub(crate) async fn answer_checkin(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    let Answer {
        party,
        accepts,
        note,
    } = read(body)?;
    let act = Act::Answer {
        party,
        accepts,
        note,
    };
    Ok(Json(ask(&state, staff, checkin_id(&id)?, act).await?))
}
