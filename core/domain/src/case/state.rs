//! The states of a case (domain.md §3).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum CaseState {
    /// 草稿: not ruled reported yet.
    #[n(0)]
    Draft,
    /// 已上报.
    #[n(1)]
    Reported,
    /// 核实中.
    #[n(2)]
    Verifying,
    /// 已受理.
    #[n(3)]
    Accepted,
    /// 已立案.
    #[n(4)]
    Filed,
    /// 已派遣.
    #[n(5)]
    Dispatched,
    /// 处置中.
    #[n(6)]
    Disposing,
    /// 已反馈.
    #[n(7)]
    FedBack,
    /// 核查中.
    #[n(8)]
    Checking,
    /// 待结案.
    #[n(9)]
    ToClose,
    /// 已结案.
    #[n(10)]
    Closed,
    /// 不予受理.
    #[n(11)]
    Rejected,
    /// 作废.
    #[n(12)]
    Void,
    /// 挂账.
    #[n(13)]
    OnHold,
    /// 已自行处置.
    #[n(14)]
    SelfDone,
    /// 自处置待审.
    #[n(15)]
    SelfReview,
    /// 无效.
    #[n(16)]
    Invalid,
}

impl CaseState {
    /// Every state.
    pub const ALL: [Self; 17] = [
        Self::Draft,
        Self::Reported,
        Self::Verifying,
        Self::Accepted,
        Self::Filed,
        Self::Dispatched,
        Self::Disposing,
        Self::FedBack,
        Self::Checking,
        Self::ToClose,
        Self::Closed,
        Self::Rejected,
        Self::Void,
        Self::OnHold,
        Self::SelfDone,
        Self::SelfReview,
        Self::Invalid,
    ];

    /// The state's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Reported => "reported",
            Self::Verifying => "verifying",
            Self::Accepted => "accepted",
            Self::Filed => "filed",
            Self::Dispatched => "dispatched",
            Self::Disposing => "disposing",
            Self::FedBack => "fed_back",
            Self::Checking => "checking",
            Self::ToClose => "to_close",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Void => "void",
            Self::OnHold => "on_hold",
            Self::SelfDone => "self_done",
            Self::SelfReview => "self_review",
            Self::Invalid => "invalid",
        }
    }

    /// The Chinese words a person reads.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Draft => "待裁定",
            Self::Reported => "已上报",
            Self::Verifying => "核实中",
            Self::Accepted => "已受理",
            Self::Filed => "已立案",
            Self::Dispatched => "已派遣",
            Self::Disposing => "处置中",
            Self::FedBack => "已反馈",
            Self::Checking => "核查中",
            Self::ToClose => "待结案",
            Self::Closed => "已结案",
            Self::Rejected => "不予受理",
            Self::Void => "已作废",
            Self::OnHold => "已挂账",
            Self::SelfDone => "已自行处置",
            Self::SelfReview => "自处置待审",
            Self::Invalid => "无效",
        }
    }

    /// A state from which nothing but a reopening leads on.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Rejected | Self::Void | Self::Invalid
        )
    }

    /// A state by its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}
