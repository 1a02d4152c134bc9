//! Devices: enrolment codes and installations.

use xunge_domain::ids::{Digest, InstallationId, InstallationPrefix, PersonId};
use xunge_domain::time::Timestamp;

use super::StoreError;
use super::rows::{CodeTaken, EnrolmentCodeRow, InstallationRow};

/// Looking devices up.
pub trait ReadDevices {
    /// An installation.
    ///
    /// # Errors
    /// The database's trouble.
    fn installation(&self, id: &InstallationId) -> Result<Option<InstallationRow>, StoreError>;

    /// The installation whose intent ids start so.
    ///
    /// # Errors
    /// The database's trouble.
    fn installation_by_prefix(
        &self,
        prefix: &InstallationPrefix,
    ) -> Result<Option<InstallationRow>, StoreError>;

    /// A person's installations, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn installations_of(&self, person: &PersonId) -> Result<Vec<InstallationRow>, StoreError>;

    /// A code, whatever became of it.
    ///
    /// # Errors
    /// The database's trouble.
    fn enrolment_code(&self, code_hash: &Digest) -> Result<Option<EnrolmentCodeRow>, StoreError>;
}

/// Changing devices.
pub trait WriteDevices {
    /// Remembers a fresh code.
    ///
    /// # Errors
    /// A code that exists, or the database's trouble.
    fn add_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> Result<(), StoreError>;

    /// Takes a code for `by`, once: of two transactions at the same moment one gets it.
    ///
    /// # Errors
    /// The database's trouble.
    fn take_enrolment_code(
        &mut self,
        code_hash: &Digest,
        by: &InstallationId,
        now: Timestamp,
    ) -> Result<CodeTaken, StoreError>;

    /// Adds an installation.
    ///
    /// # Errors
    /// An id or a prefix that exists, or the database's trouble.
    fn add_installation(&mut self, row: &InstallationRow) -> Result<(), StoreError>;

    /// Moves the session tokens (their SHA-256) on. Whether the installation exists.
    ///
    /// # Errors
    /// The database's trouble.
    fn set_installation_tokens(
        &mut self,
        id: &InstallationId,
        current: &Digest,
        previous: Option<&Digest>,
    ) -> Result<bool, StoreError>;

    /// Says that `by` goes on from `id`. Whether the installation exists.
    ///
    /// # Errors
    /// The database's trouble.
    fn supersede_installation(
        &mut self,
        id: &InstallationId,
        by: &InstallationId,
    ) -> Result<bool, StoreError>;

    /// Ends an installation's rights; of several times the earliest counts. Whether the installation exists.
    ///
    /// # Errors
    /// The database's trouble.
    fn revoke_installation(
        &mut self,
        id: &InstallationId,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
