//! How far pushes in parts got.

use xunge_domain::ids::InstallationId;
use xunge_sync::wire::Nonce;

use super::StoreError;
use super::rows::PushPartRow;

/// Looking pushes up.
pub trait ReadPushes {
    /// What was noted of the parts of a device's push, from the first on and as far as none is missing. Nothing where
    /// another push came after it.
    ///
    /// # Errors
    /// The database's trouble.
    fn push_parts(
        &self,
        installation: &InstallationId,
        nonce: &Nonce,
    ) -> Result<Vec<Vec<u8>>, StoreError>;
}

/// Noting pushes.
pub trait WritePushes {
    /// Notes that a part is taken. The first part of a push forgets the device's pushes before. Repeatable.
    ///
    /// # Errors
    /// The database's trouble.
    fn note_push_part(&mut self, row: &PushPartRow) -> Result<(), StoreError>;
}
