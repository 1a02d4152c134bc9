//! The steps of a check-in: append-only entries that anybody of the parties writes, offline, and that merge.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::{Seal, StaffSession};
use crate::checkin::step_name::StepName;
use crate::class::Limit;
use crate::geo::Point;
use crate::ids::{IntentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostBearer {
    /// 义务承担: the undertaker bears it of its own will.
    #[n(0)]
    Voluntary,
    /// A body pays.
    #[n(1)]
    Body(#[n(0)] OrganisationId),
    /// Several bodies share it.
    #[n(2)]
    Shared(#[n(0)] Vec<OrganisationId>),
    /// Not settled yet.
    #[n(3)]
    Open,
}

impl CostBearer {
    /// The Chinese words; the bodies stand beside them.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Voluntary => "承办方义务承担",
            Self::Body(_) => "由单位承担",
            Self::Shared(_) => "各方分担",
            Self::Open => "未定",
        }
    }
}

/// How residents thanked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ThanksKind {
    /// 锦旗.
    #[n(0)]
    Banner,
    /// 感谢信.
    #[n(1)]
    Letter,
    /// 口头感谢.
    #[n(2)]
    Words,
}

impl ThanksKind {
    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Banner => "锦旗",
            Self::Letter => "感谢信",
            Self::Words => "口头感谢",
        }
    }
}

/// How much of what: `4 处 雨水口`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Quantity {
    /// Of what.
    #[n(0)]
    pub what: String,
    /// How much.
    #[n(1)]
    pub number: u32,
    /// In which unit.
    #[n(2)]
    pub unit: String,
}

/// One turn of an on-site duty rota 疏导.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct DutyTurn {
    /// Whose people stand there.
    #[n(0)]
    pub organisation: OrganisationId,
    /// Those known by name.
    #[n(1)]
    #[serde(default)]
    pub people: Vec<PersonId>,
    /// How many in all.
    #[n(2)]
    pub headcount: u32,
    /// Where, and to do what.
    #[n(3)]
    pub post: String,
    /// From when.
    #[n(4)]
    pub from: Timestamp,
    /// Until when.
    #[n(5)]
    pub until: Timestamp,
}

/// When surveyors expect it to be done: an instant, or a limit that runs from a start. What instant the latter comes to is
/// the working calendar's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimated {
    /// At this instant.
    #[n(0)]
    At(#[n(0)] Timestamp),
    /// So long from a start.
    #[n(1)]
    Within {
        /// How long.
        #[n(0)]
        limit: Limit,
        /// From when.
        #[n(1)]
        from: Timestamp,
    },
}

/// What was done or found.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Step {
    /// 对接座谈.
    #[n(0)]
    Talk {
        /// What was said.
        #[n(0)]
        note: String,
    },
    /// 现场踏勘.
    #[n(1)]
    Survey {
        /// What was seen.
        #[n(0)]
        note: String,
        /// When the surveyors expect it to be done.
        #[n(1)]
        estimate: Option<Estimated>,
    },
    /// 原因.
    #[n(2)]
    Cause {
        /// Why it is so.
        #[n(0)]
        note: String,
    },
    /// 技术方案.
    #[n(3)]
    Scheme {
        /// 1, 2, 3…; two of one number were written apart, and both count. 0 asks for the next.
        #[n(0)]
        #[serde(default)]
        version: u32,
        /// What is to be done.
        #[n(1)]
        note: String,
    },
    /// 会商.
    #[n(4)]
    Consultation {
        /// Which bodies sat together.
        #[n(0)]
        #[serde(default)]
        participants: Vec<OrganisationId>,
        /// What lay on the table.
        #[n(1)]
        #[serde(default)]
        options: Vec<String>,
        /// What was decided.
        #[n(2)]
        decision: String,
        /// Who does it.
        #[n(3)]
        undertaker: OrganisationId,
        /// Who pays.
        #[n(4)]
        cost: CostBearer,
        /// When the undertaker promises it to be done, if it does.
        #[n(5)]
        promise: Option<Timestamp>,
        /// 会议纪要.
        #[n(6)]
        #[serde(default)]
        minutes: String,
    },
    /// 进场.
    #[n(5)]
    CrewEnters {
        /// Whose crew.
        #[n(0)]
        crew: OrganisationId,
        /// How many people.
        #[n(1)]
        #[serde(default)]
        headcount: u32,
        /// In words.
        #[n(2)]
        note: String,
    },
    /// 施工时段.
    #[n(6)]
    WorksWindow {
        /// From when.
        #[n(0)]
        from: Timestamp,
        /// Until when.
        #[n(1)]
        until: Timestamp,
        /// In words.
        #[n(2)]
        note: String,
    },
    /// 现场疏导值守.
    #[n(7)]
    DutyRota {
        /// Who stands where and when.
        #[n(0)]
        turns: Vec<DutyTurn>,
        /// In words.
        #[n(1)]
        note: String,
    },
    /// 进展.
    #[n(8)]
    Progress {
        /// What was done.
        #[n(0)]
        note: String,
        /// How much of it, in hundredths.
        #[n(1)]
        percent: Option<u8>,
    },
    /// 完工.
    #[n(9)]
    Completion {
        /// When it was done.
        #[n(0)]
        finished_at: Timestamp,
        /// How much of what.
        #[n(1)]
        #[serde(default)]
        quantities: Vec<Quantity>,
        /// In words.
        #[n(2)]
        note: String,
    },
    /// 居民反馈. What residents say, never who they are.
    #[n(10)]
    ResidentsAnswer {
        /// Whether they are content; `None` where it is not said.
        #[n(0)]
        satisfied: Option<bool>,
        /// In words.
        #[n(1)]
        note: String,
    },
    /// 致谢.
    #[n(11)]
    Thanks {
        /// How.
        #[n(0)]
        kind: ThanksKind,
        /// In words.
        #[n(1)]
        note: String,
    },
    /// 回访.
    #[n(12)]
    FollowUp {
        /// Whether it still holds; `None` where it is not said.
        #[n(0)]
        holds: Option<bool>,
        /// In words.
        #[n(1)]
        note: String,
    },
    /// 共建长效机制.
    #[n(13)]
    Agreement {
        /// Who agrees.
        #[n(0)]
        parties: Vec<OrganisationId>,
        /// On what.
        #[n(1)]
        note: String,
    },
    /// 到场: a called body is there.
    #[n(14)]
    Arrival {
        /// Which.
        #[n(0)]
        party: OrganisationId,
        /// In words.
        #[n(1)]
        note: String,
    },
}

impl Step {
    /// Its name.
    pub const fn name(&self) -> StepName {
        match self {
            Self::Talk { .. } => StepName::Talk,
            Self::Survey { .. } => StepName::Survey,
            Self::Cause { .. } => StepName::Cause,
            Self::Scheme { .. } => StepName::Scheme,
            Self::Consultation { .. } => StepName::Consultation,
            Self::CrewEnters { .. } => StepName::CrewEnters,
            Self::WorksWindow { .. } => StepName::WorksWindow,
            Self::DutyRota { .. } => StepName::DutyRota,
            Self::Progress { .. } => StepName::Progress,
            Self::Completion { .. } => StepName::Completion,
            Self::ResidentsAnswer { .. } => StepName::ResidentsAnswer,
            Self::Thanks { .. } => StepName::Thanks,
            Self::FollowUp { .. } => StepName::FollowUp,
            Self::Agreement { .. } => StepName::Agreement,
            Self::Arrival { .. } => StepName::Arrival,
        }
    }

    /// What it says in words: the decision of a consultation, the note of every other.
    pub fn note(&self) -> &str {
        match self {
            Self::Talk { note }
            | Self::Survey { note, .. }
            | Self::Cause { note }
            | Self::Scheme { note, .. }
            | Self::CrewEnters { note, .. }
            | Self::WorksWindow { note, .. }
            | Self::DutyRota { note, .. }
            | Self::Progress { note, .. }
            | Self::Completion { note, .. }
            | Self::ResidentsAnswer { note, .. }
            | Self::Thanks { note, .. }
            | Self::FollowUp { note, .. }
            | Self::Agreement { note, .. }
            | Self::Arrival { note, .. } => note,
            Self::Consultation { decision, .. } => decision,
        }
    }
}

/// One step, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct StepEntry {
    /// Who wrote it.
    #[n(0)]
    pub author: PersonId,
    /// The author's clock: a claim.
    #[n(1)]
    pub at: Timestamp,
    /// Where, in words; may be empty.
    #[n(2)]
    pub address: String,
    /// Where, on the map.
    #[n(3)]
    pub point: Option<Point>,
    /// Photos of this document that belong to it, by their intent ids.
    #[n(4)]
    pub photos: Vec<IntentId>,
    /// What.
    #[n(5)]
    pub step: Step,
    /// The author's signature, from a device.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seal: Option<Seal>,
    /// The session, from a browser.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub session: Option<StaffSession>,
}
