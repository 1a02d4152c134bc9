//! Who this installation is and how it speaks to its server.

use rusqlite::params;
use xunge_domain::ids::InstallationId;

use crate::StoreError;
use crate::limits::{SERVER_URL_BYTES_MAX, SESSION_VALUE_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{array, installation_id, u64_bits, within};

/// What enrolment gave, and what every answer of the server renews.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// This enrolled copy of the store.
    pub installation: InstallationId,
    /// The person, encoded by the facade.
    pub person: Vec<u8>,
    /// Where the server is.
    pub server_url: String,
    /// The key the server signs with, compressed SEC1.
    pub server_public_key: [u8; 33],
    /// The server's epoch.
    pub epoch: u64,
    /// What the next request authenticates with.
    pub token: [u8; 16],
    /// What the platform needs to find the device key again.
    pub device_key_handle: Vec<u8>,
}

/// Without the token and the key handle: they must never reach a log.
impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session")
            .field("installation", &self.installation)
            .field("server_url", &self.server_url)
            .field("epoch", &self.epoch)
            .finish_non_exhaustive()
    }
}

impl Reader<'_> {
    /// The session; `None` before enrolment.
    ///
    /// # Errors
    /// The store's.
    pub fn session(&self) -> Result<Option<Session>, StoreError> {
        self.optional(include_str!("../sql/session.sql"), [], |row| {
            Ok(Session {
                installation: installation_id(row, 0)?,
                person: row.get(1)?,
                server_url: row.get(2)?,
                server_public_key: array(row, 3)?,
                epoch: u64_bits(row, 4)?,
                token: array(row, 5)?,
                device_key_handle: row.get(6)?,
            })
        })
    }

    /// The installations this store was before, in no particular order.
    ///
    /// # Errors
    /// The store's.
    pub fn former_installations(&self) -> Result<Vec<InstallationId>, StoreError> {
        self.all("SELECT installation FROM former_installation", [], |row| {
            installation_id(row, 0)
        })
    }
}

impl Tx<'_> {
    /// Writes the session. An installation it replaces is kept as a former one: its entries stay this person's to edit.
    ///
    /// # Errors
    /// A value beyond its limit, or the store's.
    pub fn set_session(&self, session: &Session) -> Result<(), StoreError> {
        within("server_url", session.server_url.len(), SERVER_URL_BYTES_MAX)?;
        within("person", session.person.len(), SESSION_VALUE_BYTES_MAX)?;
        within(
            "device_key_handle",
            session.device_key_handle.len(),
            SESSION_VALUE_BYTES_MAX,
        )?;
        self.execute(
            Topic::Sync,
            include_str!("../sql/keep_former_installation.sql"),
            [session.installation.as_bytes()],
        )?;
        self.execute(
            Topic::Sync,
            include_str!("../sql/set_session.sql"),
            params![
                session.installation.as_bytes(),
                session.person,
                session.server_url,
                session.server_public_key,
                session.epoch.cast_signed(),
                session.token,
                session.device_key_handle,
            ],
        )?;
        Ok(())
    }

    /// Writes the token and the epoch an answer brought.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn renew_session(&self, token: &[u8; 16], epoch: u64) -> Result<(), StoreError> {
        let sql = "UPDATE session SET token = ?1, epoch = ?2 WHERE id = 1";
        match self.execute(Topic::Sync, sql, params![token, epoch.cast_signed()])? {
            0 => Err(StoreError::NotFound { what: "session" }),
            _ => Ok(()),
        }
    }
}
