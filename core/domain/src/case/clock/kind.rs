//! Which clocks a case has.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::state::CaseState;

/// What a clock measures.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ClockKind {
    /// 处置时限: from filing until the feedback that a check lets stand.
    #[n(0)]
    Disposal,
    /// 受理: from the report until it is accepted or rejected; the time somebody looks does not count.
    #[n(1)]
    Acceptance,
    /// 核实.
    #[n(2)]
    Verify,
    /// 立案.
    #[n(3)]
    Filing,
    /// 派遣.
    #[n(4)]
    Dispatch,
    /// 接收.
    #[n(5)]
    Claim,
    /// 派核查.
    #[n(6)]
    SendCheck,
    /// 核查.
    #[n(7)]
    Check,
    /// 结案.
    #[n(8)]
    Close,
    /// 审核: of a matter that was settled on the spot.
    #[n(9)]
    Review,
}

impl ClockKind {
    /// Every kind, in the order of a case's life.
    pub const ALL: [Self; 10] = [
        Self::Disposal,
        Self::Acceptance,
        Self::Verify,
        Self::Filing,
        Self::Dispatch,
        Self::Claim,
        Self::SendCheck,
        Self::Check,
        Self::Close,
        Self::Review,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Disposal => "disposal",
            Self::Acceptance => "acceptance",
            Self::Verify => "verify",
            Self::Filing => "filing",
            Self::Dispatch => "dispatch",
            Self::Claim => "claim",
            Self::SendCheck => "send_check",
            Self::Check => "check",
            Self::Close => "close",
            Self::Review => "review",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Disposal => "处置时限",
            Self::Acceptance => "受理环节",
            Self::Verify => "核实环节",
            Self::Filing => "立案环节",
            Self::Dispatch => "派遣环节",
            Self::Claim => "接收环节",
            Self::SendCheck => "派核查环节",
            Self::Check => "核查环节",
            Self::Close => "结案环节",
            Self::Review => "自处置审核环节",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Disposal => "disposal limit",
            Self::Acceptance => "acceptance",
            Self::Verify => "verification",
            Self::Filing => "filing",
            Self::Dispatch => "dispatch",
            Self::Claim => "claim",
            Self::SendCheck => "sending a check",
            Self::Check => "check",
            Self::Close => "closing",
            Self::Review => "review of a self-handled matter",
        }
    }

    /// The stage that begins when a case goes from one state to another; none where no other begins.
    pub fn begun(before: CaseState, after: CaseState) -> Option<Self> {
        let begins = |kind: &Self| {
            let states = kind.states();
            states.contains(&after) && !states.contains(&before)
        };
        Self::ALL.into_iter().find(begins)
    }

    /// Whether the stage lies before filing, so that a case has no handling class in it.
    pub const fn is_before_filing(self) -> bool {
        matches!(
            self,
            Self::Acceptance | Self::Verify | Self::Filing | Self::Review
        )
    }

    /// The states in which a stage's clock is open; of the disposal none, it follows from what was done.
    pub(super) const fn states(self) -> &'static [CaseState] {
        match self {
            Self::Disposal => &[],
            Self::Acceptance => &[CaseState::Reported, CaseState::Verifying],
            Self::Verify => &[CaseState::Verifying],
            Self::Filing => &[CaseState::Accepted],
            Self::Dispatch => &[CaseState::Filed],
            Self::Claim => &[CaseState::Dispatched],
            Self::SendCheck => &[CaseState::FedBack],
            Self::Check => &[CaseState::Checking],
            Self::Close => &[CaseState::ToClose],
            Self::Review => &[CaseState::SelfDone, CaseState::SelfReview],
        }
    }
}

/// A clock of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ClockId {
    /// What it measures.
    pub kind: ClockKind,
    /// The how many-th of its kind, from 1: a stage that comes again has a new clock, and a round that was reopened a new
    /// disposal.
    pub turn: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_its_id_and_has_states_of_its_own() {
        for kind in ClockKind::ALL {
            assert_eq!(ClockKind::from_id(kind.id()), Some(kind));
            assert_eq!(kind.states().is_empty(), kind == ClockKind::Disposal);
        }
        assert_eq!(ClockKind::from_id("lunch"), None);
    }
}
