//! A document whose history begins anew: what was kept of the former one goes.

use rusqlite::params;
use xunge_domain::ids::{Digest, DocumentId, IntentId};

use crate::StoreError;
use crate::limits::INTENT_BYTES_MAX;
use crate::topics::Topic;
use crate::transaction::Tx;
use crate::values::within;

impl Tx<'_> {
    /// Takes all changes of a document away; of refused ones the names stay, because their authors have not settled them. What
    /// cited a photo before, `foundation` cites now: the first change of the new history.
    ///
    /// # Errors
    /// The store's.
    pub fn replace_changes(
        &self,
        document: DocumentId,
        foundation: Digest,
    ) -> Result<(), StoreError> {
        let id = document.as_bytes();
        for sql in [
            "DELETE FROM change WHERE document = ?1 AND state <> 2",
            "UPDATE change SET bytes = x'' WHERE document = ?1",
        ] {
            self.execute(Topic::Cases, sql, [id])?;
        }
        let sql =
            "UPDATE blob_use SET change_hash = ?2 WHERE document = ?1 AND change_hash IS NOT NULL";
        self.execute(Topic::Sync, sql, params![id, foundation.as_bytes()])
            .map(drop)
    }

    /// Puts other content in the place of an intent's: of one that said what was erased.
    ///
    /// # Errors
    /// Too large, or the store's.
    pub fn set_intent_content(&self, id: IntentId, content: &[u8]) -> Result<(), StoreError> {
        within("intent", content.len(), INTENT_BYTES_MAX)?;
        let sql = "UPDATE intent SET content = ?2 WHERE id = ?1";
        self.execute(Topic::Sync, sql, params![id.as_bytes(), content])
            .map(drop)
    }
}
