//! The calendar out of rows of the city's table, and two editions as one.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar::{Calendar, SpecialDay};
use super::calendar_csv::CalendarError;
use crate::tables::CalendarDay;

impl Calendar {
    /// A calendar of the rows of an edition. It covers the years that have rows: no year is without a holiday.
    ///
    /// # Errors
    /// No rows, a row whose date is none, a day twice, years out of reach.
    pub fn of_days(edition: &str, days: &[CalendarDay]) -> Result<Self, CalendarError> {
        let mut special = Vec::with_capacity(days.len());
        for (index, day) in days.iter().enumerate() {
            let date: Date = day.date.parse().map_err(|_| CalendarError::Row {
                row: index + 1,
                text: day.date.chars().take(80).collect(),
                why: "the date is no day",
            })?;
            special.push(SpecialDay {
                date,
                working: day.working,
                why: day.why.clone(),
            });
        }
        let years: BTreeSet<i16> = special.iter().map(|day| day.date.year()).collect();
        Self::new(edition, years, special)
    }

    /// The named days as rows of the city's table.
    pub fn to_days(&self) -> Vec<CalendarDay> {
        let days = self.special_days().map(|day| CalendarDay {
            date: day.date.to_string(),
            working: day.working,
            why: day.why.clone(),
        });
        days.collect()
    }

    /// This calendar, and of `other` the years that this one does not cover. Nothing that was counted with this one comes
    /// out otherwise; what led into a year that was missing can be counted.
    ///
    /// # Errors
    /// More days in all than a calendar holds.
    pub fn completed_by(&self, other: &Self) -> Result<Self, CalendarError> {
        let own: BTreeSet<i16> = self.years().collect();
        let more = other.years().filter(|year| !own.contains(year));
        let years: BTreeSet<i16> = own.iter().copied().chain(more).collect();
        let days = other.special_days();
        let days = days.filter(|day| !own.contains(&day.date.year()));
        let days = self.special_days().chain(days).cloned().collect();
        Self::new(self.edition(), years, days)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn day(date: &str, working: bool) -> CalendarDay {
        CalendarDay {
            date: date.into(),
            working,
            why: "New Year's Day".into(),
        }
    }

    #[test]
    fn rows_become_a_calendar_of_their_years_and_go_back() {
        let rows = [day("2025-01-01", false), day("2026-01-01", false)];
        let calendar = Calendar::of_days("e", &rows).unwrap();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2025, 2026]);
        assert_eq!(calendar.to_days(), rows);
        assert!(Calendar::of_days("e", &[]).is_err());
        assert!(Calendar::of_days("e", &[day("2025-02-30", false)]).is_err());
    }

    #[test]
    fn another_edition_gives_years_and_changes_none() {
        let own = Calendar::of_days("own", &[day("2025-01-02", false)]).unwrap();
        let other = [day("2025-01-01", false), day("2026-01-01", false)];
        let other = Calendar::of_days("other", &other).unwrap();
        let both = own.completed_by(&other).unwrap();
        assert_eq!(both.edition(), "own");
        assert_eq!(
            both.to_days(),
            [day("2025-01-02", false), day("2026-01-01", false)]
        );
    }
}
