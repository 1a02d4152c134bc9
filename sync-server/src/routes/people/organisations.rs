//! `GET /api/organisations` and `PUT /api/organisations/{id}`.

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use xunge_domain::person::{Organisation, PartyKind, PartyOrganisation, Role};

use super::id;
use crate::app::AppState;
use crate::error::{ApiError, ApiResult, ErrorEnvelope};
use crate::http::json::Json;
use crate::http::staff::Staff;
use crate::messages;
use crate::services::people;

/// A body: a bureau, a centre, a street office, a crew.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OrganisationView {
    /// Lower-case letters, digits and hyphens.
    id: String,
    /// Its Chinese name.
    name: String,
    /// The body above it.
    parent: Option<String>,
    /// What it is in the party: a committee, a branch, a temporary_branch or a vanguard_post; nothing for any other body.
    party: Option<String>,
    /// Of a party organisation: bodies whose members form it beside those of the body above it.
    formed_by: Vec<String>,
}

impl From<Organisation> for OrganisationView {
    fn from(row: Organisation) -> Self {
        let party = row.party.as_ref();
        let formed_by = party.map_or(&[][..], |party| &party.formed_by);
        Self {
            id: row.id.to_string(),
            party: party.map(|party| party.kind.id().to_owned()),
            formed_by: formed_by.iter().map(ToString::to_string).collect(),
            name: row.name,
            parent: row.parent.map(|id| id.to_string()),
        }
    }
}

/// What a body shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationRequest {
    /// Its Chinese name.
    name: String,
    /// The body above it.
    parent: Option<String>,
    /// What it is in the party: committee, branch, temporary_branch or vanguard_post; such a body has one above it.
    #[serde(default)]
    party: Option<String>,
    /// Of a party organisation: bodies whose members form it beside those of the body above it.
    #[serde(default)]
    formed_by: Vec<String>,
}

impl OrganisationRequest {
    fn party(&self) -> ApiResult<Option<PartyOrganisation>> {
        let bad = || ApiError::bad_request(&messages::BAD_REQUEST);
        let Some(kind) = &self.party else {
            return if self.formed_by.is_empty() {
                Ok(None)
            } else {
                Err(bad())
            };
        };
        if self.parent.is_none() {
            return Err(bad());
        }
        let formed_by = self.formed_by.iter().map(|body| id(body));
        Ok(Some(PartyOrganisation {
            kind: PartyKind::from_id(kind).ok_or_else(bad)?,
            formed_by: formed_by.collect::<ApiResult<_>>()?,
        }))
    }
}

/// All bodies, by id.
#[utoipa::path(get, path = "/api/organisations", tag = "people", security(("session" = [])), responses(
    (status = OK, body = Vec<OrganisationView>),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
))]
pub(crate) async fn list_organisations(
    State(state): State<AppState>,
    _staff: Staff,
) -> ApiResult<Json<Vec<OrganisationView>>> {
    let rows = state
        .blocking(|app| app.store.reading(|read| read.organisations()))
        .await?;
    Ok(Json(rows.into_iter().map(Into::into).collect()))
}

/// Adds a body or changes it. Admins only.
#[utoipa::path(put, path = "/api/organisations/{id}", tag = "people", request_body = OrganisationRequest,
    params(("id" = String, Path, description = "Organisation id")), security(("session" = [])), responses(
    (status = OK, body = OrganisationView),
    (status = 400, body = ErrorEnvelope, description = "An unfit id or name"),
    (status = 401, body = ErrorEnvelope, description = "Nobody is logged in"),
    (status = 403, body = ErrorEnvelope, description = "Not an admin"),
    (status = 422, body = ErrorEnvelope, description = "No such body above it"),
))]
pub(crate) async fn put_organisation(
    State(state): State<AppState>,
    staff: Staff,
    Path(of): Path<String>,
    Json(request): Json<OrganisationRequest>,
) -> ApiResult<Json<OrganisationView>> {
    staff.require(Role::Admin)?;
    let row = Organisation {
        id: id(&of)?,
        name: request.name.trim().to_owned(),
        parent: request.parent.as_deref().map(id).transpose()?,
        party: request.party()?,
    };
    let answer = row.clone();
    state
        .blocking(move |app| people::put_organisation(app, staff.id().as_str(), &row))
        .await?;
    Ok(Json(answer.into()))
}
