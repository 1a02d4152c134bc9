//! Discard: the author lets go of something that the hub does not keep.

use xunge_domain::ids::PrivateRecordId;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// Throws away a record that waits, or that the hub refused. What the hub keeps is erased there.
    ///
    /// # Errors
    /// No such record here, or the hub keeps it.
    pub fn discard_private(&mut self, id: PrivateRecordId) -> Result<(), FieldError> {
        if self.store.transaction(|tx| tx.delete_private(id))? {
            Ok(())
        } else {
            Err(FieldError::NotFound {
                what: "private record",
            })
        }
    }
}
