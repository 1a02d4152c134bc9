//! The rate of one direction: a token bucket shared by all connections.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How much unused time the bucket keeps. Without any, each late wake-up of the
/// machine would slow the link for good.
const BURST: Duration = Duration::from_millis(20);

/// One direction of the link.
#[derive(Debug, Default)]
pub(super) struct Lane {
    free_at: Mutex<Option<Instant>>,
}

impl Lane {
    /// Puts `bytes` on the lane at `now`: returns the moment at which the last
    /// of them has left.
    pub(super) fn reserve(&self, now: Instant, bytes: usize, rate: Option<u64>) -> Instant {
        let Some(rate) = rate else {
            return now;
        };
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let earliest = now.checked_sub(BURST).unwrap_or(now);
        let start = free_at.map_or(now, |free| free.max(earliest));
        let end = start + time_for(bytes, rate);
        *free_at = Some(end);
        end.max(now)
    }
}

fn time_for(bytes: usize, rate: u64) -> Duration {
    let nanoseconds = (bytes as u128) * 1_000_000_000 / u128::from(rate.max(1));
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{BURST, Lane};

    const RATE: Option<u64> = Some(1_000);

    #[test]
    fn without_a_rate_everything_leaves_at_once() {
        let now = Instant::now();
        assert_eq!(Lane::default().reserve(now, 1_000_000, None), now);
    }

    #[test]
    fn pieces_queue_behind_each_other() {
        let (lane, now) = (Lane::default(), Instant::now());
        assert_eq!(
            lane.reserve(now, 100, RATE),
            now + Duration::from_millis(100)
        );
        assert_eq!(
            lane.reserve(now, 200, RATE),
            now + Duration::from_millis(300)
        );
    }

    #[test]
    fn an_idle_lane_saves_no_more_than_its_burst() {
        let (lane, now) = (Lane::default(), Instant::now());
        let first = lane.reserve(now, 100, RATE);
        let later = first + Duration::from_secs(60);
        let second = lane.reserve(later, 100, RATE);
        assert_eq!(second, later + Duration::from_millis(100) - BURST);
    }

    #[test]
    fn a_late_wake_up_does_not_slow_the_lane() {
        let (lane, start) = (Lane::default(), Instant::now());
        let mut now = start;
        for _ in 0..100 {
            // Each time the caller comes back 3 ms too late.
            now = lane.reserve(now, 20, RATE) + Duration::from_millis(3);
        }
        let ideal = Duration::from_millis(2_000);
        let taken = now - start;
        assert!(taken < ideal + Duration::from_millis(10), "took {taken:?}");
    }
}
