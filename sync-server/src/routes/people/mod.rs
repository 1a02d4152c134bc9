//! People and bodies. Everybody logged in may look colleagues up (a task is sent to somebody); only admins change.

mod devices;
mod enrol;
mod get;
mod list;
mod organisations;
mod password;
mod put;
mod revoke;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::ids::PersonId;
use xunge_domain::person::Person;

use crate::app::AppState;
use crate::error::{ApiError, ApiResult};
use crate::messages;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(get::get, put::put))
        .routes(routes!(password::put_password))
        .routes(routes!(enrol::issue_code))
        .routes(routes!(devices::list_devices))
        .routes(routes!(revoke::revoke_devices))
        .routes(routes!(organisations::list_organisations))
        .routes(routes!(organisations::put_organisation))
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct PersonView {
    /// Lower-case letters, digits and hyphens.
    pub(crate) id: String,
    /// The name shown to colleagues.
    pub(crate) name: String,
    /// Role ids, e.g. `intake_clerk`.
    pub(crate) roles: Vec<String>,
    /// The body this person acts for.
    pub(crate) organisation: Option<String>,
    /// The beats of a grid worker.
    pub(crate) duty_grids: Vec<String>,
}

impl From<Person> for PersonView {
    fn from(person: Person) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name,
            roles: person
                .roles
                .iter()
                .map(|role| role.id().to_owned())
                .collect(),
            organisation: person.organisation.map(|id| id.to_string()),
            duty_grids: person.duty_grids.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Reads an id of any kind.
fn id<Id: std::str::FromStr>(text: &str) -> ApiResult<Id> {
    text.parse()
        .map_err(|_| ApiError::bad_request(&messages::ID_UNFIT))
}

/// Reads the person id of a path.
fn person_id(text: &str) -> ApiResult<PersonId> {
    id(text)
}
