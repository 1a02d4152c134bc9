//! What the rows of a table may refer to.

use std::collections::BTreeSet;
use std::sync::Arc;

use xunge_domain::class::ClassTable;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{DutyGridId, OrganisationId, PersonId};

/// The city as it is on the day from which the rows hold.
pub struct Known {
    /// Unit grids.
    pub grids: Arc<GridIndex>,
    /// Beats of those.
    pub duty_grids: BTreeSet<DutyGridId>,
    /// Departments.
    pub departments: BTreeSet<OrganisationId>,
    /// Classes.
    pub classes: ClassTable,
    /// Grid workers, for the roster alone.
    pub workers: BTreeSet<PersonId>,
}

/// What else reading a row needs.
pub struct Context<'a> {
    /// Of degrees, where a row does not say.
    pub datum: Datum,
    /// Of component codes, where a row does not say.
    pub layout: CodeLayout,
    /// The city.
    pub known: &'a Known,
}
