//! Rates: so many messages in so many seconds, counted over a sliding window.

use serde::{Deserialize, Serialize};
use xunge_domain::time::Timestamp;

/// At most so many in so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// How many.
    pub most: u32,
    /// In how many seconds.
    pub seconds: u32,
}

impl RateLimit {
    const fn millis(self) -> i64 {
        self.seconds as i64 * 1_000
    }
}

/// When the next may be sent; nothing when now. `sent` in order, the newest last.
pub fn next_turn(sent: &[Timestamp], limits: &[RateLimit], now: Timestamp) -> Option<Timestamp> {
    let turns = limits.iter().filter_map(|limit| {
        let most = usize::try_from(limit.most).unwrap_or(usize::MAX);
        // The one that must have left the window.
        let place = sent.len().checked_sub(most)?;
        let first = sent.get(place).copied().unwrap_or(now);
        let turn = first.plus_millis(limit.millis());
        (turn > now).then_some(turn)
    });
    turns.max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_limit_says_when() {
        let at = |seconds| Timestamp::from_millis(seconds * 1_000);
        let limits = [
            RateLimit {
                most: 1,
                seconds: 60,
            },
            RateLimit {
                most: 3,
                seconds: 3_600,
            },
        ];
        let next = |sent: &[i64], now| {
            let sent: Vec<Timestamp> = sent.iter().copied().map(at).collect();
            next_turn(&sent, &limits, at(now))
        };
        assert_eq!(next(&[], 0), None);
        assert_eq!(next(&[100], 159), Some(at(160)));
        assert_eq!(next(&[100], 160), None);
        assert_eq!(next(&[0, 100, 200], 300), Some(at(3_600)));
        assert_eq!(next(&[0, 100, 200], 3_600), None);
        // Nothing may be sent at all.
        let never = [RateLimit {
            most: 0,
            seconds: 60,
        }];
        assert_eq!(next_turn(&[], &never, at(5)), Some(at(65)));
    }
}
