//! `GET /api/cases`.

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::Value;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::cases;

/// What a list asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// State ids, comma-separated.
    #[serde(default)]
    pub(crate) state: String,
    /// Text in title, address or number.
    #[serde(default)]
    pub(crate) text: String,
    /// `green`, `yellow` or `red`.
    #[serde(default)]
    pub(crate) light: String,
    /// `newest` or `due`.
    #[serde(default)]
    pub(crate) order: String,
    /// The `next` of the part before.
    #[serde(default)]
    pub(crate) after: String,
    /// Rows, at most 200.
    #[serde(default)]
    pub(crate) limit: Option<usize>,
}

/// Cases, newest or first due first, a part at a time.
#[utoipa::path(get, path = "/api/cases", tag = "cases", params(
    ("state" = Option<String>, Query, description = "State ids, comma-separated"),
    ("text" = Option<String>, Query, description = "Text in title, address or number"),
    ("light" = Option<String>, Query, description = "green, yellow or red: of the clock that `clock`, `due` and `light` of a row name"),
    ("order" = Option<String>, Query, description = "newest (the default), or due: cases whose clock runs, first due first"),
    ("after" = Option<String>, Query, description = "The next of the part before"),
    ("limit" = Option<usize>, Query, description = "Rows, at most 200")),
    security(("session" = [])), responses(
    (status = OK, body = Object, description = "cases and, where there are more, next"),
    (status = 400, body = ErrorEnvelope, description = "No such state or cursor"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> ApiResult<Json<Value>> {
    let part = state
        .blocking(move |app| {
            let wished = cases::ListAsked {
                states: &asked.state,
                text: &asked.text,
                light: &asked.light,
                order: &asked.order,
                after: &asked.after,
                limit: asked.limit,
            };
            let query = cases::ListQuery::parse(&wished, app.clock.now())?;
            cases::list(app, &staff.person, &query)
        })
        .await?;
    Ok(Json(part))
}
