//! Whole minutes of +08:00: the grain in which limits are counted.

use jiff::civil::Date;

use crate::time::Timestamp;

/// Minutes of an hour.
pub(super) const HOUR_MINUTES: i64 = 60;
/// Minutes of a day.
pub(super) const DAY_MINUTES: i64 = 24 * HOUR_MINUTES;
const MINUTE_MILLIS: i64 = 60_000;
const OFFSET_MILLIS: i64 = 8 * HOUR_MINUTES * MINUTE_MILLIS;

/// An instant at the border of two minutes: minutes since 1970-01-01 00:00 in +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LocalMinute(pub(super) i64);

impl LocalMinute {
    /// The first border at or after an instant: where starts, holds and releases take effect.
    pub(super) const fn at_or_after(instant: Timestamp) -> Self {
        let floor = Self::at_or_before(instant);
        if floor.to_timestamp().as_millis() < instant.as_millis() {
            Self(floor.0 + 1)
        } else {
            floor
        }
    }

    /// The last border at or before an instant: minutes that are over by then.
    pub(super) const fn at_or_before(instant: Timestamp) -> Self {
        let local = instant.as_millis().saturating_add(OFFSET_MILLIS);
        Self(local.div_euclid(MINUTE_MILLIS))
    }

    /// The instant; saturates at the ends of time.
    pub(super) const fn to_timestamp(self) -> Timestamp {
        let local = self.0.saturating_mul(MINUTE_MILLIS);
        Timestamp::from_millis(local.saturating_sub(OFFSET_MILLIS))
    }

    /// Days since 1970-01-01.
    pub(super) const fn day(self) -> i64 {
        self.0.div_euclid(DAY_MINUTES)
    }

    /// Minutes since the day began, below 1440.
    pub(super) const fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(DAY_MINUTES)
    }

    /// The beginning of a day.
    pub(super) const fn of_day(day: i64) -> Self {
        Self(day.saturating_mul(DAY_MINUTES))
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1970-01-01.
pub(super) fn day_of(date: Date) -> i64 {
    // A civil date is at most 10,000 years from the epoch, so hours fit.
    let hours = date.duration_since(EPOCH).as_hours();
    hours.div_euclid(24)
}

/// The date of a day; beyond the calendar's ends, its ends.
pub(super) fn date_of(day: i64) -> Date {
    let days = jiff::Span::new().try_days(day);
    match days.and_then(|days| EPOCH.checked_add(days)) {
        Ok(date) => date,
        Err(_) if day < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_lies_between_two_borders_or_on_one() {
        for (millis, before, after) in [
            (0, 480, 480),
            (1, 480, 481),
            (59_999, 480, 481),
            (60_000, 481, 481),
            (-1, 479, 480),
            (-OFFSET_MILLIS - 1, -1, 0),
        ] {
            let instant = Timestamp::from_millis(millis);
            assert_eq!(LocalMinute::at_or_before(instant).0, before, "{millis}");
            assert_eq!(LocalMinute::at_or_after(instant).0, after, "{millis}");
        }
        let late = Timestamp::from_millis(i64::MAX);
        assert!(LocalMinute::at_or_after(late).0 > 0);
    }

    #[test]
    fn days_and_dates_are_one() {
        for (year, month, day, number) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2025, 6, 28, 20_267),
            (2024, 2, 29, 19_782),
        ] {
            let date = Date::constant(year, month, day);
            assert_eq!(day_of(date), number);
            assert_eq!(date_of(number), date);
        }
        assert_eq!(date_of(i64::MAX), Date::MAX);
        assert_eq!(date_of(i64::MIN), Date::MIN);
    }
}
