//! An offer that is declined: noted on its row, told in the log, and open until somebody else has it.

use serde_json::json;
use xunge_domain::duty::{DutyNote, DutyWord};
use xunge_domain::time::Timestamp;

use crate::messages::{self, Message};
use crate::store::{HubTransaction, StoreError, TaskDeclined, TaskRow};

/// The word of a line that says that an offer was declined, and for which cause. What was said in words stays out of the log.
pub const TASK_DECLINED: &str = "task_declined";

/// Notes that its person declines an offer. Answers the row where it is to go to the next, nothing where that was done or is nobody's
/// wish any more; or why it does not count.
///
/// # Errors
/// The store's.
pub(super) fn decline(
    write: &mut dyn HubTransaction,
    note: &DutyNote,
    now: Timestamp,
) -> Result<Result<Option<TaskRow>, &'static Message>, StoreError> {
    let DutyWord::Decline {
        case,
        kind,
        offered_at,
        cause,
        words,
    } = &note.says
    else {
        return Ok(Ok(None));
    };
    let offers = write.tasks_of_case(case)?.into_iter();
    let offer = offers
        .filter(|row| row.key.person == note.author)
        .find(|row| (row.kind, row.offered_at) == (*kind, *offered_at));
    let Some(mut row) = offer else {
        return Ok(Err(&messages::TASK_UNKNOWN));
    };
    if row.answered_at.is_some() {
        return Ok(Err(&messages::TASK_ANSWERED));
    }
    if row.declined.is_some() {
        return Ok(Ok(None));
    }
    row.declined = Some(TaskDeclined {
        at: now,
        cause: *cause,
        words: words.clone(),
    });
    write.put_task(&row)?;
    let detail = json!({ "case": case, "kind": kind, "round": row.round, "cause": cause });
    write.append_audit(now, note.author.as_str(), TASK_DECLINED, &detail)?;
    Ok(Ok(row.ended_at.is_none().then_some(row)))
}
