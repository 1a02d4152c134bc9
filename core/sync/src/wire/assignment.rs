//! The messages of the capability `scopes`: a person is given other beats or another body, and documents leave a device.

use minicbor::{Decode, Encode};
use xunge_domain::grid::UnitGrid;
use xunge_domain::person::Person;

/// Whose device this is now, told when the scopes of the request are not those of the person any more.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Assignment {
    /// The person as the hub has it.
    #[n(0)]
    pub person: Person,
    /// The unit grids of the person's beats.
    #[n(1)]
    pub grids: Vec<UnitGrid>,
}
