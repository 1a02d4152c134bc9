//! The working calendar that the binary carries, so that a new hub counts limits before anybody has loaded a table.

use xunge_domain::tables::CalendarDay;
use xunge_domain::working_time::{Calendar, CalendarError};

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

/// The calendar that a hub counts with: an imported edition, and of the carried one the years that it does not cover. The
/// carried one alone where none was imported.
///
/// # Errors
/// Rows that make no calendar.
pub fn in_force(imported: Option<(&str, &[CalendarDay])>) -> Result<Calendar, CalendarError> {
    let carried = carried()?;
    match imported {
        Some((edition, days)) if !days.is_empty() => {
            Calendar::of_days(edition, days)?.completed_by(&carried)
        }
        _ => Ok(carried),
    }
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
    fn an_imported_edition_comes_first_and_the_carried_one_gives_the_other_years() {
        let own = [CalendarDay {
            date: "2026-03-03".into(),
            working: false,
            why: "城市日".into(),
        }];
        let calendar = in_force(Some(("city", &own))).unwrap();
        assert_eq!(calendar.edition(), "city");
        assert_eq!(
            calendar.years().collect::<Vec<_>>(),
            [2023, 2024, 2025, 2026]
        );
        let of_2026 = calendar
            .special_days()
            .filter(|day| day.date.year() == 2026);
        assert_eq!(of_2026.count(), 1);
        assert_eq!(in_force(None).unwrap(), carried().unwrap());
        assert_eq!(in_force(Some(("empty", &[]))).unwrap(), carried().unwrap());
    }
}
