//! Values by key: the class table, the grids, people's names, and small switches of the app.

use rusqlite::params;

use crate::StoreError;
use crate::limits::{SETTING_BYTES_MAX, SETTING_KEY_BYTES_MAX};
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::within;

impl Reader<'_> {
    /// The value of a setting.
    ///
    /// # Errors
    /// The store's.
    pub fn setting(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.optional("SELECT value FROM setting WHERE key = ?1", [key], |row| {
            row.get(0)
        })
    }

    /// Whether a switch is on; one that was never set is off.
    ///
    /// # Errors
    /// The store's.
    pub fn switch(&self, key: &str) -> Result<bool, StoreError> {
        Ok(self.setting(key)?.is_some())
    }
}

impl Tx<'_> {
    /// Writes a setting.
    ///
    /// # Errors
    /// A key or value beyond its limit, or the store's.
    pub fn set_setting(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        within("setting key", key.len(), SETTING_KEY_BYTES_MAX)?;
        within("setting", value.len(), SETTING_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "INSERT INTO setting (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )?;
        Ok(())
    }

    /// Turns a switch on or off.
    ///
    /// # Errors
    /// As [`Self::set_setting`].
    pub fn set_switch(&self, key: &str, on: bool) -> Result<(), StoreError> {
        if on {
            self.set_setting(key, &[1])
        } else {
            self.delete_setting(key)
        }
    }

    /// Removes a setting; fine when there is none.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_setting(&self, key: &str) -> Result<(), StoreError> {
        self.execute(Topic::Sync, "DELETE FROM setting WHERE key = ?1", [key])?;
        Ok(())
    }
}
