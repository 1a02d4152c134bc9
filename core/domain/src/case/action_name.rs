//! The verbs of a case by name: what a button says, what a rule is written for.

use serde::{Deserialize, Serialize};

use crate::case::entry::PhotoPurpose;

macro_rules! verbs {
    ($($name:ident $id:literal $zh:literal;)*) => {
        /// The verb alone.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ActionName {
            $(#[doc = concat!($zh, ".")] $name,)*
        }

        impl ActionName {
            /// Every verb, in the order in which they came into the language of the documents.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The action's id.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The Chinese word.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh),* }
            }
        }
    };
}

verbs! {
    Report "report" "上报";
    SendVerify "send_verify" "派核实";
    Verify "verify" "核实";
    Accept "accept" "受理";
    Reject "reject" "不予受理";
    File "file" "立案";
    Dispatch "dispatch" "派遣";
    Claim "claim" "接收";
    Feedback "feedback" "反馈";
    SendCheck "send_check" "派核查";
    Check "check" "核查";
    Close "close" "结案";
    Register "register" "登记";
    ApplyExtend "apply_extend" "申请延期";
    ApproveExtend "approve_extend" "审批延期";
    ApplySendBack "apply_send_back" "申请回退";
    ApproveSendBack "approve_send_back" "审批回退";
    ApplyHold "apply_hold" "申请挂账";
    ApproveHold "approve_hold" "审批挂账";
    Release "release" "解除挂账";
    ApplyVoid "apply_void" "申请作废";
    ApproveVoid "approve_void" "审批作废";
    JointSurvey "joint_survey" "联合核查";
    Supervise "supervise" "督办";
    SelfHandle "self_handle" "自行处置";
    BeginReview "begin_review" "接审自处置";
    Review "review" "审核自处置";
    Reopen "reopen" "重启";
    Assign "assign" "派工";
    Escalate "escalate" "上报上级";
    SendDown "send_down" "下派";
    LinkDuplicate "link_duplicate" "关联重复";
    UnlinkDuplicate "unlink_duplicate" "解除关联";
    AnswerProposal "answer_proposal" "答复类别建议";
    DeclareEvidenceLost "declare_evidence_lost" "认定证据灭失";
}

impl ActionName {
    /// A verb by its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.id() == id)
    }

    /// The purpose of the photo that is taken for this act on site.
    pub const fn photo_purpose(self) -> Option<PhotoPurpose> {
        match self {
            Self::Report => Some(PhotoPurpose::Found),
            Self::Verify | Self::JointSurvey => Some(PhotoPurpose::Verify),
            Self::Feedback | Self::SelfHandle => Some(PhotoPurpose::After),
            Self::Check => Some(PhotoPurpose::Check),
            _ => None,
        }
    }
}
