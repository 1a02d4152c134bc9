//! What can be asked for.

use xunge_field::domain::case::{
    Act, ActionName, ApplicationKind, CloseOutcome, ExtensionAsked, HoldCause, Level,
    SendBackCause, Source,
};
use xunge_field::domain::class::{Limit, LimitUnit};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, DocumentId, OrganisationId, PersonId};
use xunge_field::domain::tables::HandlingClass;
use xunge_field::domain::time::Timestamp;

#[uniffi::remote(Enum)]
pub enum CloseOutcome {
    Normal,
    Overdue,
    Error,
    Special,
}

#[uniffi::remote(Enum)]
pub enum Source {
    Hotline,
    Visit,
    Platform,
    Resident,
    Video,
    Superior,
}

#[uniffi::remote(Enum)]
pub enum SendBackCause {
    WrongOwner,
    NotExist,
}

#[uniffi::remote(Enum)]
pub enum HoldCause {
    Season,
    Engineering,
    NoOwner,
}

#[uniffi::remote(Enum)]
pub enum ApplicationKind {
    Extend,
    SendBack,
    Hold,
    Void,
}

#[uniffi::remote(Enum)]
pub enum Level {
    Community,
    Street,
    District,
    City,
}

#[uniffi::remote(Enum)]
pub enum LimitUnit {
    UrgentHour,
    WorkHour,
    WorkDay,
    NaturalDay,
}

#[uniffi::remote(Enum)]
pub enum HandlingClass {
    General,
    Engineering,
    Special,
}

#[uniffi::remote(Record)]
pub struct Limit {
    pub number: u32,
    pub unit: LimitUnit,
}

#[uniffi::remote(Enum)]
pub enum ExtensionAsked {
    More(Limit),
    Until(Timestamp),
}

#[uniffi::remote(Enum)]
pub enum Act {
    Report,
    SendVerify {
        to: PersonId,
    },
    Verify {
        result: Option<bool>,
        note: String,
    },
    Accept,
    Reject {
        reason: String,
        duplicate_of: Option<DocumentId>,
    },
    File {
        condition: String,
        handling_class: HandlingClass,
    },
    Dispatch {
        lead: OrganisationId,
        assist: Vec<OrganisationId>,
        notify: Vec<OrganisationId>,
    },
    Claim,
    Feedback {
        point: Option<Point>,
        note: String,
    },
    SendCheck {
        to: PersonId,
        also: Option<PersonId>,
    },
    Check {
        passed: bool,
        point: Option<Point>,
        note: String,
    },
    Close {
        outcome: CloseOutcome,
    },
    Register {
        source: Source,
        external_id: Option<String>,
    },
    ApplyExtend {
        asked: ExtensionAsked,
        reason: String,
    },
    ApproveExtend {
        granted: bool,
        reason: String,
    },
    ApplySendBack {
        cause: SendBackCause,
        reason: String,
    },
    ApproveSendBack {
        granted: bool,
        reason: String,
    },
    ApplyHold {
        cause: HoldCause,
        review_at: Timestamp,
        reason: String,
    },
    ApproveHold {
        granted: bool,
        reason: String,
    },
    Release {
        note: String,
    },
    ApplyVoid {
        reason: String,
    },
    ApproveVoid {
        granted: bool,
        reason: String,
    },
    JointSurvey {
        point: Option<Point>,
        cause: String,
        estimate: Option<Limit>,
    },
    Supervise {
        opinion: String,
        reply_due: Timestamp,
    },
    SelfHandle {
        point: Option<Point>,
        note: String,
    },
    BeginReview,
    Review {
        valid: bool,
        reason: String,
    },
    Reopen {
        reason: String,
    },
    Assign {
        to: PersonId,
        note: String,
    },
    Escalate {
        to: Option<OrganisationId>,
        reason: String,
    },
    SendDown {
        to: Option<OrganisationId>,
        reason: String,
    },
    LinkDuplicate {
        of: DocumentId,
    },
    UnlinkDuplicate {
        of: DocumentId,
        reason: String,
    },
    AnswerProposal {
        class: String,
        granted: bool,
        reason: String,
    },
    DeclareEvidenceLost {
        blobs: Vec<Digest>,
        reason: String,
    },
}

#[uniffi::remote(Enum)]
pub enum ActionName {
    Report,
    SendVerify,
    Verify,
    Accept,
    Reject,
    File,
    Dispatch,
    Claim,
    Feedback,
    SendCheck,
    Check,
    Close,
    Register,
    ApplyExtend,
    ApproveExtend,
    ApplySendBack,
    ApproveSendBack,
    ApplyHold,
    ApproveHold,
    Release,
    ApplyVoid,
    ApproveVoid,
    JointSurvey,
    Supervise,
    SelfHandle,
    BeginReview,
    Review,
    Reopen,
    Assign,
    Escalate,
    SendDown,
    LinkDuplicate,
    UnlinkDuplicate,
    AnswerProposal,
    DeclareEvidenceLost,
}
