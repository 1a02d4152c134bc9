//! The queue: who is to be told. What is said is made when it is sent: whoever fetched the tasks meanwhile is not told.

use xunge_domain::ids::PersonId;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;

use super::escalations::to_tell;
use super::{Channel, Notifier, NotifyError, Waiting, next_turn};
use crate::app::App;
use crate::store::{HubTransaction, NoticeRow, StoreError, TaskRow};

/// Notices that one turn looks at.
const PART: usize = 200;
/// First wait after a failure; it doubles.
const RETRY_MILLIS: i64 = 30 * 1_000;
/// Longest wait after a failure, and after a provider asked for fewer.
const RETRY_MILLIS_MAX: i64 = 30 * 60 * 1_000;
const TOO_MANY_MILLIS: i64 = 60 * 1_000;
/// A task is over long before.
const ATTEMPTS_MAX: u32 = 8;
/// How long it is known what was sent: the longest window a limit may have.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Queues a notice to somebody, by every channel there may be. Belongs into the transaction that enters the task.
///
/// # Errors
/// The store's.
pub(in crate::services) fn announce(
    write: &mut dyn HubTransaction,
    person: &PersonId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for channel in Channel::ALL {
        write.put_notice(&NoticeRow {
            person: person.clone(),
            channel: channel.id().to_owned(),
            since: now,
            not_before: now,
            attempts: 0,
        })?;
    }
    Ok(())
}

/// Sends what may be sent now. How many got through. Cost: a provider's answer each.
///
/// # Errors
/// The store's trouble; a provider's is tried again later.
pub fn send_due(app: &App, notifiers: &[Box<dyn Notifier>]) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let due = app.store.reading(|read| read.due_notices(now, PART))?;
    let mut sent = 0;
    for notice in due {
        let notifier = notifiers.iter().find(|notifier| {
            notifier.channel().id() == notice.channel && notifier.reaches(notice.person.as_str())
        });
        let (waiting, lines) = waiting(app, &notice)?;
        let Some(notifier) = notifier.filter(|_| !waiting.is_nothing()) else {
            forget(app, &notice, &lines)?;
            continue;
        };
        if let Some(turn) = turn(app, &**notifier, &notice.person, now)? {
            put_off(app, &notice, turn, notice.attempts)?;
            continue;
        }
        match notifier.send(notice.person.as_str(), &waiting.words()) {
            Ok(()) => {
                sent += 1;
                app.store.writing(|write| {
                    let before = now.plus_millis(-DAY_MILLIS);
                    write.note_notice_sent(&notice.channel, &notice.person, now, before)?;
                    told(write, &notice, &lines)
                })?;
            }
            Err(NotifyError::TooMany) => {
                let turn = now.plus_millis(TOO_MANY_MILLIS);
                put_off(app, &notice, turn, notice.attempts)?;
            }
            Err(trouble) => failed(app, &notice, &lines, &trouble, now)?,
        }
    }
    Ok(sent)
}

/// What waits for somebody and was not fetched, and limits, with the lines that say so.
fn waiting(app: &App, notice: &NoticeRow) -> Result<(Waiting, Vec<u64>), StoreError> {
    let (tasks, limits, lines) = app.store.reading(|read| {
        let mut limits = Waiting::default();
        let lines = to_tell(read, &notice.person, &notice.channel, &mut limits)?;
        let tasks = read.open_tasks_of(&notice.person)?;
        Ok::<_, StoreError>((tasks, limits, lines))
    })?;
    let count = |kind| {
        let waits = |task: &&TaskRow| {
            task.kind == kind && task.delivered_at.is_none() && task.declined.is_none()
        };
        tasks.iter().filter(waits).count()
    };
    let waiting = Waiting {
        verify: count(TaskKind::Verify),
        check: count(TaskKind::Check),
        ..limits
    };
    Ok((waiting, lines))
}

/// When the rates let the next pass; nothing when now.
fn turn(
    app: &App,
    notifier: &dyn Notifier,
    person: &PersonId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let since = now.plus_millis(-DAY_MILLIS);
    let channel = notifier.channel().id();
    app.store.reading(|read| {
        let all = read.notices_sent(channel, None, since)?;
        let own = read.notices_sent(channel, Some(person), since)?;
        let turns = [
            next_turn(&all, notifier.limits(), now),
            next_turn(&own, notifier.limits_per_person(), now),
        ];
        Ok(turns.into_iter().flatten().max())
    })
}

fn failed(
    app: &App,
    notice: &NoticeRow,
    lines: &[u64],
    trouble: &NotifyError,
    now: Timestamp,
) -> Result<(), StoreError> {
    let attempts = notice.attempts + 1;
    let for_good = matches!(trouble, NotifyError::Refused(_)) || attempts >= ATTEMPTS_MAX;
    if for_good {
        tracing::warn!(notice.channel = %notice.channel, error.reason = %trouble, "a notice is given up");
        return forget(app, notice, lines);
    }
    tracing::info!(notice.channel = %notice.channel, error.reason = %trouble, "a notice is sent again later");
    let wait = (RETRY_MILLIS << notice.attempts.min(10)).min(RETRY_MILLIS_MAX);
    put_off(app, notice, now.plus_millis(wait), attempts)
}

fn put_off(
    app: &App,
    notice: &NoticeRow,
    not_before: Timestamp,
    attempts: u32,
) -> Result<(), StoreError> {
    app.store.writing(|write| {
        write.put_notice(&NoticeRow {
            not_before,
            attempts,
            ..notice.clone()
        })
    })
}

fn forget(app: &App, notice: &NoticeRow, lines: &[u64]) -> Result<(), StoreError> {
    app.store.writing(|write| told(write, notice, lines))
}

/// A notice is through with what it said. A level that was queued meanwhile keeps it.
fn told(
    write: &mut dyn HubTransaction,
    notice: &NoticeRow,
    lines: &[u64],
) -> Result<(), StoreError> {
    let (person, channel) = (&notice.person, notice.channel.as_str());
    if !write.remove_escalation_notices(person, channel, lines)? {
        write.remove_notice(person, channel)?;
    }
    Ok(())
}
