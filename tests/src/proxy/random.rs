//! Seeded randomness: the same seed gives the same bad day on every machine.

/// `SplitMix64`: a few lines, no dependency, good enough to decide where a
/// connection breaks. Never for keys.
#[derive(Debug, Clone)]
pub struct SplitMix {
    state: u64,
}

impl SplitMix {
    /// A stream that is a pure function of its seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// An independent stream for the item numbered `number` of one seed, so that
    /// what one connection draws does not depend on what others drew before it.
    #[must_use]
    pub fn of(seed: u64, number: u64) -> Self {
        let mut mixer = Self::new(seed ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Self::new(mixer.next_u64())
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0. The bias of the remainder is
    /// below one in 2^32 for every bound used here.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        self.next_u64() % bound
    }

    /// True with the probability `share` (0.0 never, 1.0 always).
    pub fn chance(&mut self, share: f64) -> bool {
        // 53 bits fill the mantissa of an f64 exactly.
        #[expect(
            clippy::cast_precision_loss,
            reason = "53 bits fit an f64 without loss"
        )]
        let unit = (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        unit < share
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix;

    #[test]
    fn it_is_the_published_generator() {
        let mut random = SplitMix::new(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
        assert_eq!(random.next_u64(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn chance_keeps_its_ends_and_its_middle() {
        let mut random = SplitMix::new(7);
        assert!((0..1_000).all(|_| random.chance(1.0)));
        assert!((0..1_000).all(|_| !random.chance(0.0)));
        let hits = (0..10_000).filter(|_| random.chance(0.25)).count();
        assert!((2_200..2_800).contains(&hits), "{hits} of 10,000 at 0.25");
    }

    #[test]
    fn streams_of_one_seed_differ_and_repeat() {
        let draw = |number| SplitMix::of(3, number).next_u64();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_ne!(draw(1), SplitMix::of(4, 1).next_u64());
    }

    #[test]
    fn below_stays_below() {
        let mut random = SplitMix::new(11);
        assert!((0..1_000).all(|_| random.below(3) < 3));
        assert_eq!(random.below(0), 0);
    }
}
