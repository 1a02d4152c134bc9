//! `POST /api/cases/{id}/erasures`.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_domain::case::{TextErasureCause, TextPlace};
use xunge_domain::person::Role;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::erase_text::{EraseTextRequest, TextErasedView, erase_text_of_case};

/// Which texts are erased, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextErasureRequest {
    /// `title`, `description`, `address`, `grid_reason`, or `entry:` and the id of a note, a photo or an action; 64 at most.
    places: Vec<String>,
    /// `asked`, `misplaced` or `ordered`.
    cause: String,
    /// 1 to 200 characters that name nobody: it is shown with the case ever after.
    reason: String,
}

/// Erases texts of a case for good: its document begins a new edition without them, the former one is destroyed here and on
/// the devices as they come. Number, entries, seals and rulings stay, and a mark says when, by whose order and why. Admins only;
/// each text is a line of the log, with digests. Cost: the database is written anew.
#[utoipa::path(post, path = "/api/cases/{id}/erasures", tag = "cases", request_body = TextErasureRequest,
    params(("id" = String, Path, description = "Document id")), security(("session" = [])), responses(
    (status = OK, body = TextErasedView, description = "Erased"),
    (status = 400, body = ErrorEnvelope, description = "No such cause, or not what is asked for"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin, or the CSRF token is missing"),
    (status = 404, body = ErrorEnvelope, description = "No such case"),
    (status = 422, body = ErrorEnvelope, description = "No text there, or no reason, or one that is too long"),
))]
pub(crate) async fn erase_text(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(asked): Json<TextErasureRequest>,
) -> ApiResult<Json<TextErasedView>> {
    staff.require(Role::Admin)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let request = request(&asked.places, &asked.cause, asked.reason)?;
    let erased = state
        .blocking(move |app| erase_text_of_case(app, &staff.person, &id, &request))
        .await?;
    Ok(Json(erased))
}

/// An order as it was written.
pub(crate) fn request(
    places: &[String],
    cause: &str,
    reason: String,
) -> ApiResult<EraseTextRequest> {
    let places: Result<Vec<TextPlace>, _> = places.iter().map(|place| place.parse()).collect();
    let unknown = ApiError::new(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        &messages::TEXT_PLACE,
    );
    Ok(EraseTextRequest {
        places: places.map_err(|_| unknown)?,
        cause: TextErasureCause::from_id(cause)
            .ok_or_else(|| ApiError::bad_request(&messages::BAD_REQUEST))?,
        reason,
    })
}
