//! Tasks: who is sent to verify and to check, the ledger of every offer, and what happens when nobody answers. Whom to send is
//! decided by `xunge_domain::task`; sending is an act of the case, ruled like any other.

mod chosen;
mod ledger;
mod list;
mod overdue;
mod roster;
mod rules;
mod seed;
mod send;
mod turn;
mod views;

pub mod approvals;
pub(super) mod delivery;

use xunge_domain::case::Decline;
use xunge_domain::task::TaskDecline;

use crate::app::EntropyError;
use crate::error::ApiError;
use crate::messages;
use crate::services::act::ActError;
use crate::services::log::LogError;
use crate::store::StoreError;

pub(super) use ledger::follow;
pub use list::{ListedDecline, ListedTask, OpenTasks, open_tasks, task_views, tasks_of_case};
pub(super) use overdue::reoffer_declined;
pub use overdue::{REOFFER_SESSION, reoffer_overdue};
pub use rules::{TASK_RULES_SET, TaskRulesRefused, rules, set_rules};
pub use seed::{SeedView, seed_of_day};
pub use send::{Sent, send_nearest};
pub use turn::TaskTurn;
pub use views::{CandidateView, ChoiceView, DeclineReasonView, DeclineView, TaskView};

/// The word of a line that says who was chosen, of whom, by which draw.
pub const TASK_CHOSEN: &str = "task_chosen";

/// Why nobody was sent.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// Nobody may be sent.
    #[error(transparent)]
    Declined(#[from] TaskDecline),
    /// The rules of the case decline it.
    #[error("{}", .0.en())]
    Ruled(Decline),
    /// The act itself.
    #[error(transparent)]
    Act(#[from] ActError),
    /// No seed: the log's trouble.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<TaskError> for ApiError {
    fn from(error: TaskError) -> Self {
        let not_sent = |code: &'static str, zh: String, en: String| {
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            let mut error = Self::new(status, &messages::TASK_NOT_SENT).saying(zh, en);
            error.body.code = code.into();
            error
        };
        match error {
            TaskError::Declined(reason) => not_sent(reason.code(), reason.zh(), reason.en()),
            TaskError::Ruled(reason) => not_sent(reason.code(), reason.zh(), reason.en()),
            TaskError::Act(error) => error.into(),
            TaskError::Log(error) => error.into(),
            TaskError::Store(error) => error.into(),
            TaskError::Entropy(error) => Self::internal(&error),
        }
    }
}
