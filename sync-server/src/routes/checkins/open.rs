//! `POST /api/checkins`.

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use xunge_domain::checkin::{Act, Call, Initiation, Subject};
use xunge_domain::ids::OrganisationId;

use super::read;
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::checkins::act;
use crate::services::reasons::ruling_json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    title: String,
    initiation: Initiation,
    subject: Subject,
    visiting: Vec<OrganisationId>,
    hosts: Vec<OrganisationId>,
    #[serde(default)]
    calls: Vec<Call>,
}

/// Opens a check-in in one's own name. A declined opening is an answer, with its reason, not an error.
#[utoipa::path(post, path = "/api/checkins", tag = "checkins",
    request_body(content = Object, description = "title, initiation (visit, joint, whistle, co_building, project_list), subject \
        ({\"case\": id}, {\"project\": id} or {\"place\": {address, point}}), visiting and hosts (organisation ids), \
        calls of a whistle ({party, obligation, due})"),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "id of the check-in, and the ruling"),
    (status = 400, body = ErrorEnvelope, description = "Something it needs is missing"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "The CSRF token is missing"),
    (status = 422, body = ErrorEnvelope, description = "A text or a list over its limit"),
))]
pub(crate) async fn open_checkin(
    State(state): State<AppState>,
    staff: Staff,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    let Opening {
        title,
        initiation,
        subject,
        visiting,
        hosts,
        calls,
    } = read(body)?;
    let request = Act::Open {
        title,
        initiation,
        subject,
        visiting,
        hosts,
        calls,
    };
    let (id, ruling) = state
        .blocking(move |app| -> ApiResult<_> {
            Ok(act::open_checkin(
                app,
                staff.id(),
                &staff.session_id,
                &request,
            )?)
        })
        .await?;
    Ok(Json(json!({ "id": id, "ruling": ruling_json(&ruling) })))
}
