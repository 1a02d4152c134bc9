//! `GET /api/people/{id}`.

use axum::extract::{Path, State};

use super::{PersonView, person_id};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::services::people::PeopleError;

/// One person.
#[utoipa::path(get, path = "/api/people/{id}", tag = "people", params(("id" = String, Path, description = "Person id")),
    security(("session" = [])), responses(
    (status = OK, body = PersonView),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 404, body = ErrorEnvelope, description = "No such person"),
))]
pub(crate) async fn get(
    State(state): State<AppState>,
    _staff: Staff,
    Path(id): Path<String>,
) -> ApiResult<Json<PersonView>> {
    let id = person_id(&id)?;
    let person = state
        .blocking(move |app| {
            let found = app.store.reading(|read| read.person(&id))?;
            found.ok_or(PeopleError::UnknownPerson)
        })
        .await?;
    Ok(Json(person.into()))
}
