//! Departments and people of a file go into the registers: what is new or other is put, nobody is taken away.

use serde_json::json;
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::time::Timestamp;

use super::import::ImportError;
use crate::services::people::{has_admin, note_scopes};
use crate::store::{HubRead, HubTransaction, StoreError};

/// Puts a department. Whether it is new or other.
///
/// # Errors
/// The store's trouble.
pub(super) fn put_department(
    write: &mut dyn HubTransaction,
    row: &Organisation,
) -> Result<bool, StoreError> {
    if write.organisation(&row.id)?.as_ref() == Some(row) {
        return Ok(false);
    }
    write.put_organisation(row)?;
    Ok(true)
}

/// Puts a person; whom the file gives other roles the log names. Whether the person is new or other.
///
/// # Errors
/// The store's trouble.
pub(super) fn put_person(
    write: &mut dyn HubTransaction,
    by: &str,
    row: &Person,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let before = write.person(&row.id)?;
    if before.as_ref() == Some(row) {
        return Ok(false);
    }
    write.put_person(row)?;
    if let Some(before) = &before {
        note_scopes(write, before, row, now)?;
    }
    if before.is_none_or(|before| before.roles != row.roles) {
        let roles: Vec<&str> = row.roles.iter().map(|role| role.id()).collect();
        let detail = json!({ "person": row.id, "roles": roles });
        write.append_audit(now, by, "person_put", &detail)?;
    }
    Ok(true)
}

/// Whether the hub has an admin, for [`keep_an_admin`].
///
/// # Errors
/// The store's trouble.
pub(super) fn had_admin(write: &mut dyn HubTransaction) -> Result<bool, StoreError> {
    has_admin(write as &dyn HubRead, None)
}

/// Refuses what left the hub without an admin that had one.
///
/// # Errors
/// Nobody is admin any more, or the store's trouble.
pub(super) fn keep_an_admin(write: &mut dyn HubTransaction, had: bool) -> Result<(), ImportError> {
    if had && !has_admin(write as &dyn HubRead, None)? {
        return Err(ImportError::LastAdmin(Role::Admin.zh()));
    }
    Ok(())
}
