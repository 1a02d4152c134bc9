//! What nobody answered in time goes to the next: an offer made by rule lapses when its limit is over, when no device fetched
//! it, when its holder declines it or goes off duty. Where nobody can be sent, it stays with its holder and says why. What a clerk gave to
//! somebody by name stays there, overdue: whoever chose the person decides.

use xunge_domain::person::Role;
use xunge_domain::roster::Roster;
use xunge_domain::task::TaskRules;
use xunge_domain::time::Timestamp;

use super::chosen::choose_now;
use super::roster::roster_at;
use super::send::{Sender, send};
use super::{TaskError, rules};
use crate::app::App;
use crate::store::{StoreError, TaskEnd, TaskRow};

/// The session under which the hub sends the next in the name of the clerk who left the choice to the rules.
pub const REOFFER_SESSION: &str = "reoffer";
/// Offers read at once.
const PART: usize = 500;
/// Why nobody is sent when the clerk in whose name it would be is none any more.
const CLERK_GONE: &str = "clerk_gone";

/// Looks at every open offer. How many went to somebody else. Cost: a row each, and the roster once.
///
/// # Errors
/// The store's trouble; what was done by then stays.
pub fn reoffer_overdue(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let (rules, roster) = app
        .store
        .reading(|read| Ok::<_, StoreError>((rules(read)?, roster_at(read, now)?)))?;
    let mut moved = 0;
    let mut after = None;
    loop {
        let part = app
            .store
            .reading(|read| read.open_tasks(after.clone(), PART))?;
        let Some(last) = part.last() else {
            return Ok(moved);
        };
        after = Some((last.offered_at, last.key.clone()));
        for task in &part {
            if let Some(end) = over(task, &rules, roster.as_ref(), now) {
                moved += usize::from(next(app, task, end)?);
            }
        }
    }
}

/// Whether an offer is over, and why.
fn over(
    task: &TaskRow,
    rules: &TaskRules,
    roster: Option<&Roster>,
    now: Timestamp,
) -> Option<TaskEnd> {
    task.choice.as_ref()?;
    if task.declined.is_some() {
        return Some(TaskEnd::Declined);
    }
    if rules.lapses_at(task.kind, task.offered_at, task.delivered_at) < now {
        return Some(match task.delivered_at {
            Some(_) => TaskEnd::Lapsed,
            None => TaskEnd::Undelivered,
        });
    }
    let off_duty = roster.is_some_and(|roster| !roster.on_duty(&task.key.person, now));
    off_duty.then_some(TaskEnd::OffDuty)
}

/// Sends the next for an offer that its person has just declined. What a clerk named stays with the clerk.
///
/// # Errors
/// The store's trouble.
pub(in crate::services) fn reoffer_declined(app: &App, task: &TaskRow) -> Result<(), StoreError> {
    if task.choice.is_some() {
        next(app, task, TaskEnd::Declined)?;
    }
    Ok(())
}

/// Sends the next; whether somebody was.
fn next(app: &App, task: &TaskRow, end: TaskEnd) -> Result<bool, StoreError> {
    let reason = match attempt(app, task, end) {
        Ok(sent) => return Ok(sent),
        Err(TaskError::Declined(reason)) => reason.code(),
        Err(TaskError::Ruled(reason)) => reason.code(),
        Err(TaskError::Store(trouble)) => return Err(trouble),
        Err(trouble) => {
            tracing::warn!(error.reason = %trouble, "an offer that lapsed went to nobody; it is tried again");
            return Ok(false);
        }
    };
    stay(app, task, reason)?;
    Ok(false)
}

fn attempt(app: &App, task: &TaskRow, end: TaskEnd) -> Result<bool, TaskError> {
    let now = app.clock.now();
    let nonce = app.entropy.array()?;
    let document = &task.key.document;
    app.store.writing(|write| {
        let still = |rows: Vec<TaskRow>| rows.into_iter().find(|row| row.key == task.key);
        let open = still(write.tasks_of_case(document)?).filter(|row| {
            // It may have been answered or delivered since it was read.
            row.ended_at.is_none() && row.delivered_at == task.delivered_at
        });
        if open.is_none() {
            return Ok(false);
        }
        let clerk = write.person(&task.asked_by)?;
        if !clerk.is_some_and(|clerk| clerk.has(Role::IntakeClerk)) {
            stuck(write, task, CLERK_GONE)?;
            return Ok(false);
        }
        let chosen = choose_now(app, write, document, now)?;
        let by = Sender {
            clerk: &task.asked_by,
            session_id: REOFFER_SESSION,
            nonce,
            now,
        };
        send(app, write, document, &by, &chosen)?;
        if let Some(mut row) = still(write.tasks_of_case(document)?) {
            row.end = Some(end);
            write.put_task(&row)?;
        }
        Ok(true)
    })
}

/// It stays where it is, and says why.
fn stay(app: &App, task: &TaskRow, reason: &str) -> Result<(), StoreError> {
    if task.stuck.as_deref() == Some(reason) {
        return Ok(());
    }
    app.store.writing(|write| stuck(write, task, reason))
}

fn stuck(
    write: &mut dyn crate::store::HubTransaction,
    task: &TaskRow,
    reason: &str,
) -> Result<(), StoreError> {
    let mut rows = write.tasks_of_case(&task.key.document)?.into_iter();
    let open = rows.find(|row| row.key == task.key && row.ended_at.is_none());
    match open {
        Some(mut row) if row.stuck.as_deref() != Some(reason) => {
            row.stuck = Some(reason.to_owned());
            write.put_task(&row)
        }
        _ => Ok(()),
    }
}
