//! `GET /api/checkins`.

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::Value;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::checkins::list;

/// What a list asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// State id.
    #[serde(default)]
    state: String,
    /// Id of the case it is about.
    #[serde(default)]
    case: String,
    /// The `next` of the part before.
    #[serde(default)]
    after: String,
    /// Rows, at most 200.
    #[serde(default)]
    limit: Option<usize>,
}

/// Check-ins, newest first, a part at a time.
#[utoipa::path(get, path = "/api/checkins", tag = "checkins", params(
    ("state" = Option<String>, Query, description = "State id"),
    ("case" = Option<String>, Query, description = "Id of the case they are about"),
    ("after" = Option<String>, Query, description = "The next of the part before"),
    ("limit" = Option<usize>, Query, description = "Rows, at most 200")),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "checkins and, where there are more, next"),
    (status = 400, body = ErrorEnvelope, description = "No such state, case or cursor"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list_checkins(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> ApiResult<Json<Value>> {
    let part = state
        .blocking(move |app| {
            let query =
                list::ListQuery::parse(&asked.state, &asked.case, &asked.after, asked.limit)?;
            list::list(app, &staff.person, &query)
        })
        .await?;
    Ok(Json(part))
}
