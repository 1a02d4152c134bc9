//! Why a step is not taken. The phone says it before anything is written; the hub keeps such a step aside, because no
//! honest phone writes it.

use serde::Serialize;

use crate::checkin::step_name::StepName;
use crate::person::Role;

/// The reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum StepDecline {
    /// The author's body is none of the parties.
    NotMember,
    /// The step is for another role.
    NeedsRole {
        /// Which.
        needs: Role,
    },
    /// Something has to be there first.
    NeedsStep {
        /// One of these.
        one_of: &'static [StepName],
    },
    /// The body that is said to be there was not called, or is not the author's.
    NotCalled,
}

impl StepDecline {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotMember => "not_member",
            Self::NeedsRole { .. } => "step_needs_role",
            Self::NeedsStep { .. } => "step_needs_step",
            Self::NotCalled => "not_called",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::NotMember => "您所在单位不是此次报到的参与方；请由参与方人员记录。".into(),
            Self::NeedsRole { needs } => format!("此步骤须由{}记录。", needs.zh()),
            Self::NeedsStep { one_of } => {
                let names: Vec<&str> = one_of.iter().map(|name| name.zh()).collect();
                format!("须先有“{}”；请先记录。", names.join("”或“"))
            }
            Self::NotCalled => "吹哨未呼叫此单位，或此单位不是您所在单位；请核对后再记录。".into(),
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::NotMember => {
                "Your organisation is no party of this check-in; one of the parties writes its steps."
                    .into()
            }
            Self::NeedsRole { needs } => format!("This step is for the role {}.", needs.id()),
            Self::NeedsStep { one_of } => {
                let names: Vec<&str> = one_of.iter().map(|name| name.id()).collect();
                format!("{} comes first; record it.", names.join(" or "))
            }
            Self::NotCalled => {
                "The whistle did not call this organisation, or it is not yours; look again.".into()
            }
        }
    }
}
