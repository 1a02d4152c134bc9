//! Leave: documents that no scope of the person holds any more go, each as soon as nothing of it waits to be sent; a
//! person who is given other work takes the new beat's grids along.

use xunge_store::Tx;
use xunge_sync::device::Commit;
use xunge_sync::wire::Assignment;

use crate::app::{FieldApp, Identity};
use crate::error::FieldError;
use crate::tables::{Tables, encode};

/// Documents emptied behind one answer; the rest follows with the next.
const EMPTIED_MAX: usize = 500;

/// Marks what the hub says is to go, and forgets the scopes that are this person's no more.
pub(crate) fn let_go(tx: &Tx<'_>, commit: &Commit) -> Result<(), FieldError> {
    for document in &commit.evicted {
        tx.mark_leaving(*document)?;
    }
    for scope in &commit.left {
        tx.delete_cursor(&scope.to_string())?;
    }
    Ok(())
}

impl FieldApp {
    /// Empties what waited for nothing but its receipts, behind a whole answer: what an answer says of a document's scopes
    /// comes after its receipts, and a document that it brings back it brings without what was pushed just now.
    pub(crate) fn empty_drained(&mut self) -> Result<(), FieldError> {
        let drained = self
            .store
            .read(|reader| reader.drained_documents(EMPTIED_MAX))?;
        if drained.is_empty() {
            return Ok(());
        }
        self.store.transaction(|tx| {
            let mut drained = drained.iter();
            drained.try_for_each(|document| Ok(tx.empty_document(*document)?))
        })
    }
}

/// The person as the hub has it now, with the unit grids of the new beats.
pub(crate) fn reassign(
    tx: &Tx<'_>,
    identity: &Identity,
    assignment: &Assignment,
) -> Result<(), FieldError> {
    let session = tx.session()?.ok_or(FieldError::NotEnrolled)?;
    if assignment.person.id != identity.person.id {
        // A device is one person's for ever; the rest of the answer counts.
        return Ok(());
    }
    tx.set_session(&xunge_store::Session {
        person: encode(&assignment.person),
        ..session
    })?;
    Tables::save_grids(tx, &assignment.grids)
}
