//! The transition table of domain.md §3 as data. `judge` reads it, the pages' action bar reads it, nothing else decides.

use crate::case::action::ActionName;
use crate::case::state::CaseState;
use crate::person::Role;

/// Where an accepted action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One state.
    To(CaseState),
    /// By the result the action carries.
    ByResult {
        /// When it passed.
        passed: CaseState,
        /// When it failed: 返工.
        failed: CaseState,
    },
}

/// What must hold beyond role and state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The class is in the table.
    KnownClass,
    /// The filing condition belongs to the class.
    KnownCondition,
    /// The position lies in a known unit grid, or the worker says why in none.
    PlacedInGrid,
    /// At least one photo of what was found.
    FoundPhoto,
    /// At least one photo after the works, by the author's body.
    AfterPhoto,
    /// At least one photo by the author with the purpose of the action.
    OwnPhoto,
    /// A reason of some length.
    Reason,
    /// The author's body leads the disposal.
    LeadParty,
    /// The author's body claimed the case.
    Claimant,
    /// The task was sent to the author.
    Assigned,
    /// The one asked to check is not of the body that did the work.
    NotBeneficiary,
    /// The author stood near the point.
    NearPoint,
    /// Every photo cited is stored at the server.
    EvidenceStored,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The verb.
    pub action: ActionName,
    /// From which states.
    pub from: &'static [CaseState],
    /// By whom.
    pub role: Role,
    /// To which state.
    pub to: Target,
    /// Under which conditions, checked in this order.
    pub guards: &'static [Guard],
}

use CaseState as S;
use Target::{ByResult, To};

/// The rows, in the order of a case's life.
#[rustfmt::skip]
pub static TRANSITIONS: &[Transition] = &[
    Transition { action: ActionName::Report,     from: &[S::Draft],      role: Role::GridWorker,   to: To(S::Reported),   guards: &[Guard::KnownClass, Guard::PlacedInGrid, Guard::FoundPhoto] },
    Transition { action: ActionName::SendVerify, from: &[S::Reported],   role: Role::IntakeClerk,  to: To(S::Verifying),  guards: &[] },
    Transition { action: ActionName::Verify,     from: &[S::Verifying],  role: Role::GridWorker,   to: To(S::Reported),   guards: &[Guard::Assigned, Guard::OwnPhoto] },
    Transition { action: ActionName::Accept,     from: &[S::Reported],   role: Role::IntakeClerk,  to: To(S::Accepted),   guards: &[] },
    Transition { action: ActionName::Reject,     from: &[S::Reported],   role: Role::IntakeClerk,  to: To(S::Rejected),   guards: &[Guard::Reason] },
    Transition { action: ActionName::File,       from: &[S::Accepted],   role: Role::ShiftLeader,  to: To(S::Filed),      guards: &[Guard::KnownClass, Guard::KnownCondition] },
    Transition { action: ActionName::Dispatch,   from: &[S::Filed],      role: Role::Dispatcher,   to: To(S::Dispatched), guards: &[] },
    Transition { action: ActionName::Claim,      from: &[S::Dispatched], role: Role::DisposalDept, to: To(S::Disposing),  guards: &[Guard::LeadParty] },
    Transition { action: ActionName::Feedback,   from: &[S::Disposing],  role: Role::DisposalDept, to: To(S::FedBack),    guards: &[Guard::Claimant, Guard::AfterPhoto, Guard::NearPoint] },
    Transition { action: ActionName::SendCheck,  from: &[S::FedBack],    role: Role::IntakeClerk,  to: To(S::Checking),   guards: &[Guard::NotBeneficiary] },
    Transition { action: ActionName::Check,      from: &[S::Checking],   role: Role::GridWorker,   to: ByResult { passed: S::ToClose, failed: S::Disposing }, guards: &[Guard::Assigned, Guard::OwnPhoto, Guard::NearPoint] },
    Transition { action: ActionName::Close,      from: &[S::ToClose],    role: Role::ShiftLeader,  to: To(S::Closed),     guards: &[Guard::EvidenceStored] },
];

/// The rows of one verb.
pub fn transitions_of(action: ActionName) -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS.iter().filter(move |row| row.action == action)
}
