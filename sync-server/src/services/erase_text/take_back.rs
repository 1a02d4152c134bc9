//! A hub that was put back to a backup of before an erasure takes the edition back from a device: the marks are lines of this
//! log as well, and what the backup had of the document is replaced.

use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::Content;

use super::order::note;
use crate::services::records;
use crate::store::{HubTransaction, StoreError};

/// Behind the entry of an edition that came back: lines for its marks and its records, and what else an erasure leaves to do.
///
/// # Errors
/// The store's; the caller's transaction falls.
pub(crate) fn take_back(
    write: &mut dyn HubTransaction,
    id: &DocumentId,
    edition: u32,
    content: &Content,
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = write.text_erasures(id)?;
    for mark in content.erased() {
        let noted = |row: &crate::store::TextErasureRow| {
            row.place == mark.place && row.cause == mark.erasure.cause && row.edition == edition
        };
        if !known.iter().any(noted) {
            note(write, id, edition, mark, ("system", now), "")?;
        }
    }
    records::note_all(write, id, content, now)?;
    write.void_packs_of(id)
}
