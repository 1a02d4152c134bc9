//! Counting: which minutes a unit counts, how many lie between two instants, and when so many are over.
//!
//! Every working minute of a calendar has a number, in order. A limit adds its minutes to the number of its start and
//! looks up where that one ends. Both are one look-up in sums over the days, so ten years cost what an hour costs.

use super::calendar::{Calendar, missing};
use super::clock_limit::{ClockLimit, StageLimit};
use super::error::WorkingTimeError;
use super::hours::Hours;
use super::minute::{DAY_MINUTES, HOUR_MINUTES, LocalMinute};
use crate::class::{Limit, LimitUnit};
use crate::time::Timestamp;

/// The largest number of units a limit may have: more than 250 years of days.
pub const LIMIT_NUMBER_MAX: u32 = 100_000;

/// When a limit that starts at an instant is due: the end of the last minute it counts. Cost: under a microsecond.
///
/// # Errors
/// A limit of nothing or too long; a year without calendar on the way, for the units that need one.
pub fn due(
    start: Timestamp,
    limit: Limit,
    calendar: &Calendar,
    hours: &Hours,
) -> Result<Timestamp, WorkingTimeError> {
    let meter = Meter::new(limit.unit, calendar, hours);
    meter.after(start, meter.minutes_of(limit)?)
}

/// When so many minutes of 紧急工作时 after an instant are over. They need no calendar. Cost: nothing.
pub fn urgent_minutes_after(from: Timestamp, minutes: u32) -> Timestamp {
    let start = LocalMinute::at_or_after(from);
    LocalMinute(start.0.saturating_add(i64::from(minutes))).to_timestamp()
}

/// How many minutes that a unit counts lie between two instants; 0 when they stand the other way round.
///
/// # Errors
/// A year without calendar on the way, for the units that need one.
pub fn elapsed_minutes(
    from: Timestamp,
    to: Timestamp,
    unit: LimitUnit,
    calendar: &Calendar,
    hours: &Hours,
) -> Result<i64, WorkingTimeError> {
    Meter::new(unit, calendar, hours).elapsed(from, to)
}

/// Counts the minutes of one unit.
#[derive(Debug, Clone, Copy)]
pub struct Meter<'a> {
    unit: LimitUnit,
    calendar: &'a Calendar,
    hours: &'a Hours,
}

impl<'a> Meter<'a> {
    /// The meter of a unit.
    pub const fn new(unit: LimitUnit, calendar: &'a Calendar, hours: &'a Hours) -> Self {
        Self {
            unit,
            calendar,
            hours,
        }
    }

    /// The same calendar and hours for another unit.
    pub(super) const fn for_unit(self, unit: LimitUnit) -> Self {
        Self { unit, ..self }
    }

    /// The same calendar and unit with other hours.
    pub(super) const fn with_hours(self, hours: &'a Hours) -> Self {
        Self { hours, ..self }
    }

    /// The unit.
    pub const fn unit(&self) -> LimitUnit {
        self.unit
    }

    /// The calendar it counts with.
    pub const fn calendar(&self) -> &'a Calendar {
        self.calendar
    }

    /// The hours it counts with.
    pub const fn hours(&self) -> &'a Hours {
        self.hours
    }

    /// Whether only working minutes count. The other two units need no calendar.
    pub const fn is_working(&self) -> bool {
        matches!(self.unit, LimitUnit::WorkHour | LimitUnit::WorkDay)
    }

    /// The minutes of one unit.
    pub fn unit_minutes(&self) -> i64 {
        match self.unit {
            LimitUnit::UrgentHour | LimitUnit::WorkHour => HOUR_MINUTES,
            LimitUnit::WorkDay => i64::from(self.hours.minutes_per_day()),
            LimitUnit::NaturalDay => DAY_MINUTES,
        }
    }

    /// The minutes of a limit; its unit counts, not that of the meter.
    ///
    /// # Errors
    /// It is nothing, or too long.
    pub fn minutes_of(&self, limit: Limit) -> Result<i64, WorkingTimeError> {
        match limit.number {
            0 => Err(WorkingTimeError::LimitZero),
            number if number > LIMIT_NUMBER_MAX => Err(WorkingTimeError::LimitTooLong { number }),
            number => Ok(i64::from(number) * self.for_unit(limit.unit).unit_minutes()),
        }
    }

    /// The minutes of what a clock may use.
    pub(super) fn minutes_allowed(&self, limit: ClockLimit) -> Result<i64, WorkingTimeError> {
        match limit {
            ClockLimit::Units(limit) => self.minutes_of(limit),
            ClockLimit::Minutes(StageLimit { minutes, .. }) => match minutes {
                0 => Err(WorkingTimeError::LimitZero),
                number if number > LIMIT_NUMBER_MAX => {
                    Err(WorkingTimeError::LimitTooLong { number })
                }
                minutes => Ok(i64::from(minutes)),
            },
        }
    }

    /// When so many counted minutes after an instant are over. With 0 or less, the instant's own minute.
    ///
    /// # Errors
    /// A year without calendar on the way.
    pub fn after(&self, from: Timestamp, minutes: i64) -> Result<Timestamp, WorkingTimeError> {
        let end = self.minute_after(LocalMinute::at_or_after(from), minutes)?;
        Ok(end.to_timestamp())
    }

    /// When the first counted minute at or after an instant begins: where a limit starts.
    ///
    /// # Errors
    /// A year without calendar on the way.
    pub fn first(&self, from: Timestamp) -> Result<Timestamp, WorkingTimeError> {
        let end = self.minute_after(LocalMinute::at_or_after(from), 1)?;
        Ok(LocalMinute(end.0 - 1).to_timestamp())
    }

    /// How many counted minutes lie whole between two instants; 0 when they stand the other way round.
    ///
    /// # Errors
    /// A year without calendar on the way.
    pub fn elapsed(&self, from: Timestamp, to: Timestamp) -> Result<i64, WorkingTimeError> {
        self.between(
            LocalMinute::at_or_after(from),
            LocalMinute::at_or_before(to),
        )
    }

    pub(super) fn minute_after(
        &self,
        from: LocalMinute,
        minutes: i64,
    ) -> Result<LocalMinute, WorkingTimeError> {
        if minutes <= 0 {
            return Ok(from);
        }
        if !self.is_working() {
            return Ok(LocalMinute(from.0.saturating_add(minutes)));
        }
        let run = self.calendar.run(from.day())?;
        let a_day = i64::from(self.hours.minutes_per_day());
        let last = self.number(run, from).saturating_add(minutes - 1);
        let day = run.working_day(last / a_day)?;
        let end = self.hours.end_of(last % a_day);
        Ok(LocalMinute(LocalMinute::of_day(day).0 + end))
    }

    pub(super) fn between(
        &self,
        from: LocalMinute,
        to: LocalMinute,
    ) -> Result<i64, WorkingTimeError> {
        if to <= from {
            return Ok(0);
        }
        if !self.is_working() {
            return Ok(to.0.saturating_sub(from.0));
        }
        let run = self.calendar.run(from.day())?;
        // Midnight at the end of the last year still belongs to it: nothing of the next one is counted.
        if to > LocalMinute::of_day(run.end_day()) {
            return Err(missing(run.end_day()));
        }
        Ok(self.number(run, to) - self.number(run, from))
    }

    /// How many working minutes of the run lie before a minute of it, or before its end.
    fn number(&self, run: &super::calendar::Run, minute: LocalMinute) -> i64 {
        let day = minute.day();
        let whole = run.working_before(day) * i64::from(self.hours.minutes_per_day());
        if day < run.end_day() && run.is_working(day) {
            whole + self.hours.before(minute.minute_of_day())
        } else {
            whole
        }
    }
}
