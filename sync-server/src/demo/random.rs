//! A seeded stream of numbers: the same seed gives the same city, on every machine.

/// `SplitMix64`: small, fast, and its whole state is one number. No secret is ever drawn from it.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A stream for `seed` and a purpose, so that one part of the city can change without moving the others.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let mut state = seed ^ 0x9E37_79B9_7F4A_7C15;
        for byte in purpose.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Self(state)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        (self.number() % bound as u64) as usize
    }

    /// A number from `low` up to, not including, `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.number() >> 11) as f64 / (1_u64 << 53) as f64;
        low + unit * (high - low)
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`; `None` when there are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let index = self.below(choices.len());
        choices.get(index)
    }

    /// One of `words`, empty when there are none.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.pick(words).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_is_one_stream_and_purposes_differ() {
        let draw = |seed, purpose| Random::new(seed, purpose).number();
        assert_eq!(draw(7, "grids"), draw(7, "grids"));
        assert_ne!(draw(7, "grids"), draw(7, "people"));
        assert_ne!(draw(7, "grids"), draw(8, "grids"));
    }

    #[test]
    fn stays_within_its_bounds() {
        let mut random = Random::new(1, "bounds");
        for _ in 0..1_000 {
            assert!(random.below(3) < 3);
            assert!((2.0..5.0).contains(&random.between(2.0, 5.0)));
        }
        assert_eq!(random.below(0), 0);
        assert!(random.pick::<u8>(&[]).is_none());
    }
}
