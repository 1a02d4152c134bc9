//! Home: what today's first screen shows, in one call.

use serde::Serialize;
use xunge_domain::geo::Point;

use crate::app::FieldApp;
use crate::drafts::DraftView;
use crate::error::FieldError;
use crate::sync::status::SyncStatus;
use crate::tasks::list::TaskView;
use crate::views::{CaseListItem, PersonView};

/// The first screen, whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeView {
    /// Whose device this is.
    pub me: PersonView,
    /// What is not safe yet, and refused work, which is pinned until its author acts.
    pub sync: SyncStatus,
    /// Cases and check-ins of which something waits to be sent, photos included.
    pub waiting: u64,
    /// What this worker was sent for, the one due first first.
    pub tasks: Vec<HomeTask>,
    /// Reports that were begun and not made, the last changed first: so many as rows were asked for.
    pub drafts: Vec<DraftView>,
    /// How many there are.
    pub drafts_in_all: u64,
    /// The cases that changed last.
    pub recent: Vec<CaseListItem>,
}

/// A task as the first screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeTask {
    /// The task.
    pub task: TaskView,
    /// How far it is from where the worker stands, in metres, where both places are known.
    pub metres: Option<u32>,
}

impl FieldApp {
    /// What the first screen shows: at most `rows` drafts and cases; `here` is where the worker stands, if that is known. A
    /// few milliseconds, and 1 ms a task.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn home(&self, here: Option<Point>, rows: usize) -> Result<HomeView, FieldError> {
        let me = self.me().ok_or(FieldError::NotEnrolled)?;
        let tasks = self.tasks()?.into_iter().map(|task| HomeTask {
            metres: metres(here, task.point),
            task,
        });
        let (waiting, drafts_in_all) = self.store.read(|reader| -> Result<_, FieldError> {
            Ok((reader.waiting_documents()?, reader.draft_count()?))
        })?;
        Ok(HomeView {
            me,
            sync: self.sync_status()?,
            waiting,
            tasks: tasks.collect(),
            drafts: self.drafts(None, rows)?,
            drafts_in_all,
            recent: self.cases(None, rows)?,
        })
    }
}

fn metres(here: Option<Point>, there: Option<Point>) -> Option<u32> {
    let metres = here?.distance_metres(there?).round();
    // A distance on Earth: never below 0, never above its girth.
    Some(metres as u32)
}
