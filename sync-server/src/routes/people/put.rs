//! `PUT /api/people/{id}`.

use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use xunge_domain::person::{Person, Role};

use super::{PersonView, id, person_id};
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::people::put_person;

/// What a person shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonRequest {
    /// The name shown to colleagues.
    name: String,
    /// Role ids, e.g. `intake_clerk`.
    roles: Vec<String>,
    /// The body this person acts for.
    organisation: Option<String>,
    /// The beats of a grid worker.
    #[serde(default)]
    duty_grids: Vec<String>,
}

impl PersonRequest {
    fn into_person(self, of: &str) -> ApiResult<Person> {
        let role = |text: &String| Role::ALL.into_iter().find(|role| role.id() == text);
        let mut roles = self
            .roles
            .iter()
            .map(role)
            .collect::<Option<Vec<Role>>>()
            .ok_or_else(|| ApiError::bad_request(&messages::BAD_REQUEST))?;
        roles.sort_unstable();
        roles.dedup();
        Ok(Person {
            id: person_id(of)?,
            name: self.name.trim().to_owned(),
            roles,
            organisation: self.organisation.as_deref().map(id).transpose()?,
            duty_grids: self
                .duty_grids
                .iter()
                .map(|text| id(text))
                .collect::<ApiResult<_>>()?,
        })
    }
}

/// Adds a person or changes one. Admins only.
#[utoipa::path(put, path = "/api/people/{id}", tag = "people", request_body = PersonRequest,
    params(("id" = String, Path, description = "Person id")), security(("session" = [])), responses(
    (status = OK, body = PersonView),
    (status = 400, body = ErrorEnvelope, description = "An unfit id, name or role"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin"),
    (status = 409, body = ErrorEnvelope, description = "The last admin would lose the role"),
    (status = 422, body = ErrorEnvelope, description = "No such body"),
))]
pub(crate) async fn put(
    State(state): State<AppState>,
    staff: Staff,
    Path(id): Path<String>,
    Json(request): Json<PersonRequest>,
) -> ApiResult<Json<PersonView>> {
    staff.require(Role::Admin)?;
    let person = request.into_person(&id)?;
    let answer = person.clone();
    state
        .blocking(move |app| put_person(app, staff.id().as_str(), &person))
        .await?;
    Ok(Json(answer.into()))
}
