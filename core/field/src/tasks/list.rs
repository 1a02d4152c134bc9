//! List: what this worker was sent to verify or to check, with the clock of each.

use serde::Serialize;
use xunge_domain::case::ActionName;
use xunge_domain::duty::{DeclineCause, DutyWord};
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;

use super::kept::kept;
use crate::app::FieldApp;
use crate::documents::open;
use crate::duty;
use crate::duty::kept::KeptNote;
use crate::duty::list::DutyDelivery;
use crate::error::FieldError;
use crate::sealing::hub_now;
use crate::views::ReasonView;

/// A task that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskView {
    /// The case.
    pub case: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// Title; empty while the case is not here yet.
    pub title: String,
    /// Address.
    pub address: String,
    /// Where.
    pub point: Option<Point>,
    /// Verify or check.
    pub kind: TaskKind,
    /// In Chinese.
    pub kind_zh: String,
    /// When the sending was ruled.
    pub offered_at: Timestamp,
    /// When it reached a device of this person: its clock runs from then.
    pub delivered_at: Timestamp,
    /// When the answer is due.
    pub due_at: Timestamp,
    /// Whether that is over by the hub's clock, as far as this device knows it. The server still takes an answer until somebody else's is ruled.
    pub overdue: bool,
    /// Whether it was answered here, and only the server's ruling is missing.
    pub answered: bool,
    /// That it was declined here; once the server has that, it leaves the list.
    pub declined: Option<DeclinedView>,
}

/// A task that was declined on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeclinedView {
    /// Why.
    pub cause: DeclineCause,
    /// Why, in Chinese.
    pub cause_zh: String,
    /// In words, or nothing.
    pub words: String,
    /// The device's clock when it was declined.
    pub made_at: Timestamp,
    /// Where that word is.
    pub delivery: DutyDelivery,
    /// Where it is, in Chinese.
    pub delivery_zh: String,
    /// Why the server does not count it.
    pub reason: Option<ReasonView>,
}

impl DeclinedView {
    fn of(kept: &KeptNote) -> Option<Self> {
        let DutyWord::Decline { cause, words, .. } = &kept.note.says else {
            return None;
        };
        let (delivery, reason) = DutyDelivery::of(kept);
        Some(Self {
            cause: *cause,
            cause_zh: cause.zh().into(),
            words: words.clone(),
            made_at: kept.note.made_at,
            delivery,
            delivery_zh: delivery.zh().into(),
            reason,
        })
    }
}

impl FieldApp {
    /// Open tasks as the server last told them, the one due first first, without those that it knows to be declined. Opens their documents: about 1 ms each.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn tasks(&self) -> Result<Vec<TaskView>, FieldError> {
        let me = &self.identity()?.person.id;
        self.store.read(|reader| {
            let now = hub_now(reader, &self.ports)?;
            let mut views = Vec::new();
            let notes = duty::kept::kept(reader)?;
            for task in kept(reader)? {
                let mut said = notes.iter().rev().filter(|kept| kept.declines(&task));
                let declined = said.next().and_then(DeclinedView::of);
                let received =
                    |declined: &DeclinedView| declined.delivery == DutyDelivery::Received;
                if declined.as_ref().is_some_and(received) {
                    // The server has it; its next list has it no more.
                    continue;
                }
                let row = reader.case_row(task.document)?;
                let answer = match task.kind {
                    TaskKind::Verify => ActionName::Verify,
                    TaskKind::Check => ActionName::Check,
                };
                let answered = match open(reader, task.document)? {
                    Some(document) => {
                        let case = document.read(task.document).case;
                        case.unruled().iter().any(|action| {
                            action.entry.author == *me && action.entry.act.name() == answer
                        })
                    }
                    None => false,
                };
                let (title, address, point) =
                    row.map_or_else(Default::default, |row| (row.title, row.address, row.place));
                views.push(TaskView {
                    case: task.document,
                    local_code: task.document.local_code(),
                    title,
                    address,
                    point,
                    kind: task.kind,
                    kind_zh: task.kind.zh().into(),
                    offered_at: task.offered_at,
                    delivered_at: task.delivered_at,
                    due_at: task.due_at,
                    overdue: now > task.due_at,
                    answered,
                    declined,
                });
            }
            views.sort_by_key(|task| (task.due_at, task.case));
            Ok(views)
        })
    }
}
