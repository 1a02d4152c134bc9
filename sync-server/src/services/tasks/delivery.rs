//! Delivery: an offer is delivered when a device of its person was handed the feed as far as the offer stands in it.

use xunge_domain::ids::PersonId;
use xunge_domain::scope::Scope;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{DocumentsFrame, OfferedTask};

use super::rules;
use crate::app::App;
use crate::services::clocks::keep_again;
use crate::store::{HubRead, StoreError, TaskRow};

/// Open offers of a person, as an answer tells them.
#[derive(Debug, Default)]
pub(in crate::services) struct Told {
    /// For the device, with their clocks.
    pub(in crate::services) tasks: Vec<OfferedTask>,
    delivered: Vec<TaskRow>,
}

/// What an answer tells a device of its person's tasks: those that it delivers, and those that were delivered. Cost: a look into an
/// index of offers that nobody answered yet, at every sync; nothing more for who has none.
///
/// # Errors
/// The store's.
pub(in crate::services) fn told(
    read: &dyn HubRead,
    person: &PersonId,
    (known, frames): (&[(Scope, u64)], &[DocumentsFrame]),
    now: Timestamp,
) -> Result<Told, StoreError> {
    let mut open = read.open_tasks_of(person)?;
    // What somebody declined is nobody's until somebody else has it.
    open.retain(|task| task.declined.is_none());
    if open.is_empty() {
        return Ok(Told::default());
    }
    let rules = rules(read)?;
    let own = Scope::Person(person.clone());
    let cursors = frames.iter().flat_map(|frame| &frame.cursors);
    let upto = known
        .iter()
        .chain(cursors)
        .filter(|(scope, _)| *scope == own)
        .map(|(_, seq)| *seq)
        .max();
    let mut told = Told::default();
    for mut task in open {
        if task.delivered_at.is_none() && upto.is_some_and(|upto| task.feed_seq <= upto) {
            task.delivered_at = Some(now);
            told.delivered.push(task.clone());
        }
        let due_at = rules.due(task.kind, task.delivered_at);
        told.tasks
            .extend(
                task.delivered_at
                    .zip(due_at)
                    .map(|(delivered_at, due_at)| OfferedTask {
                        document: task.key.document,
                        kind: task.kind,
                        offered_at: task.offered_at,
                        delivered_at,
                        due_at,
                    }),
            );
    }
    Ok(told)
}

/// Notes what was delivered. A store that cannot just now is no reason to keep the answer back: the device's next cursor says the same.
pub(in crate::services) fn note(app: &App, told: &Told) {
    if told.delivered.is_empty() {
        return;
    }
    let noted = app.store.writing(|write| {
        for task in &told.delivered {
            let mut found = write.tasks_of_case(&task.key.document)?.into_iter();
            let still = found.find(|found| {
                found.key == task.key && found.delivered_at.is_none() && found.ended_at.is_none()
            });
            if let Some(mut row) = still {
                row.delivered_at = task.delivered_at;
                write.put_task(&row)?;
                if row.kind == TaskKind::Verify {
                    // The clock of the case is this one.
                    let now = app.clock.now();
                    keep_again(app, write, &row.key.document, now)?;
                }
            }
        }
        Ok::<_, StoreError>(())
    });
    if let Err(trouble) = noted {
        tracing::warn!(error.reason = %trouble, "a delivery was not noted; the next sync says it again");
    }
}
