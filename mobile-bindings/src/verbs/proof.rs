//! What this device can prove without the server, and what it may let go of because of that.

use xunge_field::domain::ids::DocumentId;
use xunge_field::{Freed, LogContradiction, ProofView};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Asks for the receipts that are missing in the next round of sync. By itself each is asked for an hour after it was made.
    /// Background thread; one commit.
    ///
    /// # Errors
    /// The store's.
    pub fn ask_for_receipts(&self) -> Result<(), FieldError> {
        self.with(|app| app.ask_for_receipts())
    }

    /// What can be proved of a case without the server, oldest first. Background thread; half a millisecond a record.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn proofs(&self, case: DocumentId) -> Result<Vec<ProofView>, FieldError> {
        self.with(|app| app.proofs(case))
    }

    /// Frees originals that the server holds and has backed up, oldest first, until the photo files here are `keep_bytes`
    /// together. Background thread; a commit and a removal for each hundred files.
    ///
    /// # Errors
    /// The store's.
    pub fn free_originals(&self, keep_bytes: u64) -> Result<Freed, FieldError> {
        self.with(|app| app.free_originals(keep_bytes))
    }

    /// Two checkpoints of the server's log that cannot both be true, to be handed to whoever audits it; nothing as long as
    /// its log only grew. Background thread; memory and one read.
    ///
    /// # Errors
    /// The store's.
    pub fn log_contradiction(&self) -> Result<Option<LogContradiction>, FieldError> {
        self.with(|app| app.log_contradiction())
    }
}
