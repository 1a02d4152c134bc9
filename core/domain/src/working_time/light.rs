//! The light of a clock: how a matter stands at a glance.

use serde::{Deserialize, Serialize};

/// From this share of its limit on a matter is yellow.
pub(super) const YELLOW_PERCENT: i64 = 80;

/// Green below 80 % of the limit, yellow from 80 % until it is due, red after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Time enough.
    Green,
    /// Due soon.
    Yellow,
    /// Overdue.
    Red,
}

impl Light {
    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        let every = [Self::Green, Self::Yellow, Self::Red];
        every.into_iter().find(|light| light.id() == id)
    }

    /// What it means, in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Green => "绿灯：时间充足",
            Self::Yellow => "黄灯：即将到期",
            Self::Red => "红灯：已超时",
        }
    }

    /// What it means, in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Green => "green: in time",
            Self::Yellow => "yellow: due soon",
            Self::Red => "red: overdue",
        }
    }
}
