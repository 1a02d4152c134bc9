//! Escalation 升级: who is told when a limit runs low or out. A clock says when each level is reached; what was fired is
//! kept by the hub under the clock and the level, so a level fires once whatever restarts or counts twice.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A share of the limit at which somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationLevel {
    /// 80 %: due soon.
    DueSoon,
    /// 100 %: due now.
    Due,
    /// 200 %: overdue by as much again.
    TwiceOver,
}

impl EscalationLevel {
    /// All three, lowest first.
    pub const ALL: [Self; 3] = [Self::DueSoon, Self::Due, Self::TwiceOver];

    /// The share of the limit.
    pub const fn percent(self) -> u16 {
        match self {
            Self::DueSoon => 80,
            Self::Due => 100,
            Self::TwiceOver => 200,
        }
    }

    /// The level of a share.
    pub fn from_percent(percent: u16) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| level.percent() == percent)
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::DueSoon => "已用时限的 80%，即将到期",
            Self::Due => "时限已到",
            Self::TwiceOver => "已达时限的两倍，严重超时",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::DueSoon => "80 % of the limit is used, due soon",
            Self::Due => "the limit has run out",
            Self::TwiceOver => "twice the limit is used, long overdue",
        }
    }
}

/// The instant at which a level is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Crossing {
    /// When.
    pub at: Timestamp,
    /// Which level.
    pub level: EscalationLevel,
}

/// What has to be fired now: reached, and not among what this clock has fired before. Lowest level first.
///
/// A hub that was down fires each level it missed, once.
pub fn to_fire(crossings: &[Crossing], fired: &[EscalationLevel], now: Timestamp) -> Vec<Crossing> {
    let mut due: Vec<Crossing> = crossings
        .iter()
        .filter(|crossing| crossing.at <= now && !fired.contains(&crossing.level))
        .copied()
        .collect();
    due.sort_by_key(|crossing| crossing.level);
    due.dedup_by_key(|crossing| crossing.level);
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_fires_once_and_in_order() {
        let at = Timestamp::from_millis;
        let crossings = [
            (300, EscalationLevel::TwiceOver),
            (80, EscalationLevel::DueSoon),
            (100, EscalationLevel::Due),
        ]
        .map(|(millis, level)| Crossing {
            at: at(millis),
            level,
        });
        let mut fired = Vec::new();
        let mut told = Vec::new();
        // Every wake-up of a hub, restarts and double counts among them.
        for now in [0, 79, 80, 80, 120, 120, 299, 300, 10_000] {
            for crossing in to_fire(&crossings, &fired, at(now)) {
                told.push((now, crossing.level.percent()));
                fired.push(crossing.level);
            }
        }
        assert_eq!(told, [(80, 80), (120, 100), (300, 200)]);
        let missed: Vec<_> = to_fire(&crossings, &[], at(10_000))
            .iter()
            .map(|crossing| crossing.level)
            .collect();
        assert_eq!(missed, EscalationLevel::ALL);
    }

    #[test]
    fn a_level_is_its_share() {
        for level in EscalationLevel::ALL {
            assert_eq!(EscalationLevel::from_percent(level.percent()), Some(level));
        }
        assert_eq!(EscalationLevel::from_percent(90), None);
    }
}
