//! People, their roles and bodies (domain.md §1).

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::ids::{DutyGridId, OrganisationId, PersonId};

/// What a person may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Role {
    /// 网格员: patrols, reports, verifies, checks.
    #[n(0)]
    GridWorker,
    /// 受理员: accepts or rejects, sends verify and check tasks.
    #[n(1)]
    IntakeClerk,
    /// 值班长: files, closes, approves void, reopens.
    #[n(2)]
    ShiftLeader,
    /// 派遣员: dispatches, approves extend, send_back and hold.
    #[n(3)]
    Dispatcher,
    /// 专业部门: claims, disposes, feeds back.
    #[n(4)]
    DisposalDept,
    /// 督办人: supervises.
    #[n(5)]
    SupervisorLead,
    /// 党组织书记: opens and answers a matter check-in.
    #[n(6)]
    BranchSecretary,
    /// 审计: reads everything, edits nothing.
    #[n(7)]
    Auditor,
    /// 管理员: people, devices, grids, tables.
    #[n(8)]
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::GridWorker,
        Self::IntakeClerk,
        Self::ShiftLeader,
        Self::Dispatcher,
        Self::DisposalDept,
        Self::SupervisorLead,
        Self::BranchSecretary,
        Self::Auditor,
        Self::Admin,
    ];

    /// The role id of domain.md.
    pub const fn id(self) -> &'static str {
        match self {
            Self::GridWorker => "grid_worker",
            Self::IntakeClerk => "intake_clerk",
            Self::ShiftLeader => "shift_leader",
            Self::Dispatcher => "dispatcher",
            Self::DisposalDept => "disposal_dept",
            Self::SupervisorLead => "supervisor_lead",
            Self::BranchSecretary => "branch_secretary",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The Chinese name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::GridWorker => "网格员",
            Self::IntakeClerk => "受理员",
            Self::ShiftLeader => "值班长",
            Self::Dispatcher => "派遣员",
            Self::DisposalDept => "专业部门",
            Self::SupervisorLead => "督办人",
            Self::BranchSecretary => "党组织书记",
            Self::Auditor => "审计",
            Self::Admin => "管理员",
        }
    }
}

/// A body: a bureau, a centre, a street office, a crew.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Organisation {
    /// Its id.
    #[n(0)]
    pub id: OrganisationId,
    /// Its Chinese name.
    #[n(1)]
    pub name: String,
    /// The body above it.
    #[n(2)]
    pub parent: Option<OrganisationId>,
}

/// Somebody the product knows. A pseudonym in the demo city.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Person {
    /// The id.
    #[n(0)]
    pub id: PersonId,
    /// The name shown to colleagues.
    #[n(1)]
    pub name: String,
    /// What this person may do.
    #[n(2)]
    pub roles: Vec<Role>,
    /// The body this person acts for.
    #[n(3)]
    pub organisation: Option<OrganisationId>,
    /// The beats of a grid worker.
    #[n(4)]
    pub duty_grids: Vec<DutyGridId>,
}

impl Person {
    /// Whether this person holds `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
