//! How long many of the same took.

use std::time::Duration;

use serde::Serialize;

/// The middle, the slowest hundredth and the slowest, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Spread {
    /// Half of them took at most this.
    pub p50: f64,
    /// Ninety-nine of a hundred took at most this.
    pub p99: f64,
    /// None took longer.
    pub max: f64,
}

impl Spread {
    /// Of these durations, by nearest rank: each figure is one that was measured.
    #[must_use]
    pub fn of(durations: &[Duration]) -> Self {
        let mut sorted = durations.to_vec();
        sorted.sort_unstable();
        let at = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100);
            let measured = sorted.get(rank.saturating_sub(1)).copied();
            measured.unwrap_or_default().as_secs_f64() * 1_000.0
        };
        Self {
            p50: at(50),
            p99: at(99),
            max: at(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_measured_ones() {
        let hundred: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        let spread = Spread::of(&hundred);
        assert_eq!((spread.p50, spread.p99, spread.max), (50.0, 99.0, 100.0));
        let one = Spread::of(&[Duration::from_millis(7)]);
        assert_eq!((one.p50, one.p99, one.max), (7.0, 7.0, 7.0));
        assert_eq!(Spread::of(&[]), Spread::default());
    }
}
