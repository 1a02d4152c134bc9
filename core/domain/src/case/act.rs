//! What can be asked for, with what each request needs. Indices are only ever appended: a document is read for ever,
//! and a peer of an older version leaves out what it does not know yet without losing it.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::asked::{CloseOutcome, ExtensionAsked, HoldCause, SendBackCause, Source};
use crate::class::Limit;
use crate::geo::Point;
use crate::ids::{Digest, DocumentId, OrganisationId, PersonId};
use crate::tables::HandlingClass;
use crate::time::Timestamp;

/// What is asked for, with what it needs. An application and its approval are two requests of two people; a refused
/// approval is an accepted act that leaves the state.
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
        /// Code of the filing condition; with the class and how it is handled it fixes the limit.
        #[n(0)]
        condition: String,
        /// 处置类别: by hand, by works or by a way of its own.
        #[cbor(n(1), default, skip_if = "HandlingClass::is_general")]
        #[serde(skip_serializing_if = "HandlingClass::is_general", default)]
        handling_class: HandlingClass,
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
        /// Somebody else who looks as well, without knowing what the first one saw.
        #[n(1)]
        #[serde(skip_serializing_if = "Option::is_none", default)]
        also: Option<PersonId>,
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
    /// 登记: a case that came by another way than a patrol.
    #[n(12)]
    Register {
        /// Which way.
        #[n(0)]
        source: Source,
        /// Its number there. The same number of the same source is the same case.
        #[n(1)]
        external_id: Option<String>,
    },
    /// 申请延期.
    #[n(13)]
    ApplyExtend {
        /// How much more time.
        #[n(0)]
        asked: ExtensionAsked,
        /// Why.
        #[n(1)]
        reason: String,
    },
    /// 审批延期.
    #[n(14)]
    ApproveExtend {
        /// Granted or refused.
        #[n(0)]
        granted: bool,
        /// Why, when refused.
        #[n(1)]
        #[serde(default)]
        reason: String,
    },
    /// 申请回退.
    #[n(15)]
    ApplySendBack {
        /// Which kind of mistake.
        #[n(0)]
        cause: SendBackCause,
        /// In words.
        #[n(1)]
        reason: String,
    },
    /// 审批回退.
    #[n(16)]
    ApproveSendBack {
        /// Granted or refused.
        #[n(0)]
        granted: bool,
        /// Why, when refused.
        #[n(1)]
        #[serde(default)]
        reason: String,
    },
    /// 申请挂账.
    #[n(17)]
    ApplyHold {
        /// Which kind of obstacle.
        #[n(0)]
        cause: HoldCause,
        /// When it is looked at again.
        #[n(1)]
        review_at: Timestamp,
        /// In words.
        #[n(2)]
        reason: String,
    },
    /// 审批挂账.
    #[n(18)]
    ApproveHold {
        /// Granted or refused.
        #[n(0)]
        granted: bool,
        /// Why, when refused.
        #[n(1)]
        #[serde(default)]
        reason: String,
    },
    /// 解除挂账.
    #[n(19)]
    Release {
        /// What has changed.
        #[n(0)]
        #[serde(default)]
        note: String,
    },
    /// 申请作废.
    #[n(20)]
    ApplyVoid {
        /// Why.
        #[n(0)]
        reason: String,
    },
    /// 审批作废.
    #[n(21)]
    ApproveVoid {
        /// Granted or refused.
        #[n(0)]
        granted: bool,
        /// Why, when refused.
        #[n(1)]
        #[serde(default)]
        reason: String,
    },
    /// 联合核查: what one of the bodies on site found. Each writes its own.
    #[n(22)]
    JointSurvey {
        /// Where the author stood.
        #[n(0)]
        point: Option<Point>,
        /// What caused the matter.
        #[n(1)]
        cause: String,
        /// How long the surveyors think it takes: never the table's limit, never a promise.
        #[n(2)]
        estimate: Option<Limit>,
    },
    /// 督办.
    #[n(23)]
    Supervise {
        /// What the supervisor says.
        #[n(0)]
        opinion: String,
        /// Until when an answer is wanted.
        #[n(1)]
        reply_due: Timestamp,
    },
    /// 自行处置: found and settled in one visit.
    #[n(24)]
    SelfHandle {
        /// Where the author stood.
        #[n(0)]
        point: Option<Point>,
        /// What was done.
        #[n(1)]
        note: String,
    },
    /// 接审自处置: a clerk takes a self-handled matter up.
    #[n(25)]
    BeginReview,
    /// 审核自处置.
    #[n(26)]
    Review {
        /// Whether it counts.
        #[n(0)]
        valid: bool,
        /// Why, when it does not.
        #[n(1)]
        #[serde(default)]
        reason: String,
    },
    /// 重启: a new round of the works.
    #[n(27)]
    Reopen {
        /// Why.
        #[n(0)]
        reason: String,
    },
    /// 派工: inside the body that claimed the case.
    #[n(28)]
    Assign {
        /// Who does it.
        #[n(0)]
        to: PersonId,
        /// What to mind.
        #[n(1)]
        #[serde(default)]
        note: String,
    },
    /// 上报上级: one rung up the ladder.
    #[n(29)]
    Escalate {
        /// Which body has it there.
        #[n(0)]
        to: Option<OrganisationId>,
        /// Why.
        #[n(1)]
        reason: String,
    },
    /// 下派: one rung down the ladder.
    #[n(30)]
    SendDown {
        /// Which body has it there.
        #[n(0)]
        to: Option<OrganisationId>,
        /// Why.
        #[n(1)]
        reason: String,
    },
    /// 关联重复.
    #[n(31)]
    LinkDuplicate {
        /// The case this one repeats.
        #[n(0)]
        of: DocumentId,
    },
    /// 解除关联.
    #[n(32)]
    UnlinkDuplicate {
        /// The case it does not repeat after all.
        #[n(0)]
        of: DocumentId,
        /// Why.
        #[n(1)]
        reason: String,
    },
    /// 答复类别建议: a class that somebody wrote after filing.
    #[n(33)]
    AnswerProposal {
        /// The class that was proposed.
        #[n(0)]
        class: String,
        /// Granted or refused.
        #[n(1)]
        granted: bool,
        /// Why, when refused.
        #[n(2)]
        #[serde(default)]
        reason: String,
    },
    /// 认定证据灭失: bytes that will never come.
    #[n(34)]
    DeclareEvidenceLost {
        /// Which.
        #[n(0)]
        blobs: Vec<Digest>,
        /// Why they are given up.
        #[n(1)]
        reason: String,
    },
}
