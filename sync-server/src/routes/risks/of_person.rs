//! `GET /api/people/{id}/risks`.

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::risks::{RiskView, of_person};

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
pub(crate) struct RisksQuery {
    /// Only marks with a smaller id: the last one of the part before.
    before: Option<u64>,
}

/// What is odd about what a person's devices sealed, newest first, 200 at most. That person, shift leaders, supervisors,
/// auditors and admins.
#[utoipa::path(get, path = "/api/people/{id}/risks", tag = "risks",
    params(("id" = String, Path, description = "Person id"), RisksQuery), security(("session" = [])), responses(
    (status = OK, body = Vec<RiskView>),
    (status = 400, body = ErrorEnvelope, description = "No id"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Somebody else's, without the role"),
))]
pub(crate) async fn list_risks_of_person(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Query(query): Query<RisksQuery>,
) -> ApiResult<Json<Vec<RiskView>>> {
    let id = id
        .parse()
        .map_err(|_| ApiError::bad_request(&messages::ID_UNFIT))?;
    let risks = state
        .blocking(move |app| {
            app.store
                .reading(|read| of_person(read, &staff.person, &id, query.before))
        })
        .await?;
    Ok(Json(risks))
}
