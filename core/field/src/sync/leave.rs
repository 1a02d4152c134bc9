//! Leave: documents that no scope of the person holds any more go, each as soon as nothing of it waits to be sent; a
//! person who is given other work takes the new beat's grids along.

use xunge_store::Tx;
use xunge_sync::device::Commit;
use xunge_sync::wire::Assignment;

use crate::app::Identity;
use crate::error::FieldError;
use crate::tables::{Tables, encode};

/// Documents emptied in one commit; the rest follows with the next.
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

/// Empties what waited for nothing but its receipts.
pub(crate) fn empty_drained(tx: &Tx<'_>) -> Result<(), FieldError> {
    for document in tx.drained_documents(EMPTIED_MAX)? {
        tx.empty_document(document)?;
    }
    Ok(())
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
