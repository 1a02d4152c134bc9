//! The working calendar that the binary carries, so that a new hub counts limits before anybody has loaded a table.

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
}
