//! The working calendar: Monday to Friday, less statutory holidays, plus swapped working weekends 调休. Data with an
//! edition; a year it does not cover is said, never guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use super::calendar_csv::CalendarError;
use super::error::WorkingTimeError;
use super::minute::{date_of, day_of};

/// Years a calendar may speak of.
pub const CALENDAR_YEARS: RangeInclusive<i16> = 1949..=2200;
/// Special days one calendar may hold: a decade of years in which every day is named.
pub const CALENDAR_DAYS_MAX: usize = 3_660;

/// A day that has a name: one off, or one that is worked instead of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// Which day.
    pub date: Date,
    /// Whether it is worked.
    pub working: bool,
    /// For which holiday, e.g. `National Day`.
    pub why: String,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// An ordinary day of work.
    Workday,
    /// A Saturday or Sunday at its ordinary use.
    Weekend,
    /// A day off, by name. Saturdays and Sundays that the calendar names are such too.
    Holiday(&'a str),
    /// A Saturday or Sunday that is worked for a holiday 调休, by its name.
    Swapped(&'a str),
}

impl DayKind<'_> {
    /// Whether it is worked.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Workday | Self::Swapped(_))
    }
}

/// One edition of the calendar. A limit is counted with the edition its case was filed under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    edition: String,
    years: BTreeSet<i16>,
    special: BTreeMap<i64, SpecialDay>,
    runs: Vec<Run>,
}

/// Covered years without a gap, as sums over their days: a limit is then one subtraction and one look-up, however long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Days since 1970-01-01.
    pub(super) first_day: i64,
    /// How many working days lie before each day of the run, and after the last in all: one more than days.
    working_before: Vec<u32>,
    /// Which day of the run the n-th working day is.
    working_days: Vec<u32>,
}

impl Calendar {
    /// Builds a calendar. Cost: a few microseconds a year.
    ///
    /// # Errors
    /// No years, years beyond [`CALENDAR_YEARS`], too many days, a day named twice or outside the covered years.
    pub fn new(
        edition: &str,
        years: BTreeSet<i16>,
        days: Vec<SpecialDay>,
    ) -> Result<Self, CalendarError> {
        if let Some(year) = years.iter().find(|year| !CALENDAR_YEARS.contains(*year)) {
            return Err(CalendarError::Year(*year));
        }
        if years.is_empty() {
            return Err(CalendarError::NoYears);
        }
        if days.len() > CALENDAR_DAYS_MAX {
            return Err(CalendarError::TooMany(days.len()));
        }
        let mut special = BTreeMap::new();
        for day in days {
            if !years.contains(&day.date.year()) {
                return Err(CalendarError::NotCovered(day.date));
            }
            let date = day.date;
            if special.insert(day_of(date), day).is_some() {
                return Err(CalendarError::Twice(date));
            }
        }
        let runs = runs(&years, &special);
        Ok(Self {
            edition: edition.to_owned(),
            years,
            special,
            runs,
        })
    }

    /// A calendar that covers no year: for limits that need none.
    pub const fn without_years() -> Self {
        Self {
            edition: String::new(),
            years: BTreeSet::new(),
            special: BTreeMap::new(),
            runs: Vec::new(),
        }
    }

    /// Name of the edition.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Covered years, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// The named days, in order.
    pub fn special_days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.special.values()
    }

    /// What a day is.
    ///
    /// # Errors
    /// The year is not covered.
    pub fn day(&self, date: Date) -> Result<DayKind<'_>, WorkingTimeError> {
        let year = date.year();
        if !self.years.contains(&year) {
            return Err(WorkingTimeError::YearMissing { year });
        }
        Ok(kind(&self.special, date))
    }

    /// The run that covers a day.
    pub(super) fn run(&self, day: i64) -> Result<&Run, WorkingTimeError> {
        // One run is the rule: a calendar with a gap between its years is an odd one.
        let found = self.runs.iter().find(|run| run.days().contains(&day));
        found.ok_or_else(|| missing(day))
    }
}

impl Run {
    /// All of its days.
    pub(super) fn days(&self) -> std::ops::Range<i64> {
        self.first_day..self.end_day()
    }

    /// The first day after it.
    pub(super) fn end_day(&self) -> i64 {
        self.first_day + self.working_before.len() as i64 - 1
    }

    /// How many working days lie before a day of the run, or before its end.
    pub(super) fn working_before(&self, day: i64) -> i64 {
        i64::from(self.working_before[(day - self.first_day) as usize])
    }

    /// Whether a day of the run is worked.
    pub(super) fn is_working(&self, day: i64) -> bool {
        self.working_before(day + 1) > self.working_before(day)
    }

    /// The n-th working day, from 0.
    ///
    /// # Errors
    /// It lies behind the run, in a year that is not covered.
    pub(super) fn working_day(&self, number: i64) -> Result<i64, WorkingTimeError> {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let day = self.working_days.get(number);
        day.map_or_else(
            || Err(missing(self.end_day())),
            |day| Ok(self.first_day + i64::from(*day)),
        )
    }
}

/// The year of a day is not covered.
pub(super) fn missing(day: i64) -> WorkingTimeError {
    let year = date_of(day).year();
    WorkingTimeError::YearMissing { year }
}

fn kind(special: &BTreeMap<i64, SpecialDay>, date: Date) -> DayKind<'_> {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    match special.get(&day_of(date)) {
        None if weekend => DayKind::Weekend,
        Some(day) if !day.working => DayKind::Holiday(&day.why),
        Some(day) if weekend => DayKind::Swapped(&day.why),
        None | Some(_) => DayKind::Workday,
    }
}

fn runs(years: &BTreeSet<i16>, special: &BTreeMap<i64, SpecialDay>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for year in years {
        let first = day_of(Date::constant(*year, 1, 1));
        if runs.last().is_none_or(|run| run.end_day() != first) {
            runs.push(Run {
                first_day: first,
                working_before: vec![0],
                working_days: Vec::new(),
            });
        }
        let Some(run) = runs.last_mut() else { continue };
        for day in first..day_of(Date::constant(*year, 12, 31)) + 1 {
            if kind(special, date_of(day)).is_working() {
                run.working_days.push((day - run.first_day) as u32);
            }
            run.working_before.push(run.working_days.len() as u32);
        }
    }
    runs
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn special(year: i16, month: i8, day: i8, working: bool) -> SpecialDay {
        SpecialDay {
            date: Date::constant(year, month, day),
            working,
            why: "National Day".into(),
        }
    }

    #[test]
    fn a_day_is_what_the_calendar_says_and_else_its_weekday() {
        let days = vec![
            special(2025, 10, 1, false),
            special(2025, 10, 4, false),
            special(2025, 10, 11, true),
            special(2025, 10, 14, true),
        ];
        let calendar = Calendar::new("e", BTreeSet::from([2025]), days).unwrap();
        let day = |month, day| calendar.day(Date::constant(2025, month, day)).unwrap();
        assert_eq!(day(10, 1), DayKind::Holiday("National Day"));
        assert_eq!(day(10, 2), DayKind::Workday);
        assert_eq!(day(10, 4), DayKind::Holiday("National Day"));
        assert_eq!(day(10, 5), DayKind::Weekend);
        assert_eq!(day(10, 11), DayKind::Swapped("National Day"));
        assert_eq!(day(10, 14), DayKind::Workday);
        assert_eq!(
            calendar.day(Date::constant(2026, 1, 1)),
            Err(WorkingTimeError::YearMissing { year: 2026 })
        );
    }

    #[test]
    fn sums_agree_with_the_days_one_by_one_over_a_gap_of_years() {
        let days = vec![special(2024, 10, 1, false), special(2025, 10, 11, true)];
        let years = BTreeSet::from([2021, 2024, 2025]);
        let calendar = Calendar::new("e", years, days).unwrap();
        assert_eq!(calendar.runs.len(), 2);
        for run in &calendar.runs {
            let mut counted = 0;
            for day in run.days() {
                assert_eq!(run.working_before(day), counted);
                let working = calendar.day(date_of(day)).unwrap().is_working();
                assert_eq!(run.is_working(day), working);
                if working {
                    assert_eq!(run.working_day(counted), Ok(day));
                    counted += 1;
                }
            }
            assert_eq!(run.working_before(run.end_day()), counted);
        }
        let year = |day: Date| calendar.run(day_of(day)).map(|_| ());
        assert_eq!(year(Date::constant(2024, 2, 29)), Ok(()));
        assert_eq!(
            year(Date::constant(2022, 1, 1)),
            Err(WorkingTimeError::YearMissing { year: 2022 })
        );
        assert_eq!(
            calendar.runs[0].working_day(400),
            Err(WorkingTimeError::YearMissing { year: 2022 })
        );
    }

    #[test]
    fn what_cannot_be_right_is_refused() {
        let build = |years: &[i16], days| Calendar::new("e", years.iter().copied().collect(), days);
        assert!(matches!(build(&[], vec![]), Err(CalendarError::NoYears)));
        assert!(matches!(
            build(&[1948], vec![]),
            Err(CalendarError::Year(1948))
        ));
        let day = special(2025, 10, 1, false);
        assert!(matches!(
            build(&[2025], vec![day.clone(), day.clone()]),
            Err(CalendarError::Twice(_))
        ));
        assert!(matches!(
            build(&[2024], vec![day.clone()]),
            Err(CalendarError::NotCovered(_))
        ));
        assert!(matches!(
            build(&[2025], vec![day; CALENDAR_DAYS_MAX + 1]),
            Err(CalendarError::TooMany(_))
        ));
    }
}
