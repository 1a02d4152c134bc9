//! Bodies: the organisations of the city, to pick the parties of a check-in from.

use serde::Serialize;
use xunge_domain::ids::OrganisationId;
use xunge_domain::person::Organisation;

use crate::app::FieldApp;
use crate::error::FieldError;

/// A body as a form offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyView {
    /// Its id.
    pub id: OrganisationId,
    /// Its Chinese name.
    pub name: String,
    /// Whether it is an organisation of the party; otherwise a body of the administration, or a company.
    pub of_party: bool,
}

impl From<&Organisation> for BodyView {
    fn from(body: &Organisation) -> Self {
        Self {
            id: body.id.clone(),
            name: body.name.clone(),
            of_party: body.party.is_some(),
        }
    }
}

impl FieldApp {
    /// Every body that is known here, in the order of the table. From memory.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn bodies(&self) -> Result<Vec<BodyView>, FieldError> {
        let bodies = &self.identity()?.tables.organisations;
        Ok(bodies.iter().map(BodyView::from).collect())
    }
}
