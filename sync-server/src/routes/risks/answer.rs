//! `POST /api/risks/{id}/answers`.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::risks::{self, RiskView};

/// What the person says.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RiskAnswerRequest {
    /// 1 to 2,000 characters.
    text: String,
}

/// Answers a mark. Only the person it stands on; what was said stays, and more may be said. The log says that there is an
/// answer, and its hash, not the text.
#[utoipa::path(post, path = "/api/risks/{id}/answers", tag = "risks", request_body = RiskAnswerRequest,
    params(("id" = u64, Path, description = "The mark's id")), security(("session" = [])), responses(
    (status = OK, body = RiskView, description = "The mark with all answers"),
    (status = 400, body = ErrorEnvelope, description = "No id, or no text"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "It stands on somebody else, or the CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such mark, or not this person's to see"),
    (status = 422, body = ErrorEnvelope, description = "Empty, too long, or one answer too many"),
))]
pub(crate) async fn answer_risk(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<u64>,
    Json(request): Json<RiskAnswerRequest>,
) -> ApiResult<Json<RiskView>> {
    let risk = state
        .blocking(move |app| risks::answer(app, &staff.person, id, &request.text))
        .await?;
    Ok(Json(risk))
}
