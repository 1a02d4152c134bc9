//! The rules of tasks that a city sets: data, the defaults with their reasons.

use serde::{Deserialize, Serialize};

use super::draw::TASK_MYRIAD;
use super::kind::TaskKind;
use crate::time::Timestamp;
use crate::working_time::urgent_minutes_after;

/// Longest limit of a task: a shift.
pub const TASK_MINUTES_MAX: u32 = 24 * 60;

/// As JSON every field may be left out and is the default then. Minutes are those of 紧急工作时: a task lies within a shift, so
/// no calendar has a say in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaskRules {
    /// From delivery to the answer. 30: the stage limit of the design.
    pub verify_minutes: u32,
    /// The same for a check.
    pub check_minutes: u32,
    /// From the offer to its delivery. 30: a phone that is on asks within minutes, one that is off is no worker on duty.
    pub undelivered_minutes: u32,
    /// Of ten thousand offers so many go to somebody else than the nearest. 1,000: nobody can count on being sent to
    /// their own corner, and nine in ten still go to who is there first.
    pub share_per_myriad: u32,
    /// A position older than this says nothing; the centre of the beat is taken. 120: half a beat's round.
    pub position_minutes: u32,
}

impl Default for TaskRules {
    fn default() -> Self {
        Self {
            verify_minutes: 30,
            check_minutes: 30,
            undelivered_minutes: 30,
            share_per_myriad: 1_000,
            position_minutes: 120,
        }
    }
}

/// Rules that make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskRulesError {
    /// A limit of nothing, or longer than a shift.
    #[error("a limit of {0} minutes makes no sense: give 1 to {TASK_MINUTES_MAX}")]
    Minutes(u32),
    /// More than all.
    #[error("{0} of {TASK_MYRIAD} tasks cannot go to somebody else")]
    Share(u32),
}

impl TaskRules {
    /// Whether the rules can be used.
    ///
    /// # Errors
    /// Which one cannot.
    pub fn check(&self) -> Result<(), TaskRulesError> {
        let minutes = [
            self.verify_minutes,
            self.check_minutes,
            self.undelivered_minutes,
            self.position_minutes,
        ];
        if let Some(unfit) = minutes
            .into_iter()
            .find(|minutes| !(1..=TASK_MINUTES_MAX).contains(minutes))
        {
            return Err(TaskRulesError::Minutes(unfit));
        }
        if self.share_per_myriad > TASK_MYRIAD {
            return Err(TaskRulesError::Share(self.share_per_myriad));
        }
        Ok(())
    }

    /// The limit of a kind, in minutes.
    pub const fn minutes(&self, kind: TaskKind) -> u32 {
        match kind {
            TaskKind::Verify => self.verify_minutes,
            TaskKind::Check => self.check_minutes,
        }
    }

    /// When the answer is due: the clock runs from delivery. `None` before it.
    pub fn due(&self, kind: TaskKind, delivered_at: Option<Timestamp>) -> Option<Timestamp> {
        delivered_at.map(|at| urgent_minutes_after(at, self.minutes(kind)))
    }

    /// When an offer lapses: its answer is due, or it should have been delivered by then.
    pub fn lapses_at(
        &self,
        kind: TaskKind,
        offered_at: Timestamp,
        delivered_at: Option<Timestamp>,
    ) -> Timestamp {
        self.due(kind, delivered_at)
            .unwrap_or_else(|| urgent_minutes_after(offered_at, self.undelivered_minutes))
    }
}
