//! Actions: append-only requests for a decision. They do not merge, they are ruled.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::entry::Seal;
use crate::geo::Point;
use crate::ids::{DocumentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// How a case ends well or less well (结案).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum CloseOutcome {
    /// 正常.
    #[n(0)]
    Normal,
    /// 超时.
    #[n(1)]
    Overdue,
    /// 差错.
    #[n(2)]
    Error,
    /// 特殊.
    #[n(3)]
    Special,
}

impl CloseOutcome {
    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Normal => "正常",
            Self::Overdue => "超时",
            Self::Error => "差错",
            Self::Special => "特殊",
        }
    }
}

/// What is asked for, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "action")]
pub enum Act {
    /// 上报.
    #[n(0)]
    Report,
    /// 派核实: asks a grid worker to look.
    #[n(1)]
    SendVerify {
        /// Who is to look.
        #[n(0)]
        to: PersonId,
    },
    /// 核实.
    #[n(2)]
    Verify {
        /// True, false, or `None` for unclear.
        #[n(0)]
        result: Option<bool>,
        /// What was seen.
        #[n(1)]
        note: String,
    },
    /// 受理.
    #[n(3)]
    Accept,
    /// 不予受理.
    #[n(4)]
    Reject {
        /// Why, for its author to read.
        #[n(0)]
        reason: String,
        /// The case this one repeats; linked, never deleted.
        #[n(1)]
        duplicate_of: Option<DocumentId>,
    },
    /// 立案.
    #[n(5)]
    File {
        /// Code of the filing condition; it fixes the limit.
        #[n(0)]
        condition: String,
    },
    /// 派遣.
    #[n(6)]
    Dispatch {
        /// 主办.
        #[n(0)]
        lead: OrganisationId,
        /// 协办.
        #[n(1)]
        assist: Vec<OrganisationId>,
        /// 知会.
        #[n(2)]
        notify: Vec<OrganisationId>,
    },
    /// 接收.
    #[n(7)]
    Claim,
    /// 反馈.
    #[n(8)]
    Feedback {
        /// Where the author stood.
        #[n(0)]
        point: Option<Point>,
        /// What was done.
        #[n(1)]
        note: String,
    },
    /// 派核查.
    #[n(9)]
    SendCheck {
        /// Who is to check.
        #[n(0)]
        to: PersonId,
    },
    /// 核查.
    #[n(10)]
    Check {
        /// Whether the matter is settled.
        #[n(0)]
        passed: bool,
        /// Where the author stood.
        #[n(1)]
        point: Option<Point>,
        /// What was seen.
        #[n(2)]
        note: String,
    },
    /// 结案.
    #[n(11)]
    Close {
        /// How it ended.
        #[n(0)]
        outcome: CloseOutcome,
    },
}

/// The verb alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionName {
    /// 上报.
    Report,
    /// 派核实.
    SendVerify,
    /// 核实.
    Verify,
    /// 受理.
    Accept,
    /// 不予受理.
    Reject,
    /// 立案.
    File,
    /// 派遣.
    Dispatch,
    /// 接收.
    Claim,
    /// 反馈.
    Feedback,
    /// 派核查.
    SendCheck,
    /// 核查.
    Check,
    /// 结案.
    Close,
}

impl ActionName {
    /// Every verb.
    pub const ALL: [Self; 12] = [
        Self::Report,
        Self::SendVerify,
        Self::Verify,
        Self::Accept,
        Self::Reject,
        Self::File,
        Self::Dispatch,
        Self::Claim,
        Self::Feedback,
        Self::SendCheck,
        Self::Check,
        Self::Close,
    ];

    /// The action's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::SendVerify => "send_verify",
            Self::Verify => "verify",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::File => "file",
            Self::Dispatch => "dispatch",
            Self::Claim => "claim",
            Self::Feedback => "feedback",
            Self::SendCheck => "send_check",
            Self::Check => "check",
            Self::Close => "close",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Report => "上报",
            Self::SendVerify => "派核实",
            Self::Verify => "核实",
            Self::Accept => "受理",
            Self::Reject => "不予受理",
            Self::File => "立案",
            Self::Dispatch => "派遣",
            Self::Claim => "接收",
            Self::Feedback => "反馈",
            Self::SendCheck => "派核查",
            Self::Check => "核查",
            Self::Close => "结案",
        }
    }

    /// A verb by its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.id() == id)
    }
}

impl Act {
    /// The verb of this request.
    pub const fn name(&self) -> ActionName {
        match self {
            Self::Report => ActionName::Report,
            Self::SendVerify { .. } => ActionName::SendVerify,
            Self::Verify { .. } => ActionName::Verify,
            Self::Accept => ActionName::Accept,
            Self::Reject { .. } => ActionName::Reject,
            Self::File { .. } => ActionName::File,
            Self::Dispatch { .. } => ActionName::Dispatch,
            Self::Claim => ActionName::Claim,
            Self::Feedback { .. } => ActionName::Feedback,
            Self::SendCheck { .. } => ActionName::SendCheck,
            Self::Check { .. } => ActionName::Check,
            Self::Close { .. } => ActionName::Close,
        }
    }
}

/// The browser session of somebody who acted under the server's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StaffSession {
    /// Public id of the session, not its secret.
    #[n(0)]
    pub id: String,
}

/// One request, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Action {
    /// Who asks.
    #[n(0)]
    pub author: PersonId,
    /// The author's clock: a claim.
    #[n(1)]
    pub at: Timestamp,
    /// What for.
    #[n(2)]
    #[serde(flatten)]
    pub act: Act,
    /// The author's signature, from a device.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<Seal>,
    /// The session, from a browser.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<StaffSession>,
}
