//! When people of the demo city work. Only for a plausible history: no limit is computed from this.

use xunge_domain::time::Timestamp;

const MINUTE_MILLIS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;
/// China is eight hours ahead of UTC.
const OFFSET_MINUTES: i64 = 8 * 60;

/// Opening hours, in minutes of the local day.
#[derive(Debug, Clone, Copy)]
pub struct Hours {
    from: i64,
    to: i64,
    sundays: bool,
}

/// The command centre: two shifts, every day.
pub const CENTRE: Hours = Hours {
    from: 8 * 60,
    to: 20 * 60,
    sundays: true,
};
/// Departments and their crews: not on Sundays.
pub const CREWS: Hours = Hours {
    from: 7 * 60,
    to: 18 * 60 + 30,
    sundays: false,
};
/// Grid workers on their beats.
pub const PATROL: Hours = Hours {
    from: 7 * 60 + 30,
    to: 18 * 60 + 30,
    sundays: true,
};

fn local_minute(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(MINUTE_MILLIS) + OFFSET_MINUTES
}

fn from_local_minute(minute: i64) -> Timestamp {
    Timestamp::from_millis((minute - OFFSET_MINUTES) * MINUTE_MILLIS)
}

/// The local day of an instant, counted from 1970-01-01.
pub fn local_day(at: Timestamp) -> i64 {
    local_minute(at).div_euclid(DAY_MINUTES)
}

/// An instant by its local day and minute.
pub fn on_day(day: i64, minute: i64) -> Timestamp {
    from_local_minute(day * DAY_MINUTES + minute)
}

impl Hours {
    /// Minutes a day.
    pub const fn length(self) -> i64 {
        self.to - self.from
    }

    /// Minute of the day they begin.
    pub const fn begin(self) -> i64 {
        self.from
    }

    fn closed_on(self, day: i64) -> bool {
        // 1970-01-01 was a Thursday; 0 is Monday.
        !self.sundays && (day + 3).rem_euclid(7) == 6
    }

    /// `minutes` of open time after `at`.
    pub fn after(self, at: Timestamp, minutes: i64) -> Timestamp {
        let start = local_minute(at);
        let mut day = start.div_euclid(DAY_MINUTES);
        let mut minute = start.rem_euclid(DAY_MINUTES).max(self.from);
        let mut left = minutes;
        loop {
            if !self.closed_on(day) && minute < self.to {
                if left < self.to - minute {
                    return from_local_minute(day * DAY_MINUTES + minute + left);
                }
                left -= self.to - minute;
            }
            day += 1;
            minute = self.from;
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn after(hours: Hours, at: &str, minutes: i64) -> String {
        let at = Timestamp::from_rfc3339(at).unwrap();
        hours.after(at, minutes).to_local_minute()
    }

    #[test]
    fn waits_for_the_morning_and_skips_a_closed_sunday() {
        let late = "2025-06-28T18:00:00+08:00";
        assert_eq!(after(CREWS, late, 20), "2025-06-28 18:20");
        assert_eq!(after(CREWS, late, 60), "2025-06-30 07:30");
        assert_eq!(after(PATROL, late, 60), "2025-06-29 08:00");
        assert_eq!(
            after(CENTRE, "2025-06-28T03:00:00+08:00", 5),
            "2025-06-28 08:05"
        );
    }
}
