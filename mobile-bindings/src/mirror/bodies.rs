//! Bodies to pick from.

use xunge_field::BodyView;
use xunge_field::domain::ids::OrganisationId;

#[uniffi::remote(Record)]
pub struct BodyView {
    pub id: OrganisationId,
    pub name: String,
    pub of_party: bool,
}
