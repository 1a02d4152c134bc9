//! Tasks.

use xunge_field::TaskView;
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::DocumentId;
use xunge_field::domain::task::TaskKind;
use xunge_field::domain::time::Timestamp;

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
}
