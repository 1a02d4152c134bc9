//! Tasks.

use xunge_field::domain::duty::DeclineCause;
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::DocumentId;
use xunge_field::domain::task::TaskKind;
use xunge_field::domain::time::Timestamp;
use xunge_field::{DeclinedView, DutyDelivery, ReasonView, TaskView};

#[uniffi::remote(Enum)]
pub enum TaskKind {
    Verify,
    Check,
}

#[uniffi::remote(Record)]
pub struct TaskView {
    pub case: DocumentId,
    pub local_code: String,
    pub title: String,
    pub address: String,
    pub point: Option<Point>,
    pub kind: TaskKind,
    pub kind_zh: String,
    pub offered_at: Timestamp,
    pub delivered_at: Timestamp,
    pub due_at: Timestamp,
    pub overdue: bool,
    pub answered: bool,
    pub declined: Option<DeclinedView>,
}

#[uniffi::remote(Record)]
pub struct DeclinedView {
    pub cause: DeclineCause,
    pub cause_zh: String,
    pub words: String,
    pub made_at: Timestamp,
    pub delivery: DutyDelivery,
    pub delivery_zh: String,
    pub reason: Option<ReasonView>,
}
