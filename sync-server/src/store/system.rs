//! The hub's own facts, and the audit log.

use xunge_domain::ids::InstallationId;
use xunge_domain::time::Timestamp;

use super::StoreError;
use super::rows::{AuditRow, MetaKey};

/// Looking the hub's own facts up.
pub trait ReadSystem {
    /// A fact's bytes.
    ///
    /// # Errors
    /// The database's trouble.
    fn meta(&self, key: MetaKey) -> Result<Option<Vec<u8>>, StoreError>;

    /// Lines of the audit log after `seq`, in order.
    ///
    /// # Errors
    /// The database's trouble.
    fn audit_after(&self, seq: u64, limit: usize) -> Result<Vec<AuditRow>, StoreError>;

    /// A fact that is text.
    ///
    /// # Errors
    /// Bytes that are no text, or the database's trouble.
    fn meta_text(&self, key: MetaKey) -> Result<Option<String>, StoreError> {
        self.meta(key)?
            .map(|bytes| {
                String::from_utf8(bytes).map_err(|_| StoreError::Damaged { what: "meta text" })
            })
            .transpose()
    }

    /// A fact that is a number.
    ///
    /// # Errors
    /// Bytes that are no number, or the database's trouble.
    fn meta_number(&self, key: MetaKey) -> Result<Option<i64>, StoreError> {
        self.meta(key)?
            .map(|bytes| {
                <[u8; 8]>::try_from(bytes.as_slice())
                    .map(i64::from_be_bytes)
                    .map_err(|_| StoreError::Damaged {
                        what: "meta number",
                    })
            })
            .transpose()
    }

    /// The life of this hub; 1 before any restore.
    ///
    /// # Errors
    /// Bytes that are no number, or the database's trouble.
    fn epoch(&self) -> Result<u64, StoreError> {
        let number = self.meta_number(MetaKey::Epoch)?.unwrap_or(1);
        u64::try_from(number).map_err(|_| StoreError::Damaged { what: "epoch" })
    }

    /// The hub's own installation id; `None` before the data folder was first opened for serving.
    ///
    /// # Errors
    /// Bytes that are no id, or the database's trouble.
    fn server_installation(&self) -> Result<Option<InstallationId>, StoreError> {
        self.meta(MetaKey::ServerInstallation)?
            .map(|bytes| {
                InstallationId::from_slice(&bytes).map_err(|_| StoreError::Damaged {
                    what: "server installation",
                })
            })
            .transpose()
    }
}

/// Changing the hub's own facts.
pub trait WriteSystem {
    /// Sets a fact.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_meta(&mut self, key: MetaKey, value: &[u8]) -> Result<(), StoreError>;

    /// Forgets a fact. Whether there was one.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_meta(&mut self, key: MetaKey) -> Result<bool, StoreError>;

    /// Adds a line to the audit log, enters it into the [log](super::ReadLog), and answers its place.
    ///
    /// # Errors
    /// A log that does not end with the line before, or lacks a hash: nothing is added to a log that proves nothing. Or
    /// the database's trouble.
    fn append_audit(
        &mut self,
        at: Timestamp,
        who: &str,
        what: &str,
        detail: &serde_json::Value,
    ) -> Result<u64, StoreError>;

    /// Sets a fact that is a number.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_meta_number(&mut self, key: MetaKey, number: i64) -> Result<(), StoreError> {
        self.put_meta(key, &number.to_be_bytes())
    }
}
