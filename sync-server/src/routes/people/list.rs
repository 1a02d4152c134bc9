//! `GET /api/people`.

use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use xunge_domain::ids::PersonId;

use super::{PersonView, person_id};
use crate::app::AppState;
use crate::error::{ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::limits::LIST_PART_MAX;
use crate::http::staff::Staff;

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
pub(crate) struct ListQuery {
    /// `next` of the part before.
    after: Option<String>,
    /// How many, 200 at most.
    limit: Option<usize>,
}

/// A part of the list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleView {
    /// By id.
    people: Vec<PersonView>,
    /// Where the next part starts; absent at the end.
    next: Option<String>,
}

/// People by id.
#[utoipa::path(get, path = "/api/people", tag = "people", params(ListQuery), security(("session" = [])), responses(
    (status = OK, body = PeopleView),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list(
    State(state): State<AppState>,
    _staff: Staff,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<PeopleView>> {
    let after: Option<PersonId> = query.after.as_deref().map(person_id).transpose()?;
    let limit = query.limit.unwrap_or(LIST_PART_MAX).clamp(1, LIST_PART_MAX);
    let mut people = state
        .blocking(move |app| {
            app.store
                .reading(|read| read.people(after.as_ref(), limit + 1))
        })
        .await?;
    let more = people.len() > limit;
    people.truncate(limit);
    let next = people
        .last()
        .filter(|_| more)
        .map(|person| person.id.to_string());
    Ok(Json(PeopleView {
        people: people.into_iter().map(Into::into).collect(),
        next,
    }))
}
