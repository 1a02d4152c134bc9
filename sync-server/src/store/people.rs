//! People, bodies, passwords and browser sessions.

use xunge_domain::ids::{Digest, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::FormerScope;

use super::StoreError;
use super::rows::{CredentialRow, StaffSessionRow};

/// Looking people up.
pub trait ReadPeople {
    /// A body.
    ///
    /// # Errors
    /// The database's trouble.
    fn organisation(&self, id: &OrganisationId) -> Result<Option<Organisation>, StoreError>;

    /// All bodies, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn organisations(&self) -> Result<Vec<Organisation>, StoreError>;

    /// A person.
    ///
    /// # Errors
    /// The database's trouble.
    fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError>;

    /// People after `after`, by id.
    ///
    /// # Errors
    /// The database's trouble.
    fn people(&self, after: Option<&PersonId>, limit: usize) -> Result<Vec<Person>, StoreError>;

    /// Everybody who has a role, by id. Cost: a look at each person; there are some tens of thousands.
    ///
    /// # Errors
    /// The database's trouble.
    fn people_with_role(&self, role: Role) -> Result<Vec<Person>, StoreError>;

    /// The scopes that were a person's and are no more, by the text of the scope.
    ///
    /// # Errors
    /// The database's trouble.
    fn former_scopes(&self, person: &PersonId) -> Result<Vec<FormerScope>, StoreError>;

    /// A password.
    ///
    /// # Errors
    /// The database's trouble.
    fn credential(&self, person: &PersonId) -> Result<Option<CredentialRow>, StoreError>;

    /// A browser session by the SHA-256 of its secret, expired or not.
    ///
    /// # Errors
    /// The database's trouble.
    fn staff_session(&self, secret_hash: &Digest) -> Result<Option<StaffSessionRow>, StoreError>;
}

/// Changing people.
pub trait WritePeople {
    /// Adds a body or changes it.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_organisation(&mut self, row: &Organisation) -> Result<(), StoreError>;

    /// Adds a person or changes one.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_person(&mut self, row: &Person) -> Result<(), StoreError>;

    /// Notes a scope that is a person's no more, or anew since when.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_former_scope(
        &mut self,
        person: &PersonId,
        former: &FormerScope,
    ) -> Result<(), StoreError>;

    /// Takes the note away: the scope is the person's again. Whether there was one.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_former_scope(&mut self, person: &PersonId, scope: &Scope)
    -> Result<bool, StoreError>;

    /// Adds a password or changes it, with its failures and lock.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_credential(&mut self, row: &CredentialRow) -> Result<(), StoreError>;

    /// Starts a browser session.
    ///
    /// # Errors
    /// A secret or an id that exists, or the database's trouble.
    fn add_staff_session(&mut self, row: &StaffSessionRow) -> Result<(), StoreError>;

    /// Ends a browser session. Whether there was one.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_staff_session(&mut self, secret_hash: &Digest) -> Result<bool, StoreError>;

    /// Ends every browser session of a person. How many there were.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_staff_sessions_of(&mut self, person: &PersonId) -> Result<u64, StoreError>;

    /// Drops the sessions that are over. How many there were.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_expired_staff_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError>;
}
