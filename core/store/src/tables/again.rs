//! A hub restored from its backup has lost what it had received since. The devices are the copy: they offer it again.

use crate::StoreError;
use crate::topics::Topic;
use crate::transaction::Tx;

impl Tx<'_> {
    /// The server began a new epoch: everything it had received of ours counts as pending again, also the rulings it
    /// signed itself, and every photo it had is offered again. What it still has it answers from the hash alone. Intents
    /// keep their state. Says how many changes and photos are offered.
    ///
    /// # Errors
    /// The store's.
    pub fn offer_everything_again(&self) -> Result<usize, StoreError> {
        let changes = self.execute(
            Topic::Sync,
            "UPDATE change SET state = 0, carried = 0
             WHERE state = 1 OR (state = 3 AND (own = 1 OR signature IS NOT NULL))",
            [],
        )?;
        let blobs = self.execute(
            Topic::Sync,
            "UPDATE blob SET state = 0, acknowledged_ranges = x'' WHERE state = 1",
            [],
        )?;
        // What it stored then it may have lost as well; a receipt stays a proof.
        self.execute(Topic::Sync, "UPDATE record SET stored_at = NULL", [])?;
        Ok(changes + blobs)
    }
}
