//! Why a limit is due when it is: every minute between start and deadline, told by what it was.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::calendar::{Calendar, DayKind};
use super::clock_limit::ClockLimit;
use super::error::WorkingTimeError;
use super::hours::Hours;
use super::meter::Meter;
use super::minute::{DAY_MINUTES, LocalMinute, date_of};
use crate::time::Timestamp;

/// A limit, explained. [`Explanation::zh`] and [`Explanation::en`] say it in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The start as given.
    pub start: Timestamp,
    /// When the first counted minute begins.
    pub counts_from: Timestamp,
    /// The limit.
    pub limit: ClockLimit,
    /// Its minutes.
    pub minutes: i64,
    /// Minutes of one unit.
    pub unit_minutes: i64,
    /// The end of the last counted minute.
    pub due: Timestamp,
    /// What lies between start and deadline and was not counted. `None`: the unit counts every minute.
    pub subtracted: Option<Subtracted>,
    /// The hours it was counted with.
    pub hours: Hours,
    /// The edition of the calendar.
    pub calendar_edition: String,
}

/// Time that was not counted. Its minutes and those of the limit are together all minutes from the start (its minute
/// rounded up) to the deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Subtracted {
    /// Nights that were touched.
    pub nights: u32,
    /// Their minutes: on working days, before the hours begin and after they end.
    pub night_minutes: i64,
    /// Breaks between two spans of hours that were touched, e.g. lunch.
    pub breaks: u32,
    /// Their minutes.
    pub break_minutes: i64,
    /// Saturdays and Sundays.
    #[serde(serialize_with = "written")]
    pub weekend_days: Vec<Date>,
    /// Their minutes.
    pub weekend_minutes: i64,
    /// Holidays by name and year, in order.
    pub holidays: Vec<HolidayTaken>,
    /// Saturdays and Sundays that were worked and counted 调休.
    pub swapped_days: Vec<SwappedDay>,
}

/// A holiday that was subtracted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolidayTaken {
    /// Its name as the calendar writes it.
    pub name: String,
    /// Its days.
    #[serde(serialize_with = "written")]
    pub days: Vec<Date>,
    /// Their minutes.
    pub minutes: i64,
}

/// A day that was counted although it is a Saturday or Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SwappedDay {
    /// Which.
    #[serde(serialize_with = "day_written")]
    pub day: Date,
    /// For which holiday, as the calendar writes it.
    pub name: String,
}

/// `2025-07-05`: jiff's own serde is a feature that nothing else needs.
fn day_written<S: Serializer>(day: &Date, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(day)
}

fn written<S: Serializer>(days: &[Date], out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(days.iter().map(ToString::to_string))
}

impl Subtracted {
    /// All minutes that were not counted.
    pub fn minutes(&self) -> i64 {
        let holidays: i64 = self.holidays.iter().map(|holiday| holiday.minutes).sum();
        self.night_minutes + self.break_minutes + self.weekend_minutes + holidays
    }
}

/// Explains when a limit is due. Cost: a microsecond a day on the way; [`super::due`] alone needs none of it.
///
/// # Errors
/// As [`super::due`].
pub fn explain(
    start: Timestamp,
    limit: impl Into<ClockLimit>,
    calendar: &Calendar,
    hours: &Hours,
) -> Result<Explanation, WorkingTimeError> {
    let limit = limit.into();
    let meter = Meter::new(limit.unit(), calendar, hours);
    let minutes = meter.minutes_allowed(limit)?;
    let from = LocalMinute::at_or_after(start);
    let due = meter.minute_after(from, minutes)?;
    let subtracted = if meter.is_working() {
        Some(subtracted(from, due, calendar, hours)?)
    } else {
        None
    };
    Ok(Explanation {
        start,
        counts_from: meter.first(start)?,
        limit,
        minutes,
        unit_minutes: meter.unit_minutes(),
        due: due.to_timestamp(),
        subtracted,
        hours: hours.clone(),
        calendar_edition: calendar.edition().to_owned(),
    })
}

fn subtracted(
    from: LocalMinute,
    due: LocalMinute,
    calendar: &Calendar,
    hours: &Hours,
) -> Result<Subtracted, WorkingTimeError> {
    let mut taken = Subtracted::default();
    // A night from one working day into the next is one, not two.
    let mut night_goes_on = false;
    for day in from.day()..=LocalMinute(due.0 - 1).day() {
        let begin = (from.0 - LocalMinute::of_day(day).0).max(0);
        let end = (due.0 - LocalMinute::of_day(day).0).min(DAY_MINUTES);
        let date = date_of(day);
        match calendar.day(date)? {
            kind @ (DayKind::Workday | DayKind::Swapped(_)) => {
                night_goes_on = off_hours(&mut taken, hours, begin, end, night_goes_on);
                if let DayKind::Swapped(name) = kind
                    && hours.before(end) > hours.before(begin)
                {
                    taken.swapped_days.push(SwappedDay {
                        day: date,
                        name: name.to_owned(),
                    });
                }
            }
            DayKind::Weekend => {
                taken.weekend_days.push(date);
                taken.weekend_minutes += end - begin;
            }
            DayKind::Holiday(name) => {
                let same = |taken: &&mut HolidayTaken| {
                    let year = taken.days.first().map(|day| day.year());
                    taken.name == name && year == Some(date.year())
                };
                match taken.holidays.iter_mut().find(same) {
                    Some(holiday) => {
                        holiday.days.push(date);
                        holiday.minutes += end - begin;
                    }
                    None => taken.holidays.push(HolidayTaken {
                        name: name.to_owned(),
                        days: vec![date],
                        minutes: end - begin,
                    }),
                }
            }
        }
    }
    Ok(taken)
}

/// Adds the nights and breaks of a working day between two of its minutes; whether it ends in a night.
fn off_hours(
    taken: &mut Subtracted,
    hours: &Hours,
    begin: i64,
    end: i64,
    mut night_goes_on: bool,
) -> bool {
    let (Some(first), Some(last)) = (hours.spans().first(), hours.spans().last()) else {
        return night_goes_on;
    };
    let overlap = |from: u16, until: u16| (end.min(until.into()) - begin.max(from.into())).max(0);
    let morning = overlap(0, first.from);
    let evening = overlap(last.until, DAY_MINUTES as u16);
    if morning > 0 && !night_goes_on {
        taken.nights += 1;
    }
    taken.night_minutes += morning + evening;
    for pair in hours.spans().windows(2) {
        let minutes = overlap(pair[0].until, pair[1].from);
        taken.break_minutes += minutes;
        taken.breaks += u32::from(minutes > 0);
    }
    night_goes_on = evening > 0;
    taken.nights += u32::from(evening > 0);
    night_goes_on
}
