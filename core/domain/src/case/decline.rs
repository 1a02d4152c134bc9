//! Why an action was declined: data with a stable code, read by its author in words.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::state::CaseState;
use crate::ids::{OrganisationId, PersonId};
use crate::person::Role;
use crate::time::Timestamp;

/// The reason of a declined action.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Decline {
    /// The author does not hold the role.
    #[n(0)]
    WrongRole {
        /// The role it takes.
        #[n(0)]
        needs: Role,
    },
    /// The case is in another state.
    #[n(1)]
    WrongState {
        /// Where it is.
        #[n(0)]
        is: CaseState,
        /// From where the action leads.
        #[n(1)]
        needs: CaseState,
    },
    /// Somebody claimed it first.
    #[n(2)]
    AlreadyClaimed {
        /// Who.
        #[n(0)]
        by: PersonId,
        /// For which body.
        #[n(1)]
        organisation: OrganisationId,
        /// When it was ruled.
        #[n(2)]
        at: Timestamp,
    },
    /// The class is missing or not in the table.
    #[n(3)]
    UnknownClass,
    /// The filing condition does not belong to the class.
    #[n(4)]
    UnknownCondition,
    /// No known unit grid at the point, and no reason given.
    #[n(5)]
    NoUnitGrid,
    /// A photo of this purpose by the author is missing.
    #[n(6)]
    PhotoMissing {
        /// Which.
        #[n(0)]
        purpose: crate::case::entry::PhotoPurpose,
    },
    /// The reason is missing or too short.
    #[n(7)]
    ReasonMissing,
    /// The author's body is not the lead party.
    #[n(8)]
    NotLeadParty,
    /// Another body claimed the case.
    #[n(9)]
    NotClaimant,
    /// The task was sent to somebody else.
    #[n(10)]
    NotAssigned {
        /// To whom.
        #[n(0)]
        to: PersonId,
    },
    /// Who did the work may not check it.
    #[n(11)]
    Beneficiary,
    /// The author stood too far away, or gave no position.
    #[n(12)]
    TooFar {
        /// Metres from the point; `None` without a position.
        #[n(0)]
        metres: Option<u32>,
        /// At most this many.
        #[n(1)]
        metres_max: u32,
    },
    /// Photos are cited whose bytes are not stored yet.
    #[n(13)]
    EvidencePending {
        /// How many blobs.
        #[n(0)]
        missing: u32,
    },
    /// A person or body the server does not know.
    #[n(14)]
    UnknownParty,
}

impl Decline {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongRole { .. } => "wrong_role",
            Self::WrongState { .. } => "wrong_state",
            Self::AlreadyClaimed { .. } => "already_claimed",
            Self::UnknownClass => "unknown_class",
            Self::UnknownCondition => "unknown_condition",
            Self::NoUnitGrid => "no_unit_grid",
            Self::PhotoMissing { .. } => "photo_missing",
            Self::ReasonMissing => "reason_missing",
            Self::NotLeadParty => "not_lead_party",
            Self::NotClaimant => "not_claimant",
            Self::NotAssigned { .. } => "not_assigned",
            Self::Beneficiary => "beneficiary",
            Self::TooFar { .. } => "too_far",
            Self::EvidencePending { .. } => "evidence_pending",
            Self::UnknownParty => "unknown_party",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::WrongRole { needs } => format!("此操作须由{}办理，请转交。", needs.zh()),
            Self::WrongState { is, needs } => {
                format!(
                    "案卷现为“{}”，此操作须在“{}”时办理；请刷新后查看进展。",
                    is.zh(),
                    needs.zh()
                )
            }
            Self::AlreadyClaimed {
                by,
                organisation,
                at,
            } => format!(
                "已由 {organisation} 的 {by} 于 {} 先行接收；您的内容已保留，无需重复接收。",
                at.to_local_minute()
            ),
            Self::UnknownClass => "类别为空或不在现行分类表中，请重新选择小类。".into(),
            Self::UnknownCondition => "立案条件不属于该小类，请重新选择。".into(),
            Self::NoUnitGrid => {
                "位置不在任何已知单元网格内；请调整位置，或说明无网格的原因。".into()
            }
            Self::PhotoMissing { purpose } => {
                format!("缺少本人拍摄的“{}”照片，请补拍后再办。", purpose.zh())
            }
            Self::ReasonMissing => "请写明理由，当事人会看到。".into(),
            Self::NotLeadParty => "本单位不是主办单位，请联系派遣员。".into(),
            Self::NotClaimant => "此案由其他单位接收，请与其联系。".into(),
            Self::NotAssigned { to } => format!("此任务派给了 {to}，请由其办理或请受理员改派。"),
            Self::Beneficiary => "处置单位人员不得核查自己的处置结果，请另派他人。".into(),
            Self::TooFar {
                metres: Some(metres),
                metres_max,
            } => {
                format!("拍摄位置距问题点 {metres} 米，须在 {metres_max} 米以内；请到现场办理。")
            }
            Self::TooFar {
                metres: None,
                metres_max,
            } => {
                format!("没有位置信息；请在现场（{metres_max} 米以内）定位后再办。")
            }
            Self::EvidencePending { missing } => {
                format!("还有 {missing} 份照片未送达，送达后才能结案。")
            }
            Self::UnknownParty => "没有这个人员或单位，请重新选择。".into(),
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::WrongRole { needs } => {
                format!("This takes the role {}; hand it over.", needs.id())
            }
            Self::WrongState { is, needs } => {
                format!(
                    "The issue is {}, this needs {}; refresh to see what happened.",
                    is.id(),
                    needs.id()
                )
            }
            Self::AlreadyClaimed {
                by,
                organisation,
                at,
            } => format!(
                "{by} of {organisation} claimed it first, at {}; your content is kept, nothing more to do.",
                at.to_local_minute()
            ),
            Self::UnknownClass => {
                "The class is missing or not in the current table; choose a minor class.".into()
            }
            Self::UnknownCondition => {
                "The filing condition does not belong to the class; choose again.".into()
            }
            Self::NoUnitGrid => {
                "The point lies in no known unit grid; move it, or say why there is none.".into()
            }
            Self::PhotoMissing { purpose } => {
                format!(
                    "A photo of purpose {} by you is missing; take it and ask again.",
                    purpose.id()
                )
            }
            Self::ReasonMissing => "Give a reason; the person concerned will read it.".into(),
            Self::NotLeadParty => {
                "Your organisation does not lead here; ask the dispatcher.".into()
            }
            Self::NotClaimant => "Another organisation claimed this issue; ask them.".into(),
            Self::NotAssigned { to } => {
                format!("The task was sent to {to}; let them do it, or have it sent anew.")
            }
            Self::Beneficiary => "Who did the work may not check it; send somebody else.".into(),
            Self::TooFar {
                metres: Some(metres),
                metres_max,
            } => {
                format!(
                    "You were {metres} m from the point, at most {metres_max} m are allowed; do it on site."
                )
            }
            Self::TooFar {
                metres: None,
                metres_max,
            } => {
                format!(
                    "There is no position; get a fix on site (within {metres_max} m) and ask again."
                )
            }
            Self::EvidencePending { missing } => {
                format!(
                    "{missing} photo blobs have not arrived; it can be closed once they are here."
                )
            }
            Self::UnknownParty => "No such person or organisation; choose again.".into(),
        }
    }
}
