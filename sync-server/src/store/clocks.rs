//! The clocks of cases as lists and the escalation need them, and the ledger of what was escalated.

use xunge_domain::case::clock::ClockId;
use xunge_domain::ids::{CaseId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Crossing, EscalationLevel, Light};

use super::StoreError;

/// A clock of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    /// Whose.
    pub document: CaseId,
    /// Which.
    pub clock: ClockId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it is due; `None` where that cannot be computed.
    pub deadline: Option<Timestamp>,
    /// When levels were or will be reached, at most one of each.
    pub crossings: Vec<Crossing>,
    /// Its light while it stands still; `None` while it runs.
    pub stands_in: Option<Light>,
    /// Stable code of why it cannot be computed, or not all of it.
    pub trouble: Option<String>,
    /// Whether lists show this one of its case.
    pub listed: bool,
    /// When the first level is reached that was not told yet.
    pub next_at: Option<Timestamp>,
}

impl ClockRow {
    /// Its light at an instant; `None` where it cannot be computed.
    pub fn light(&self, now: Timestamp) -> Option<Light> {
        let deadline = self.deadline?;
        let soon =
            |crossing: &Crossing| crossing.level == EscalationLevel::DueSoon && crossing.at <= now;
        Some(match self.stands_in {
            Some(light) => light,
            None if now > deadline => Light::Red,
            None if self.crossings.iter().any(soon) => Light::Yellow,
            None => Light::Green,
        })
    }
}

/// A level that was told. This is what somebody is notified of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationRow {
    /// The line of the audit log that says so: its name.
    pub line: u64,
    /// Of which case.
    pub document: CaseId,
    /// Of which clock.
    pub clock: ClockId,
    /// Which level.
    pub level: EscalationLevel,
    /// When it was reached.
    pub reached_at: Timestamp,
    /// When the hub told.
    pub fired_at: Timestamp,
}

/// Looking clocks up.
pub trait ReadClocks {
    /// The clocks of a case.
    ///
    /// # Errors
    /// The database's trouble.
    fn clocks(&self, document: &CaseId) -> Result<Vec<ClockRow>, StoreError>;

    /// The clock that lists show of a case.
    ///
    /// # Errors
    /// The database's trouble.
    fn listed_clock(&self, document: &CaseId) -> Result<Option<ClockRow>, StoreError>;

    /// Clocks that have reached a level nobody was told of, the earliest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn clocks_to_fire(&self, now: Timestamp, limit: usize) -> Result<Vec<ClockRow>, StoreError>;

    /// Open cases behind `after`, by id, that have no clock yet or one that could not be computed.
    ///
    /// # Errors
    /// The database's trouble.
    fn cases_without_clocks(
        &self,
        after: Option<&CaseId>,
        limit: usize,
    ) -> Result<Vec<CaseId>, StoreError>;

    /// What was told of a case, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn escalations(&self, document: &CaseId) -> Result<Vec<EscalationRow>, StoreError>;

    /// Levels that somebody is still to be told by a channel, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn escalation_notices(
        &self,
        person: &PersonId,
        channel: &str,
    ) -> Result<Vec<EscalationRow>, StoreError>;

    /// What was told after a line of the log, oldest first: for whoever notifies people.
    ///
    /// # Errors
    /// The database's trouble.
    fn escalations_after(&self, line: u64, limit: usize) -> Result<Vec<EscalationRow>, StoreError>;
}

/// Keeping clocks.
pub trait WriteClocks {
    /// Puts the clocks of a case in the place of the older ones.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_clocks(&mut self, document: &CaseId, rows: &[ClockRow]) -> Result<(), StoreError>;

    /// Adds a level that is told. One that was told of that clock before is refused as a conflict.
    ///
    /// # Errors
    /// It was, or the database's trouble.
    fn add_escalation(&mut self, row: &EscalationRow) -> Result<(), StoreError>;

    /// Notes that somebody is to be told of a level, by its line, by a channel.
    ///
    /// # Errors
    /// The database's trouble.
    fn add_escalation_notice(
        &mut self,
        person: &PersonId,
        channel: &str,
        line: u64,
    ) -> Result<(), StoreError>;

    /// Takes away levels that somebody was told by a channel. Whether others are left.
    ///
    /// # Errors
    /// The database's trouble.
    fn remove_escalation_notices(
        &mut self,
        person: &PersonId,
        channel: &str,
        lines: &[u64],
    ) -> Result<bool, StoreError>;

    /// When the first level of a clock is reached that was not told yet.
    ///
    /// # Errors
    /// The database's trouble.
    fn set_next_level(
        &mut self,
        document: &CaseId,
        clock: ClockId,
        next_at: Option<Timestamp>,
    ) -> Result<(), StoreError>;
}
