//! How a clock stands at an instant.

use serde::Serialize;

use super::clock::{Clock, Turn, percent_of};
use super::error::WorkingTimeError;
use super::escalation::{Crossing, EscalationLevel};
use super::light::{Light, YELLOW_PERCENT};
use super::minute::LocalMinute;
use crate::time::Timestamp;

/// Whether a clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ClockState {
    /// It runs.
    Running,
    /// 挂账.
    Held {
        /// Since when.
        since: Timestamp,
    },
    /// Handed over; it may come back.
    Stopped {
        /// When, as proven or received.
        at: Timestamp,
    },
    /// Over.
    Finished {
        /// When, as proven or received.
        at: Timestamp,
    },
}

/// How a clock stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Whether it runs.
    #[serde(flatten)]
    pub state: ClockState,
    /// When it is due. During a hold: if it were released now.
    pub deadline: Timestamp,
    /// Minutes of its unit that may be used, extensions included.
    pub allowed_minutes: i64,
    /// Minutes of its unit that are used. It does not grow while no minute counts: at night, past the deadline too.
    pub used_minutes: i64,
    /// What is left; below 0 when more was used.
    pub remaining_minutes: i64,
    /// Used of allowed, rounded down. More than 100 once a counted minute after the deadline is over.
    pub share_percent: i64,
    /// The light. Red from the first millisecond after the deadline, even at night.
    pub light: Light,
    /// When each level was reached, or will be if nothing else happens; the earliest first. None of the future while the
    /// clock does not run.
    pub crossings: Vec<Crossing>,
    /// A level to come lies in this year, of which no calendar is loaded.
    pub year_missing: Option<i16>,
}

impl Clock<'_> {
    /// When it was started, to the minute.
    pub fn started_at(&self) -> Timestamp {
        self.start.to_timestamp()
    }

    /// Reads the clock. `now` is not before the last event. Cost: under a microsecond.
    ///
    /// # Errors
    /// The present year has no calendar, for the units that need one.
    pub fn at(&self, now: Timestamp) -> Result<Reading, WorkingTimeError> {
        let minute = LocalMinute::at_or_before(now);
        let mut deadline = self.deadline;
        let mut used = self.used;
        let (state, ended) = match self.turn {
            Turn::Running { since } => {
                used += self.meter.between(since, minute)?;
                (ClockState::Running, now)
            }
            Turn::Held { since } => {
                let now = LocalMinute::at_or_after(now).max(since);
                deadline = self.deadline_resumed(since, now)?;
                let since = since.to_timestamp();
                (ClockState::Held { since }, since)
            }
            Turn::Stopped { exact, .. } => (ClockState::Stopped { at: exact }, exact),
            Turn::Finished { exact } => (ClockState::Finished { at: exact }, exact),
        };
        let light = if ended > deadline.to_timestamp() {
            Light::Red
        } else if used >= percent_of(self.allowed, YELLOW_PERCENT) {
            Light::Yellow
        } else {
            Light::Green
        };
        let (crossings, year_missing) = self.crossings()?;
        Ok(Reading {
            state,
            deadline: deadline.to_timestamp(),
            allowed_minutes: self.allowed,
            used_minutes: used,
            remaining_minutes: self.allowed - used,
            share_percent: used * 100 / self.allowed,
            light,
            crossings,
            year_missing,
        })
    }

    fn crossings(&self) -> Result<(Vec<Crossing>, Option<i16>), WorkingTimeError> {
        let mut crossings = Vec::new();
        let mut year_missing = None;
        for (level, reached) in EscalationLevel::ALL.into_iter().zip(self.reached) {
            let minute = match reached.map_or_else(|| self.will_reach(level), |at| Ok(Some(at))) {
                Err(WorkingTimeError::YearMissing { year }) => {
                    year_missing = year_missing.or(Some(year));
                    None
                }
                other => other?,
            };
            crossings.extend(minute.map(|minute| Crossing {
                at: minute.to_timestamp(),
                level,
            }));
        }
        crossings.sort();
        Ok((crossings, year_missing))
    }
}
