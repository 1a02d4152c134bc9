//! From where on something is odd: data, so that a city can set it. The defaults say where they come from.

use serde::{Deserialize, Serialize};

use super::sample::RECHECK_MYRIAD;

/// From where on something is odd. As JSON every field may be left out and is the default then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RiskLimits {
    /// A clock that is off by more is a step. 300: phones that take the network's time are within seconds; the bundle's
    /// verdict has the same limit.
    pub clock_seconds: u32,
    /// Faster between two places is a jump. 120 km/h: an e-bike makes 25, no ring road in a city allows more than 100.
    pub speed_kmh: u32,
    /// Nearer than this is no jump, whatever the time: positioning among high houses is off by some hundred metres at
    /// times, and two fixes in one second would be a rocket.
    pub speed_metres_min: u32,
    /// Pieces further apart in time are not compared. Six hours: half a day's beat.
    pub speed_seconds_max: u32,
    /// Pictures that differ in no more bits are one picture, written again. 4: measured on scenes and camera files that
    /// were re-encoded at quality 30 or at a third of the size (`core/photo/tests/photo/alike.rs`).
    pub reused_bits_max: u32,
    /// Pictures of other cases that differ in no more bits look alike. 10: a crop by 2 % a side moves the look by up to 8;
    /// of 55,000 other pictures (a city's quarter of a year) one in 2,000 comes so near by chance, at 14 every fifth.
    pub alike_bits_max: u32,
    /// Within this distance pictures look alike because they show one place.
    pub alike_metres_min: u32,
    /// Before and after within this time are of one moment. 120: nothing is put right in two minutes.
    pub moment_seconds: u32,
    /// Before and after within this distance are from one spot. 15: what a good fix is worth.
    pub spot_metres: u32,
    /// Further outside of the unit grid than this is outside, and than three times the fix's accuracy. 100: as in the
    /// bundle's verdict on the place.
    pub grid_metres: u32,
    /// Of ten thousand cases that devices brought something for in a day, so many are sampled for a re-check. 200: one
    /// case in fifty, a beginning that a city changes.
    pub recheck_per_myriad: u32,
}

impl Default for RiskLimits {
    fn default() -> Self {
        Self {
            clock_seconds: 300,
            speed_kmh: 120,
            speed_metres_min: 1_000,
            speed_seconds_max: 6 * 3_600,
            reused_bits_max: 4,
            alike_bits_max: 10,
            alike_metres_min: 50,
            moment_seconds: 120,
            spot_metres: 15,
            grid_metres: 100,
            recheck_per_myriad: 200,
        }
    }
}

/// Limits that make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitsError {
    /// A hash has 64 bits, and half of them differ between pictures that have nothing in common.
    #[error("pictures that differ in {0} bits are not alike: give 24 at most")]
    Bits(u32),
    /// More than all.
    #[error("{0} of {RECHECK_MYRIAD} cases cannot be sampled")]
    Share(u32),
}

impl RiskLimits {
    /// Most bits that somebody may call alike.
    pub const BITS_MAX: u32 = 24;

    /// Whether the limits can be used.
    ///
    /// # Errors
    /// Which one cannot.
    pub fn check(&self) -> Result<(), LimitsError> {
        let bits = self.alike_bits_max.max(self.reused_bits_max);
        if bits > Self::BITS_MAX {
            return Err(LimitsError::Bits(bits));
        }
        if self.recheck_per_myriad > RECHECK_MYRIAD {
            return Err(LimitsError::Share(self.recheck_per_myriad));
        }
        Ok(())
    }
}
