//! Where a check-in can stand.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The states.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum CheckinState {
    /// 待裁定: opened on a phone, not ruled yet.
    #[n(0)]
    Draft,
    /// 待应答: the other side has not answered.
    #[n(1)]
    Opened,
    /// 进行中: answered by one of the other side at least.
    #[n(2)]
    UnderWay,
    /// 未接受: the other side said no.
    #[n(3)]
    Refused,
    /// 已办结. Thanks, follow-up and agreement may still come.
    #[n(4)]
    Closed,
}

impl CheckinState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Opened,
        Self::UnderWay,
        Self::Refused,
        Self::Closed,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Opened => "opened",
            Self::UnderWay => "under_way",
            Self::Refused => "refused",
            Self::Closed => "closed",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Draft => "待裁定",
            Self::Opened => "待应答",
            Self::UnderWay => "进行中",
            Self::Refused => "未接受",
            Self::Closed => "已办结",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}
