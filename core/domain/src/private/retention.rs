//! How long personal data is kept: data, so that a city can set it. The defaults say where they come from.

use serde::{Deserialize, Serialize};

use super::PrivateKind;
use crate::time::Timestamp;

/// Longest time that may be set: what the law allows for nothing of this sort.
pub const RETENTION_DAYS_MAX: u32 = 3_650;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// Days that each kind is kept from its receipt on. As JSON every field may be left out and is the default then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionDays {
    /// 1,095: three years, in which a claim for damages may be brought.
    pub witness: u32,
    /// 365: a case that comes back within the year finds who reported it.
    pub resident: u32,
    /// 365: as the name it belongs to.
    pub phone: u32,
    /// 365: as the name it belongs to.
    pub address: u32,
    /// 180: as long as logs are kept at least; what was said stands in the case in other words by then.
    pub voice_note: u32,
}

impl Default for RetentionDays {
    fn default() -> Self {
        Self {
            witness: 1_095,
            resident: 365,
            phone: 365,
            address: 365,
            voice_note: 180,
        }
    }
}

/// Times that make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind} cannot be kept for {days} days: give 1 to {RETENTION_DAYS_MAX}", kind = kind.id())]
pub struct RetentionUnfit {
    /// Of which kind.
    pub kind: PrivateKind,
    /// How many.
    pub days: u32,
}

impl RetentionDays {
    /// Days of a kind.
    pub const fn of(&self, kind: PrivateKind) -> u32 {
        match kind {
            PrivateKind::Witness => self.witness,
            PrivateKind::Resident => self.resident,
            PrivateKind::Phone => self.phone,
            PrivateKind::Address => self.address,
            PrivateKind::VoiceNote => self.voice_note,
        }
    }

    /// Until when a record of that kind is kept.
    pub fn until(&self, kind: PrivateKind, received_at: Timestamp) -> Timestamp {
        received_at.plus_millis(i64::from(self.of(kind)).saturating_mul(DAY_MILLIS))
    }

    /// Whether the times can be used.
    ///
    /// # Errors
    /// Which one cannot.
    pub fn check(&self) -> Result<(), RetentionUnfit> {
        for kind in PrivateKind::ALL {
            let days = self.of(kind);
            if !(1..=RETENTION_DAYS_MAX).contains(&days) {
                return Err(RetentionUnfit { kind, days });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_has_its_default_and_nonsense_is_named() {
        let read = |json: &str| serde_json::from_str::<RetentionDays>(json);
        assert!(read("{}").is_ok_and(|days| days == RetentionDays::default()));
        assert!(RetentionDays::default().check().is_ok());
        let set = read(r#"{"phone": 30}"#);
        assert!(set.is_ok_and(|days| days.phone == 30 && days.witness == 1_095));
        assert!(read(r#"{"face": 1}"#).is_err());
        for days in [0, RETENTION_DAYS_MAX + 1] {
            let unfit = RetentionDays {
                address: days,
                ..RetentionDays::default()
            };
            let kind = PrivateKind::Address;
            assert_eq!(unfit.check(), Err(RetentionUnfit { kind, days }));
        }
    }

    #[test]
    fn a_day_has_twenty_four_hours_and_time_has_an_end() {
        let days = RetentionDays {
            phone: 1,
            ..RetentionDays::default()
        };
        let until = days.until(PrivateKind::Phone, Timestamp::from_millis(5));
        assert_eq!(until.as_millis(), 5 + 86_400_000);
        let late = Timestamp::from_millis(i64::MAX);
        assert_eq!(days.until(PrivateKind::Phone, late), late);
    }
}
