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
    /// The body above it. Of a party organisation: the body whose it is.
    #[n(2)]
    pub parent: Option<OrganisationId>,
    /// What it is in the party; `None` for a body of the administration, or a company.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyOrganisation>,
}

/// What kind of party organisation a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum PartyKind {
    /// 党委.
    #[n(0)]
    Committee,
    /// 党支部.
    #[n(1)]
    Branch,
    /// 临时党支部: of a project, as long as it lasts.
    #[n(2)]
    TemporaryBranch,
    /// 党员先锋岗.
    #[n(3)]
    VanguardPost,
}

impl PartyKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Committee,
        Self::Branch,
        Self::TemporaryBranch,
        Self::VanguardPost,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Branch => "branch",
            Self::TemporaryBranch => "temporary_branch",
            Self::VanguardPost => "vanguard_post",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Committee => "党委",
            Self::Branch => "党支部",
            Self::TemporaryBranch => "临时党支部",
            Self::VanguardPost => "党员先锋岗",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The party side of a body.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct PartyOrganisation {
    /// Of which kind.
    #[n(0)]
    pub kind: PartyKind,
    /// Bodies whose members form it beside those of the body above it: a temporary branch is several bodies'.
    #[n(1)]
    #[serde(default)]
    pub formed_by: Vec<OrganisationId>,
}

impl Organisation {
    /// The bodies whose people act for this one: itself, and of a party organisation the bodies that form it.
    pub fn acted_for_by(&self) -> Vec<OrganisationId> {
        let mut bodies = vec![self.id.clone()];
        if let Some(party) = &self.party {
            bodies.extend(self.parent.iter().chain(&party.formed_by).cloned());
        }
        bodies
    }
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
