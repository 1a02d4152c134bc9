//! Logging in, logging out, and who one is.

mod login;
mod logout;
mod me;

use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use xunge_domain::person::Person;

use crate::app::AppState;
use crate::routes::people::PersonView;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(login::login, logout::logout))
        .routes(routes!(me::me))
}

/// A living session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Who.
    person: PersonView,
    /// For the header `x-csrf-token`.
    csrf: String,
}

impl SessionView {
    fn of(person: Person, csrf: String) -> Self {
        Self {
            person: person.into(),
            csrf,
        }
    }
}
