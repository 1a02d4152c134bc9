//! How often a device may ask for what costs the hub more than the device: a comparison reads the name of every change in
//! its scopes for two kilobytes, a piece that a courier brings costs verifications whoever made it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use xunge_domain::ids::InstallationId;
use xunge_domain::time::Timestamp;
use xunge_sync::device::COMPARISONS_MAX;

/// Most exchanges of one device in an hour: two whole comparisons of stores that could hardly differ more.
pub const COMPARED_PER_HOUR_MAX: u32 = 2 * COMPARISONS_MAX;

/// Most pieces that one device hands up in an hour: more than a parcel with its photos has.
pub const CARRIED_PER_HOUR_MAX: u32 = 512;

/// Turns of comparing.
pub type ComparisonTurns = HourlyTurns<COMPARED_PER_HOUR_MAX>;
/// Turns of handing up what others made.
pub type CarriedTurns = HourlyTurns<CARRIED_PER_HOUR_MAX>;

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// Who took how many turns in this hour, of at most `MAX`. A hub that starts again has forgotten it.
#[derive(Debug, Default)]
pub struct HourlyTurns<const MAX: u32>(Mutex<Hour>);

#[derive(Debug, Default)]
struct Hour {
    number: i64,
    taken: HashMap<InstallationId, u32>,
}

impl<const MAX: u32> HourlyTurns<MAX> {
    /// Takes a turn, where the device has one left in this hour.
    pub fn take(&self, installation: &InstallationId, now: Timestamp) -> bool {
        let mut hour = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = now.as_millis().div_euclid(HOUR_MILLIS);
        if hour.number != number {
            *hour = Hour {
                number,
                taken: HashMap::new(),
            };
        }
        let taken = hour.taken.entry(*installation).or_default();
        let left = *taken < MAX;
        *taken += u32::from(left);
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_device_has_its_turns_and_new_ones_in_the_next_hour() {
        let turns = ComparisonTurns::default();
        let [one, other] = [1, 2].map(|byte| InstallationId::from_bytes([byte; 16]));
        let at = |millis| Timestamp::from_millis(millis);
        let granted = |installation| {
            let asked = (0..1_000).filter(|_| turns.take(installation, at(5)));
            u32::try_from(asked.count())
        };
        assert_eq!(granted(&one), Ok(COMPARED_PER_HOUR_MAX));
        assert_eq!(granted(&other), Ok(COMPARED_PER_HOUR_MAX));
        assert!(!turns.take(&one, at(HOUR_MILLIS - 1)));
        assert!(turns.take(&one, at(HOUR_MILLIS)));
        // A clock that is set back begins another hour as well.
        assert!(turns.take(&one, at(-1)));
    }
}
