//! Send the nearest: a clerk leaves it to the rules who goes.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use xunge_domain::case::{Outcome, StaffSession};
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::StaffAct;

use super::chosen::{Chosen, choose_now};
use super::views::{ChoiceView, TaskView};
use super::{TASK_CHOSEN, TaskError, rules};
use crate::app::App;
use crate::services::act::act_within;
use crate::store::{HubTransaction, StoreError, TaskRow};

/// Who was sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Sent {
    /// The offer.
    pub task: TaskView,
}

/// Sends whom the rules choose, in the name of a clerk: one transaction holds the act, its ruling, the offer and how it was
/// chosen, in the log too.
///
/// # Errors
/// Nobody may be sent, the case declines it, or the hub's own trouble.
pub fn send_nearest(
    app: &App,
    clerk: &Person,
    session_id: &str,
    case: &DocumentId,
) -> Result<Sent, TaskError> {
    let now = app.clock.now();
    let nonce = app.entropy.array()?;
    app.store.writing(|write| {
        let chosen = choose_now(app, write, case, now)?;
        let by = Sender {
            clerk: &clerk.id,
            session_id,
            nonce,
            now,
        };
        let task = send(app, write, case, &by, &chosen)?;
        let rules = rules(write)?;
        Ok(Sent {
            task: TaskView::of(&task, &rules, now, clerk),
        })
    })
}

/// In whose name, and when.
pub(super) struct Sender<'a> {
    pub(super) clerk: &'a PersonId,
    pub(super) session_id: &'a str,
    pub(super) nonce: [u8; 3],
    pub(super) now: Timestamp,
}

/// Sends who was chosen, within a transaction.
///
/// # Errors
/// The case declines it: the transaction must fall, or the decline would stand in the history. Or the store's trouble.
pub(super) fn send(
    app: &App,
    write: &mut dyn HubTransaction,
    case: &DocumentId,
    by: &Sender<'_>,
    chosen: &Chosen,
) -> Result<TaskRow, TaskError> {
    let request = StaffAct {
        author: by.clerk.clone(),
        session: StaffSession {
            id: by.session_id.to_owned(),
        },
        act: chosen.kind.send(chosen.choice.person.clone()),
        now: by.now,
        nonce: by.nonce,
    };
    let ruling = act_within(app, write, case, request)?;
    if let Outcome::Declined { reason } = ruling.outcome {
        return Err(TaskError::Ruled(reason));
    }
    // The ledger has followed the ruling.
    let mut tasks = write.tasks_of_case(case)?.into_iter();
    let task =
        tasks.find(|task| task.ended_at.is_none() && task.key.person == chosen.choice.person);
    let mut task = task.ok_or(StoreError::Damaged { what: "task" })?;
    let choice = ChoiceView::of(chosen);
    let json = serde_json::to_string(&choice).map_err(|_| StoreError::Damaged { what: "task" })?;
    task.choice = Some(json);
    write.put_task(&task)?;
    // Who could have gone is told without where they were.
    let candidates: Vec<&PersonId> = chosen
        .choice
        .candidates
        .iter()
        .map(|candidate| &candidate.person)
        .collect();
    let detail = json!({
        "case": case, "kind": chosen.kind, "round": task.round, "person": task.key.person, "how": chosen.choice.how,
        "candidates": candidates, "seed": chosen.seed.seed, "per_myriad": chosen.draw.per_myriad,
    });
    write.append_audit(by.now, by.clerk.as_str(), TASK_CHOSEN, &detail)?;
    Ok(task)
}
