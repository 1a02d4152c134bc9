//! Who sees a check-in at the hub: staff of the centre all of them; a branch secretary, a department or a grid worker what
//! lies in their scopes. Whoever sees it not is told that it is not there.

use xunge_domain::ids::DocumentId;
use xunge_domain::person::{Person, Role};
use xunge_domain::scope::Scope;

use crate::store::{HubRead, StoreError};

fn reads_all(person: &Person) -> bool {
    person.roles.iter().any(|role| {
        !matches!(
            role,
            Role::GridWorker | Role::DisposalDept | Role::BranchSecretary
        )
    })
}

/// The scopes a list of check-ins is limited to; none for staff of the centre.
pub fn scopes_of_reader(person: &Person) -> Vec<Scope> {
    if reads_all(person) {
        Vec::new()
    } else {
        Scope::of(person)
    }
}

/// Whether a check-in is there and this person's to see. The two are told alike.
///
/// # Errors
/// The store's.
pub fn visible(read: &dyn HubRead, person: &Person, id: &DocumentId) -> Result<bool, StoreError> {
    if reads_all(person) {
        return Ok(read.checkin(id)?.is_some());
    }
    let scopes = Scope::of(person);
    let members = read.memberships(id)?;
    Ok(members.iter().any(|member| scopes.contains(&member.scope)))
}
