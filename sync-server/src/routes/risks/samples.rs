//! `GET /api/risks/samples`.

use axum::extract::{Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::rechecks::{SampleView, sample};

/// Whose draw.
#[derive(Deserialize, IntoParams)]
pub(crate) struct SamplesQuery {
    /// The day, +08:00, e.g. 2026-11-28.
    day: String,
}

/// The draw of a day: its seed, made of the log's root at midnight, and the cases that are to be looked at again. Everybody logged
/// in: who has the seed can make the rest.
#[utoipa::path(get, path = "/api/risks/samples", tag = "risks", params(SamplesQuery), security(("session" = [])), responses(
    (status = OK, body = SampleView),
    (status = 400, body = ErrorEnvelope, description = "No day, or one that has not begun"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn show_samples(
    State(state): State<AppState>,
    _staff: Staff,
    Query(query): Query<SamplesQuery>,
) -> ApiResult<Json<SampleView>> {
    let drawn = state.blocking(move |app| sample(app, &query.day)).await?;
    Ok(Json(drawn))
}
