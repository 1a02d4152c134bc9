//! Why an action of a check-in is declined, with code and texts. The action stays in the history; its author reads this.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::checkin::state::CheckinState;
use crate::ids::OrganisationId;
use crate::person::Role;

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Decline {
    /// The author lacks the role.
    #[n(0)]
    WrongRole {
        /// The one needed.
        #[n(0)]
        needs: Role,
    },
    /// The check-in stands elsewhere.
    #[n(1)]
    WrongState {
        /// Where.
        #[n(0)]
        is: CheckinState,
        /// Where it would have to.
        #[n(1)]
        needs: CheckinState,
    },
    /// No title.
    #[n(2)]
    TitleMissing,
    /// A side without a party, or a party on both.
    #[n(3)]
    SidesMissing,
    /// The author's body is none of the parties.
    #[n(4)]
    NotParty,
    /// A body there is not.
    #[n(5)]
    UnknownParty {
        /// Which.
        #[n(0)]
        party: OrganisationId,
    },
    /// A case or project there is not.
    #[n(6)]
    UnknownSubject,
    /// A whistle that calls nobody, or calls in what is no whistle.
    #[n(7)]
    CallsMissing,
    /// A call to somebody who is no visiting party, without an obligation, or due before it was made.
    #[n(8)]
    CallUnfit {
        /// Of which.
        #[n(0)]
        party: OrganisationId,
    },
    /// Who opened it does not answer it.
    #[n(9)]
    SameSide,
    /// The party has answered.
    #[n(10)]
    AlreadyAnswered {
        /// Which.
        #[n(0)]
        party: OrganisationId,
    },
    /// Nothing was completed, and no reason is given.
    #[n(11)]
    NothingCompleted,
}

impl Decline {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongRole { .. } => "wrong_role",
            Self::WrongState { .. } => "wrong_state",
            Self::TitleMissing => "title_missing",
            Self::SidesMissing => "sides_missing",
            Self::NotParty => "not_party",
            Self::UnknownParty { .. } => "unknown_party",
            Self::UnknownSubject => "unknown_subject",
            Self::CallsMissing => "calls_missing",
            Self::CallUnfit { .. } => "call_unfit",
            Self::SameSide => "same_side",
            Self::AlreadyAnswered { .. } => "already_answered",
            Self::NothingCompleted => "nothing_completed",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::WrongRole { needs } => {
                format!("此事须由{}办理；请联系本单位{}。", needs.zh(), needs.zh())
            }
            Self::WrongState { is, needs } => format!(
                "报到当前为“{}”，须在“{}”时办理；请刷新后再看。",
                is.zh(),
                needs.zh()
            ),
            Self::TitleMissing => "缺少事项名称；请填写后再发起。".into(),
            Self::SidesMissing => {
                "报到方、接待方各须至少一个，且不得同列两方；请补全后再发起。".into()
            }
            Self::NotParty => "您所在单位不是此次报到的参与方；请由参与方的党组织书记办理。".into(),
            Self::UnknownParty { party } => format!("没有单位“{party}”；请重新选择。"),
            Self::UnknownSubject => "没有所选的案卷或项目；请重新选择。".into(),
            Self::CallsMissing => "吹哨须写明呼叫的单位，其他发起方式不写；请修改后再发起。".into(),
            Self::CallUnfit { party } => format!(
                "对“{party}”的呼叫不完整：须为报到方，写明任务，到场时限须晚于发起；请修改。"
            ),
            Self::SameSide => "应答由对方党组织作出；请等待对方应答。".into(),
            Self::AlreadyAnswered { party } => format!("“{party}”已应答，无须再办。"),
            Self::NothingCompleted => "尚无完工记录；请先记录完工，或写明办结的原因。".into(),
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::WrongRole { needs } => format!(
                "This is for the role {}; ask that person of your organisation.",
                needs.id()
            ),
            Self::WrongState { is, needs } => format!(
                "The check-in is {}, it would have to be {}; refresh and look again.",
                is.id(),
                needs.id()
            ),
            Self::TitleMissing => "The matter has no title; give one.".into(),
            Self::SidesMissing => {
                "Name at least one visiting party and one host, and none on both sides.".into()
            }
            Self::NotParty => {
                "Your organisation is no party of this check-in; a party's branch secretary does this."
                    .into()
            }
            Self::UnknownParty { party } => {
                format!("There is no organisation {party}; choose again.")
            }
            Self::UnknownSubject => "There is no such issue or project; choose again.".into(),
            Self::CallsMissing => {
                "A whistle names whom it calls, anything else calls nobody; change it.".into()
            }
            Self::CallUnfit { party } => format!(
                "The call to {party} is incomplete: a visiting party, its obligation, and a time to come."
            ),
            Self::SameSide => "The other side answers; wait for it.".into(),
            Self::AlreadyAnswered { party } => {
                format!("{party} has answered; nothing more to do.")
            }
            Self::NothingCompleted => {
                "Nothing was completed; record the completion first, or say why it ends.".into()
            }
        }
    }
}
