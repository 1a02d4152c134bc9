//! The clock of a matter: a limit that runs, is stopped, held, extended and finished. A stage has the same clock with
//! another limit. A pure fold over events, so that it stands the same on every phone and after every restart.

use super::calendar::Calendar;
use super::clock_explanation::{ClockChange, PauseEnd, PauseKind};
use super::clock_limit::ClockLimit;
use super::error::WorkingTimeError;
use super::escalation::EscalationLevel;
use super::hours::Hours;
use super::hours_terms::HoursTerms;
use super::light::YELLOW_PERCENT;
use super::meter::Meter;
use super::minute::LocalMinute;
use super::timeline::{ClockEvent, Step, StepKind, steps};
use crate::time::Timestamp;

/// A clock that was started. [`Clock::at`] reads it.
///
/// What it does with time: while it runs, its unit's minutes are used. A stop and a hold pause it, and the deadline moves by
/// the minutes that would have been counted meanwhile; a deadline that had passed before stays. An extension moves the
/// deadline and adds the minutes in between to what is allowed. Other hours change nothing that was used: what is left counts
/// in them, a working day of it as a working day.
#[derive(Debug, Clone)]
pub struct Clock<'a> {
    pub(super) meter: Meter<'a>,
    pub(super) limit: ClockLimit,
    pub(super) start: LocalMinute,
    /// The hours it was started with.
    pub(super) start_hours: &'a Hours,
    /// Minutes that may be used by the deadline.
    pub(super) allowed: i64,
    /// Minutes used before the present turn.
    pub(super) used: i64,
    pub(super) deadline: LocalMinute,
    pub(super) turn: Turn,
    /// The instant that an extension promised.
    granted_until: Option<LocalMinute>,
    /// The minute at which each level was reached, as far as the events lead.
    pub(super) reached: [Option<LocalMinute>; 3],
    pub(super) changes: Vec<ClockChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Running {
        since: LocalMinute,
    },
    Held {
        since: LocalMinute,
    },
    Stopped {
        since: LocalMinute,
        exact: Timestamp,
    },
    Finished {
        exact: Timestamp,
    },
}

impl<'a> Clock<'a> {
    /// Folds the events of a clock, in the order in which they were ruled. `None`: it was not started yet. Cost: under a
    /// microsecond an event.
    ///
    /// # Errors
    /// A limit of nothing or too long; a year without calendar on the way, for the units that need one.
    pub fn fold(
        events: &'a [ClockEvent],
        limit: impl Into<ClockLimit>,
        calendar: &'a Calendar,
        hours: &'a Hours,
    ) -> Result<Option<Self>, WorkingTimeError> {
        let Some((start, steps)) = steps(events) else {
            return Ok(None);
        };
        let limit = limit.into();
        let meter = Meter::new(limit.unit(), calendar, hours);
        let allowed = meter.minutes_allowed(limit)?;
        let mut clock = Self {
            meter,
            limit,
            start,
            start_hours: hours,
            allowed,
            used: 0,
            deadline: meter.minute_after(start, allowed)?,
            turn: Turn::Running { since: start },
            granted_until: None,
            reached: [None; 3],
            changes: Vec::new(),
        };
        for step in steps {
            clock.take(step)?;
        }
        Ok(Some(clock))
    }

    fn take(&mut self, step: Step<'a>) -> Result<(), WorkingTimeError> {
        match step.kind {
            StepKind::Hold => {
                self.pause(step.at, step.at.to_timestamp())?;
                self.turn = Turn::Held { since: step.at };
                self.changes
                    .push(ClockChange::paused(PauseKind::Hold, step.at));
            }
            StepKind::Stop { exact } => {
                self.end_turn(step.at, exact)?;
                let since = step.at;
                self.turn = Turn::Stopped { since, exact };
                self.changes
                    .push(ClockChange::paused(PauseKind::Stop, since));
            }
            StepKind::Finish { exact } => {
                self.end_turn(step.at, exact)?;
                // What was handed over before ended then: nothing ran since.
                let exact = match self.turn {
                    Turn::Stopped { exact, .. } => exact,
                    _ => exact,
                };
                self.turn = Turn::Finished { exact };
            }
            StepKind::Resume => {
                if let Turn::Held { since } | Turn::Stopped { since, .. } = self.turn {
                    self.resume(since, step.at)?;
                    self.turn = Turn::Running { since: step.at };
                }
            }
            StepKind::ExtendTo(deadline) => {
                self.granted_until = self.granted_until.max(Some(deadline));
                self.extend(step.at, deadline)?;
            }
            StepKind::Hours(hours) => self.count_in(step.at, hours)?,
            StepKind::ExtendBy(limit) => {
                let unit = self.meter.for_unit(limit.unit);
                let minutes = unit.minutes_of(limit)?;
                self.extend(step.at, unit.minute_after(self.deadline, minutes)?)?;
            }
        }
        Ok(())
    }

    /// Ends a running turn: `to` is the last minute it uses, `instant` when it ends exactly.
    fn pause(&mut self, to: LocalMinute, instant: Timestamp) -> Result<(), WorkingTimeError> {
        if let Turn::Running { since } = self.turn {
            self.mark(instant)?;
            self.used += self.meter.between(since, to)?;
        }
        Ok(())
    }

    /// Ends a running turn, or a hold: work that is done during a hold is done when it would have been released.
    fn end_turn(&mut self, to: LocalMinute, instant: Timestamp) -> Result<(), WorkingTimeError> {
        if let Turn::Held { since } = self.turn {
            self.resume(since, to)?;
        }
        self.pause(to, instant)
    }

    fn resume(&mut self, since: LocalMinute, until: LocalMinute) -> Result<(), WorkingTimeError> {
        self.deadline = self.deadline_resumed(since, until)?;
        let not_counted = self.meter.between(since, until)?;
        for change in self.changes.iter_mut().rev() {
            if let ClockChange::Paused { pause_end, .. } = change {
                *pause_end = Some(PauseEnd {
                    at: until.to_timestamp(),
                    minutes: not_counted,
                    deadline: self.deadline.to_timestamp(),
                });
                break;
            }
        }
        Ok(())
    }

    fn extend(&mut self, at: LocalMinute, deadline: LocalMinute) -> Result<(), WorkingTimeError> {
        if deadline > self.deadline {
            self.mark(at.to_timestamp())?;
            self.allowed += self.meter.between(self.deadline, deadline)?;
            self.deadline = deadline;
            self.changes.push(ClockChange::Extended {
                at: at.to_timestamp(),
                deadline: deadline.to_timestamp(),
            });
        }
        Ok(())
    }

    /// Counts what is left in other hours. Nothing is gained or lost by it but what lies between their minutes.
    fn count_in(&mut self, at: LocalMinute, terms: &'a HoursTerms) -> Result<(), WorkingTimeError> {
        if *self.meter.hours() == terms.hours || matches!(self.turn, Turn::Finished { .. }) {
            return Ok(());
        }
        if let Turn::Running { since } = self.turn {
            self.mark(at.to_timestamp())?;
            self.used += self.meter.between(since, at)?;
            self.turn = Turn::Running { since: at };
        }
        let before = self.meter;
        self.meter = before.with_hours(&terms.hours);
        if !before.is_working() {
            return Ok(());
        }
        let (from, into) = (before.unit_minutes(), self.meter.unit_minutes());
        let scaled = |minutes: i64| (minutes * into + from - 1).div_euclid(from);
        let left = self.allowed - self.used;
        self.allowed = scaled(self.allowed);
        self.used = self.allowed - scaled(left);
        // A deadline that has passed stays where it is.
        if left > 0 {
            let (Turn::Running { since } | Turn::Held { since } | Turn::Stopped { since, .. }) =
                self.turn
            else {
                return Ok(());
            };
            self.deadline = self.meter.minute_after(since, scaled(left))?;
        }
        if let Some(until) = self.granted_until.filter(|until| *until > self.deadline) {
            self.allowed += self.meter.between(self.deadline, until)?;
            self.deadline = until;
        }
        self.changes.push(ClockChange::Hours {
            at: at.to_timestamp(),
            hours: terms.clone(),
            deadline: self.deadline.to_timestamp(),
        });
        Ok(())
    }

    /// Notes the levels that were reached before an instant. What happens in the very minute comes first: work that ends
    /// when a level is reached has not reached it.
    fn mark(&mut self, instant: Timestamp) -> Result<(), WorkingTimeError> {
        for (index, level) in EscalationLevel::ALL.into_iter().enumerate() {
            if self.reached[index].is_some() {
                continue;
            }
            self.reached[index] = match self.will_reach(level) {
                // It lies behind the years of the calendar, and so behind the instant.
                Err(WorkingTimeError::YearMissing { .. }) => None,
                other => other?.filter(|minute| minute.to_timestamp() < instant),
            };
        }
        Ok(())
    }

    /// When a level is reached if nothing else happens. `None` while the clock does not run.
    pub(super) fn will_reach(
        &self,
        level: EscalationLevel,
    ) -> Result<Option<LocalMinute>, WorkingTimeError> {
        let Turn::Running { since } = self.turn else {
            return Ok(None);
        };
        let minutes = match level {
            EscalationLevel::Due => return Ok(Some(self.deadline)),
            EscalationLevel::DueSoon => percent_of(self.allowed, YELLOW_PERCENT),
            EscalationLevel::TwiceOver => 2 * self.allowed,
        };
        self.meter
            .minute_after(since, minutes - self.used)
            .map(Some)
    }

    /// The deadline after a pause: later by what was not counted. One that was not reached before the pause is not
    /// reached in it either; one that was stays.
    pub(super) fn deadline_resumed(
        &self,
        since: LocalMinute,
        until: LocalMinute,
    ) -> Result<LocalMinute, WorkingTimeError> {
        if self.deadline < since {
            return Ok(self.deadline);
        }
        let paused = self.meter.between(since, until)?;
        let moved = self.meter.minute_after(self.deadline, paused)?;
        Ok(moved.max(until))
    }
}

/// So many percent of a number of minutes, rounded up to whole ones.
pub(super) const fn percent_of(minutes: i64, percent: i64) -> i64 {
    (minutes * percent + 99) / 100
}
