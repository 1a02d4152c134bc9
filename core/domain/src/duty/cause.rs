//! Why somebody does not take a task.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Why somebody does not take a task.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum DeclineCause {
    /// 身体不适.
    #[n(0)]
    Sick,
    /// 距离太远.
    #[n(1)]
    TooFar,
    /// 已看过: was there already, so somebody else should look.
    #[n(2)]
    AlreadySeen,
    /// 其他, in words.
    #[n(3)]
    Other,
}

impl DeclineCause {
    /// Every cause, in the order a screen offers them.
    pub const ALL: [Self; 4] = [Self::Sick, Self::TooFar, Self::AlreadySeen, Self::Other];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sick => "sick",
            Self::TooFar => "too_far",
            Self::AlreadySeen => "already_seen",
            Self::Other => "other",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.id() == id)
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Sick => "身体不适",
            Self::TooFar => "距离太远",
            Self::AlreadySeen => "已看过",
            Self::Other => "其他原因",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Sick => "sick",
            Self::TooFar => "too far away",
            Self::AlreadySeen => "has seen it already",
            Self::Other => "another reason",
        }
    }
}
