//! A device loses its rights: a lost phone, or one that is given away. With it all copies of its store, which hold its key.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::ids::{InstallationId, PersonId};
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::error::ApiError;
use crate::messages;
use crate::services::device_session::key_hex;
use crate::store::StoreError;
use crate::store::rows::InstallationRow;

/// The word of a line that says that an installation was revoked.
pub const DEVICE_REVOKED: &str = "device_revoked";
/// Longest time in hours that a revoked device may be left to send what it holds.
pub const LAST_PUSH_HOURS_MAX: u32 = 7 * 24;

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// When the rights end that a line of [`DEVICE_REVOKED`] takes.
pub fn rights_end(detail: &str) -> Option<Timestamp> {
    let detail: serde_json::Value = serde_json::from_str(detail).ok()?;
    Timestamp::from_rfc3339(detail["from"].as_str()?)
}

/// Why nothing was revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevocationError {
    /// No such installation, or nobody has a device of that id.
    #[error("there is no such device")]
    UnknownDevice,
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RevocationError> for ApiError {
    fn from(error: RevocationError) -> Self {
        match error {
            RevocationError::UnknownDevice => {
                Self::new(axum::http::StatusCode::NOT_FOUND, &messages::NO_SUCH_DEVICE)
            }
            RevocationError::Store(error) => error.into(),
        }
    }
}

/// A device as staff see it: an enrolled copy of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeviceView {
    /// Its installation id, in hex.
    pub installation: String,
    /// Whose it is.
    pub person: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// The installation that goes on from it.
    pub superseded_by: Option<String>,
    /// From when on it has no rights, RFC 3339.
    pub revoked_from: Option<String>,
}

impl From<InstallationRow> for DeviceView {
    fn from(row: InstallationRow) -> Self {
        Self {
            installation: row.id.to_string(),
            person: row.person.to_string(),
            since: row.created_at.to_string(),
            superseded_by: row.superseded_by.map(|id| id.to_string()),
            revoked_from: row.revoked_at.map(|at| at.to_string()),
        }
    }
}

/// A person's devices, oldest first.
///
/// # Errors
/// The store's.
pub fn devices(app: &App, person: &PersonId) -> Result<Vec<DeviceView>, StoreError> {
    let rows = app.store.reading(|read| read.installations_of(person))?;
    Ok(rows.into_iter().map(DeviceView::from).collect())
}

/// Revokes a device and all installations of the same key; all of a person when none is named. Whoever is revoked is told
/// at the next contact. For `last_push_hours` it may still send what it holds, and gets nothing any more; 0: not even that.
/// A later revocation may shorten that time. Each is a line of the log: what was received after it, it says.
///
/// # Errors
/// No such device, or the store's trouble.
pub fn revoke(
    app: &App,
    by: &str,
    person: &PersonId,
    installation: Option<&InstallationId>,
    last_push_hours: u32,
) -> Result<Vec<DeviceView>, RevocationError> {
    let now = app.clock.now();
    let from = now.plus_millis(i64::from(last_push_hours) * HOUR_MILLIS);
    app.store.writing(|write| {
        let mut rows = write.installations_of(person)?;
        if let Some(named) = installation {
            let key = rows.iter().find(|row| row.id == *named);
            let key = key.map(|row| row.public_key.clone());
            rows.retain(|row| Some(&row.public_key) == key.as_ref());
        }
        if rows.is_empty() {
            return Err(RevocationError::UnknownDevice);
        }
        rows.retain(|row| row.revoked_at.is_none_or(|at| at > from));
        for row in &mut rows {
            write.revoke_installation(&row.id, from)?;
            row.revoked_at = Some(from);
            let detail = serde_json::json!({
                "installation": row.id,
                "key": key_hex(&row.public_key),
                "from": from.to_string(),
            });
            write.append_audit(now, by, DEVICE_REVOKED, &detail)?;
        }
        Ok(rows.into_iter().map(DeviceView::from).collect())
    })
}
