//! Leaves: said, and taken back.

use serde_json::json;
use xunge_domain::duty::{DutyNote, DutyWord};
use xunge_domain::ids::{DutyNoteId, PersonId};
use xunge_domain::time::Timestamp;

use crate::messages::{self, Message};
use crate::store::{HubTransaction, LeaveRow, StoreError};

/// The word of a line that says that somebody is on leave from then until then.
pub const LEAVE_SAID: &str = "leave_said";
/// The word of a line that says that a leave was taken back.
pub const LEAVE_TAKEN_BACK: &str = "leave_taken_back";
/// Most leaves of one person that are not over: a device must not fill the table.
pub const LEAVES_PER_PERSON_MAX: usize = 200;

/// Keeps a leave, or says why not. It counts from now on, wherever it lies.
///
/// # Errors
/// The store's.
pub(super) fn said(
    write: &mut dyn HubTransaction,
    note: &DutyNote,
    now: Timestamp,
) -> Result<Result<(), &'static Message>, StoreError> {
    let DutyWord::Leave { from, until, words } = &note.says else {
        return Ok(Ok(()));
    };
    if let Some(before) = write.leave(&note.id)? {
        let same = before.person == note.author;
        return Ok(if same {
            Ok(())
        } else {
            Err(&messages::DUTY_TAKEN)
        });
    }
    let open = write.leaves_after(now, Some(&note.author), LEAVES_PER_PERSON_MAX)?;
    if open.len() >= LEAVES_PER_PERSON_MAX {
        return Ok(Err(&messages::LEAVES_TOO_MANY));
    }
    write.add_leave(&LeaveRow {
        id: note.id,
        person: note.author.clone(),
        from: *from,
        until: *until,
        words: words.clone(),
        made_at: note.made_at,
        received_at: now,
        taken_back_at: None,
    })?;
    let detail = json!({ "leave": note.id, "from": from.to_string(), "until": until.to_string() });
    write.append_audit(now, note.author.as_str(), LEAVE_SAID, &detail)?;
    Ok(Ok(()))
}

/// Ends a leave now, or says why not.
///
/// # Errors
/// The store's.
pub(super) fn taken_back(
    write: &mut dyn HubTransaction,
    author: &PersonId,
    leave: &DutyNoteId,
    now: Timestamp,
) -> Result<Result<(), &'static Message>, StoreError> {
    let row = write.leave(leave)?.filter(|row| row.person == *author);
    let Some(row) = row else {
        return Ok(Err(&messages::LEAVE_UNKNOWN));
    };
    if row.taken_back_at.is_none() {
        write.take_back_leave(leave, now)?;
        let detail = json!({ "leave": leave });
        write.append_audit(now, author.as_str(), LEAVE_TAKEN_BACK, &detail)?;
    }
    Ok(Ok(()))
}
