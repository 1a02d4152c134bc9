//! The registers of people and bodies, kept by admins.

use xunge_domain::ids::PersonId;
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::FormerScope;

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::passwords::{self, PasswordError};
use crate::store::rows::CredentialRow;
use crate::store::{HubRead, HubTransaction, StoreError};
use crate::tables::note_tables_changed;

/// Most characters of a name.
pub const NAME_CHARACTERS_MAX: usize = 100;
/// Most beats of one person.
pub const DUTY_GRIDS_MAX: usize = 200;
/// People read at once while looking through all of them.
const PART: usize = 500;

/// Why a register was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Empty or too long.
    #[error("a name has 1 to {NAME_CHARACTERS_MAX} characters")]
    Name,
    /// More beats than one person can walk.
    #[error("a person has at most {DUTY_GRIDS_MAX} duty grids")]
    DutyGrids,
    /// Nobody of that id.
    #[error("there is no such person")]
    UnknownPerson,
    /// No body of that id.
    #[error("there is no such organisation")]
    UnknownOrganisation,
    /// Nobody could administer the hub any more.
    #[error("this is the last admin")]
    LastAdmin,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PeopleError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name => messages::NAME_UNFIT.code,
            Self::DutyGrids => messages::BAD_REQUEST.code,
            Self::UnknownPerson => messages::UNKNOWN_PERSON.code,
            Self::UnknownOrganisation => messages::UNKNOWN_ORGANISATION.code,
            Self::LastAdmin => messages::LAST_ADMIN.code,
            Self::Password(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

impl From<PeopleError> for ApiError {
    fn from(error: PeopleError) -> Self {
        use axum::http::StatusCode;
        match error {
            PeopleError::Name => Self::bad_request(&messages::NAME_UNFIT),
            PeopleError::DutyGrids => Self::bad_request(&messages::BAD_REQUEST),
            PeopleError::UnknownPerson => {
                Self::new(StatusCode::NOT_FOUND, &messages::UNKNOWN_PERSON)
            }
            PeopleError::UnknownOrganisation => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                &messages::UNKNOWN_ORGANISATION,
            ),
            PeopleError::LastAdmin => Self::new(StatusCode::CONFLICT, &messages::LAST_ADMIN),
            PeopleError::Password(error) => error.into(),
            PeopleError::Store(error) => error.into(),
        }
    }
}

fn check_name(name: &str) -> Result<(), PeopleError> {
    let fits = !name.trim().is_empty() && name.chars().count() <= NAME_CHARACTERS_MAX;
    if fits { Ok(()) } else { Err(PeopleError::Name) }
}

/// Whether anybody but `except` is admin.
///
/// # Errors
/// The store's trouble.
pub fn has_admin(store: &dyn HubRead, except: Option<&PersonId>) -> Result<bool, StoreError> {
    let mut after: Option<PersonId> = None;
    loop {
        let part = store.people(after.as_ref(), PART)?;
        if part
            .iter()
            .any(|person| person.has(Role::Admin) && Some(&person.id) != except)
        {
            return Ok(true);
        }
        match part.last() {
            Some(last) if part.len() == PART => after = Some(last.id.clone()),
            _ => return Ok(false),
        }
    }
}

/// Adds a person or changes one.
///
/// # Errors
/// An unfit name, an unknown body, the last admin losing the role, or the store's trouble.
pub fn put_person(app: &App, by: &str, person: &Person) -> Result<(), PeopleError> {
    check_name(&person.name)?;
    if person.duty_grids.len() > DUTY_GRIDS_MAX {
        return Err(PeopleError::DutyGrids);
    }
    let now = app.clock.now();
    app.store.writing(|write| {
        if let Some(organisation) = &person.organisation {
            write
                .organisation(organisation)?
                .ok_or(PeopleError::UnknownOrganisation)?;
        }
        let before = write.person(&person.id)?;
        let was_admin = before
            .as_ref()
            .is_some_and(|before| before.has(Role::Admin));
        let stays_admin = person.has(Role::Admin);
        if was_admin && !stays_admin && !has_admin(write as &dyn HubRead, Some(&person.id))? {
            return Err(PeopleError::LastAdmin);
        }
        write.put_person(person)?;
        if let Some(before) = &before {
            note_scopes(write, before, person, now)?;
        }
        let roles: Vec<&str> = person.roles.iter().map(|role| role.id()).collect();
        let detail = serde_json::json!({ "person": person.id, "roles": roles });
        write.append_audit(now, by, "person_put", &detail)?;
        Ok(())
    })
}

/// Notes which scopes a person lost and got back: what was made before arrives later, and devices let documents go.
///
/// # Errors
/// The store's trouble.
pub(crate) fn note_scopes(
    write: &mut dyn HubTransaction,
    before: &Person,
    after: &Person,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (had, has) = (Scope::of(before), Scope::of(after));
    for scope in had.iter().filter(|scope| !has.contains(scope)) {
        let former = FormerScope {
            scope: scope.clone(),
            left_at: now,
        };
        write.put_former_scope(&after.id, &former)?;
    }
    for scope in has.iter().filter(|scope| !had.contains(scope)) {
        write.remove_former_scope(&after.id, scope)?;
    }
    Ok(())
}

/// Sets a person's password; their sessions end. Cost: argon2.
///
/// # Errors
/// An unknown person, an unfit password, or the store's trouble.
pub fn set_password(app: &App, by: &str, id: &PersonId, password: &str) -> Result<(), PeopleError> {
    let argon2 = passwords::hash(password, &*app.entropy)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        write.person(id)?.ok_or(PeopleError::UnknownPerson)?;
        write_password(write, id, &argon2)?;
        write.remove_staff_sessions_of(id)?;
        let detail = serde_json::json!({ "person": id });
        write.append_audit(now, by, "password_set", &detail)?;
        Ok(())
    })
}

/// Puts a hashed password in place, with no failures against it.
///
/// # Errors
/// The store's trouble.
pub fn write_password(
    store: &mut dyn HubTransaction,
    id: &PersonId,
    argon2: &str,
) -> Result<(), StoreError> {
    store.put_credential(&CredentialRow {
        person: id.clone(),
        argon2: argon2.to_owned(),
        failures: 0,
        locked_until: None,
    })
}

/// Adds a body or changes it.
///
/// # Errors
/// An unfit name, an unknown body above it, or the store's trouble.
pub fn put_organisation(app: &App, by: &str, row: &Organisation) -> Result<(), PeopleError> {
    check_name(&row.name)?;
    let now = app.clock.now();
    app.store.writing(|write| {
        if let Some(parent) = &row.parent {
            write
                .organisation(parent)?
                .ok_or(PeopleError::UnknownOrganisation)?;
        }
        write.put_organisation(row)?;
        note_tables_changed(write)?;
        let detail = serde_json::json!({ "organisation": row.id });
        write.append_audit(now, by, "organisation_put", &detail)?;
        Ok(())
    })
}
