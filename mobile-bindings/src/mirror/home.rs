//! What lists are about, and the tasks of the first screen.

use xunge_field::{CaseFilter, HomeTask, TaskView};

#[uniffi::remote(Enum)]
pub enum CaseFilter {
    All,
    Open,
    Ended,
    Unsent,
}

#[uniffi::remote(Record)]
pub struct HomeTask {
    pub task: TaskView,
    pub metres: Option<u32>,
}
