//! Instants as integers, shown in the city's fixed offset. There is no `now()` here: time is an argument.

use std::fmt;

use jiff::tz::{Offset, TimeZone};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Encode,
    Decode,
    Serialize,
    Deserialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Timestamp(#[n(0)] i64);

/// China has one offset and no daylight saving: no tz database is needed.
fn china() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This instant, `millis` later; saturates at the ends of time.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this; saturates.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// `2025-06-30 11:00` in +08:00, for people.
    pub fn to_local_minute(self) -> String {
        self.format("%Y-%m-%d %H:%M")
    }

    /// `20250630` in +08:00, for numbers given by day.
    pub fn to_local_day(self) -> String {
        self.format("%Y%m%d")
    }

    /// Reads RFC 3339.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|time| Self(time.as_millisecond()))
    }

    /// Reads a time as people write it in +08:00: `2025-06-28 10:00`, with seconds where they matter, or with a `T` in
    /// between.
    pub fn from_local(text: &str) -> Option<Self> {
        let (date, time) = text.split_once([' ', 'T'])?;
        // Hours and minutes at least, no fractions, no offset: jiff alone would take more.
        if date.len() != 10 || !matches!(time.len(), 5 | 8) {
            return None;
        }
        let local: jiff::civil::DateTime = format!("{date}T{time}").parse().ok()?;
        let time = Offset::constant(8).to_timestamp(local).ok()?;
        Some(Self(time.as_millisecond()))
    }

    fn format(self, pattern: &str) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(time) => time
                .to_zoned_datetime(china())
                .strftime(pattern)
                .to_string(),
            // A device's clock is a claim: it may lie beyond the calendar, and must still be shown.
            Err(_) => format!("@{}", self.0),
        }
    }
}

/// RFC 3339 with seconds in +08:00.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.format("%Y-%m-%dT%H:%M:%S%:z"))
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn shows_the_demo_clock_in_china() {
        let clock = Timestamp::from_rfc3339("2025-06-30T11:00:00+08:00").expect("a time");
        assert_eq!(clock.to_string(), "2025-06-30T11:00:00+08:00");
        assert_eq!(clock.to_local_minute(), "2025-06-30 11:00");
        assert_eq!(clock.to_local_day(), "20250630");
    }

    #[test]
    fn reads_a_local_time_and_nothing_else() {
        let minute = Timestamp::from_local("2025-06-28 10:00").expect("a minute");
        assert_eq!(minute.to_local_minute(), "2025-06-28 10:00");
        for same in ["2025-06-28T10:00", "2025-06-28 10:00:00"] {
            assert_eq!(Timestamp::from_local(same), Some(minute));
        }
        let second = Timestamp::from_local("2025-06-28T10:00:30");
        assert_eq!(second, Some(minute.plus_millis(30_000)));
        for text in [
            "2025-06-28",
            "2025-06-28 10",
            "2025-06-28 10:00Z",
            "2025-06-31 10:00",
            "2025-06-28 24:00",
            "28.6.2025 10:00",
            "2025-06-28 1000+",
            "2025-06-28 10:00.5",
            "",
        ] {
            assert_eq!(Timestamp::from_local(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_impossible_clock_is_shown_not_refused() {
        assert_eq!(
            Timestamp::from_millis(i64::MAX).to_string(),
            format!("@{}", i64::MAX)
        );
        assert_eq!(
            Timestamp::from_millis(i64::MAX).plus_millis(1).as_millis(),
            i64::MAX
        );
    }
}
