//! How much time a clock gives: units of the city's table for a matter, minutes for a stage of it.

use serde::{Deserialize, Serialize};

use crate::class::{Limit, LimitUnit};

/// 环节时限: a limit in minutes, which is how stages are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageLimit {
    /// How many.
    pub minutes: u32,
    /// Whether only working minutes count; otherwise every minute of the clock does.
    pub working: bool,
}

impl StageLimit {
    /// Working minutes.
    pub const fn working(minutes: u32) -> Self {
        Self {
            minutes,
            working: true,
        }
    }

    /// Minutes of the clock, day and night.
    pub const fn any(minutes: u32) -> Self {
        Self {
            minutes,
            working: false,
        }
    }
}

/// What a clock may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ClockLimit {
    /// Units of the city's table.
    Units(Limit),
    /// Minutes.
    Minutes(StageLimit),
}

impl ClockLimit {
    /// The unit by whose rule minutes are counted.
    pub const fn unit(self) -> LimitUnit {
        match self {
            Self::Units(limit) => limit.unit,
            Self::Minutes(StageLimit { working: true, .. }) => LimitUnit::WorkHour,
            Self::Minutes(StageLimit { working: false, .. }) => LimitUnit::UrgentHour,
        }
    }
}

impl ClockLimit {
    /// Whether only working minutes count, so that it takes a calendar to count them.
    pub const fn needs_calendar(self) -> bool {
        matches!(self.unit(), LimitUnit::WorkHour | LimitUnit::WorkDay)
    }
}

impl From<Limit> for ClockLimit {
    fn from(limit: Limit) -> Self {
        Self::Units(limit)
    }
}

impl From<StageLimit> for ClockLimit {
    fn from(limit: StageLimit) -> Self {
        Self::Minutes(limit)
    }
}
