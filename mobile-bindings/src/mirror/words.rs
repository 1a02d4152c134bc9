//! People, notes, decisions and where content is: what a screen shows in words.

use xunge_field::domain::case::CaseState;
use xunge_field::domain::ids::{DutyGridId, IntentId, OrganisationId, PersonId};
use xunge_field::domain::person::Role;
use xunge_field::domain::time::Timestamp;
use xunge_field::domain::working_time::Light;
use xunge_field::{Delivery, NoteView, PersonView, ReasonView, RulingView};

#[uniffi::remote(Enum)]
pub enum Role {
    GridWorker,
    IntakeClerk,
    ShiftLeader,
    Dispatcher,
    DisposalDept,
    SupervisorLead,
    BranchSecretary,
    Auditor,
    Admin,
}

#[uniffi::remote(Record)]
pub struct PersonView {
    pub id: PersonId,
    pub name: String,
    pub roles: Vec<Role>,
    pub organisation: Option<OrganisationId>,
    pub duty_grids: Vec<DutyGridId>,
}

#[uniffi::remote(Enum)]
pub enum Light {
    Green,
    Yellow,
    Red,
}

#[uniffi::remote(Enum)]
pub enum Delivery {
    OnDevice,
    Sending { sent: u64, of: u64 },
    Received,
}

#[uniffi::remote(Record)]
pub struct NoteView {
    pub id: IntentId,
    pub author: PersonId,
    pub at: Timestamp,
    pub text: String,
}

#[uniffi::remote(Record)]
pub struct ReasonView {
    pub code: String,
    pub zh: String,
    pub en: String,
}

#[uniffi::remote(Record)]
pub struct RulingView {
    pub accepted: bool,
    pub at: Timestamp,
    pub to: Option<CaseState>,
    pub reason: Option<ReasonView>,
}
