//! Why nobody was chosen.

use serde::Serialize;

use crate::ids::DutyGridId;

/// The reason, for the clerk who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
#[error("{}", self.en())]
pub enum TaskDecline {
    /// The case is in a state in which nobody is sent.
    NothingDue,
    /// The case lies in no unit grid, so in nobody's beat.
    NoUnitGrid,
    /// No roster was imported for this day.
    NoRoster,
    /// Nobody is on duty in that beat.
    NobodyOnDuty {
        /// Which.
        duty_grid: DutyGridId,
    },
    /// Everybody on duty there has an interest in the answer.
    OnlyBeneficiaries,
    /// Everybody else on duty there was asked already, or declined.
    EverybodyAsked,
}

impl TaskDecline {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingDue => "nothing_due",
            Self::NoUnitGrid => "no_unit_grid",
            Self::NoRoster => "no_roster",
            Self::NobodyOnDuty { .. } => "nobody_on_duty",
            Self::OnlyBeneficiaries => "only_beneficiaries",
            Self::EverybodyAsked => "everybody_asked",
        }
    }

    /// Cause and next step, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::NothingDue => "案卷当前状态无需派核实或核查；请刷新后查看进展。".into(),
            Self::NoUnitGrid => "案卷不在任何单元网格内，无法就近派单；请指定人员。".into(),
            Self::NoRoster => "当天没有生效的排班表；请导入排班表，或指定人员。".into(),
            Self::NobodyOnDuty { duty_grid } => {
                format!("责任网格 {duty_grid} 当前无人在岗；请稍后再派，或指定人员。")
            }
            Self::OnlyBeneficiaries => "在岗人员均与本案有利害关系；请指定其他人员。".into(),
            Self::EverybodyAsked => {
                "在岗人员均已派过而未答复，或已拒派；请指定人员，或等待换班。".into()
            }
        }
    }

    /// Cause and next step, in English.
    pub fn en(&self) -> String {
        match self {
            Self::NothingDue => {
                "The issue is in no state in which somebody is sent; refresh to see what happened."
                    .into()
            }
            Self::NoUnitGrid => {
                "The issue lies in no unit grid, so nobody is near by rule; name a person.".into()
            }
            Self::NoRoster => {
                "No roster is in force on this day; import one, or name a person.".into()
            }
            Self::NobodyOnDuty { duty_grid } => {
                format!("Nobody is on duty in {duty_grid} now; try later, or name a person.")
            }
            Self::OnlyBeneficiaries => {
                "Everybody on duty there has an interest in the answer; name somebody else.".into()
            }
            Self::EverybodyAsked => {
                "Everybody on duty there was asked and did not answer, or declined; name a person, or wait for the next shift."
                    .into()
            }
        }
    }
}
