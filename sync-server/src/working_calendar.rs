//! The working calendar that the binary carries, so that a new hub counts limits before anybody has loaded a table.

use std::sync::OnceLock;

use xunge_domain::class::Limit;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, CalendarError, Hours, due};

use crate::cli::ORDINARY_HOURS;

/// Statutory holidays and swapped days as the State Council announced them; `data/README.md` has the source.
const DAYS: &[u8] = include_bytes!("../data/china-days.csv");

/// The edition of that calendar: what it is of, and until when it was announced.
pub const CARRIED_EDITION: &str = "国务院 2023-2026";

/// The carried calendar.
///
/// # Errors
/// It cannot be right; a test keeps that from shipping.
pub fn carried() -> Result<Calendar, CalendarError> {
    Calendar::from_csv(CARRIED_EDITION, DAYS)
}

/// When a limit from an instant is due, by the carried calendar and the hours of most offices: those of the departments are
/// not loaded yet. `None` for a year that the calendar does not cover. Cost: under a microsecond after the first.
pub fn due_at(limit: Limit, from: Timestamp) -> Option<Timestamp> {
    static CARRIED: OnceLock<Option<(Calendar, Hours)>> = OnceLock::new();
    let read = || Some((carried().ok()?, ORDINARY_HOURS.parse().ok()?));
    let (calendar, hours) = CARRIED.get_or_init(read).as_ref()?;
    due(from, limit, calendar, hours).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_carried_calendar_covers_what_its_edition_says() {
        let calendar = carried().unwrap();
        let years: Vec<_> = calendar.years().collect();
        assert_eq!(years, [2023, 2024, 2025, 2026]);
        assert!(calendar.edition().contains("2023-2026"));
        assert_eq!(calendar.special_days().count(), 100);
    }

    #[test]
    fn seven_working_days_from_a_saturday_end_on_the_second_tuesday() {
        use xunge_domain::class::LimitUnit;
        let limit = Limit {
            number: 7,
            unit: LimitUnit::WorkDay,
        };
        let from = |text| Timestamp::from_rfc3339(text).unwrap();
        let due = due_at(limit, from("2025-06-28T10:11:00+08:00"));
        assert_eq!(due, Some(from("2025-07-08T18:00:00+08:00")));
        assert_eq!(due_at(limit, from("2031-06-28T10:11:00+08:00")), None);
    }
}
