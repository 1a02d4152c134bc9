//! The table of domain.md §3 as data. `judge` reads it, the pages' action bar reads it, `xunge rules` prints it,
//! docs/case-machine.md is made from it; nothing else decides.

use crate::case::action_name::ActionName;
use crate::case::asked::ApplicationKind as Kind;
use crate::case::guard::Guard;
use crate::case::state::CaseState;
use crate::person::Role;

/// Where an accepted action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One state.
    To(CaseState),
    /// Nowhere: the case stays where it is.
    Stay,
    /// By the answer that the action carries.
    ByResult {
        /// When it passed.
        passed: CaseState,
        /// When it failed.
        failed: CaseState,
    },
    /// There when granted; refused, the case stays where it is.
    IfGranted(CaseState),
}

impl Target {
    /// The state it leads to from `from`, given the answer of an action that is one.
    pub const fn from(self, from: CaseState, granted: Option<bool>) -> CaseState {
        let yes = !matches!(granted, Some(false));
        match self {
            Self::To(state) => state,
            Self::Stay => from,
            Self::ByResult { passed, failed } => {
                if yes {
                    passed
                } else {
                    failed
                }
            }
            Self::IfGranted(state) => {
                if yes {
                    state
                } else {
                    from
                }
            }
        }
    }
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

use ActionName as A;
use CaseState as S;
use Guard as G;
use Role as R;
use Target::{ByResult, IfGranted, Stay, To};

/// Reported and not ended.
const OPEN: &[S] = &[
    S::Reported,
    S::Verifying,
    S::Accepted,
    S::Filed,
    S::Dispatched,
    S::Disposing,
    S::FedBack,
    S::Checking,
    S::ToClose,
    S::OnHold,
    S::SelfDone,
    S::SelfReview,
];
/// Accepted, and no feedback yet.
const VOIDABLE: &[S] = &[S::Accepted, S::Filed, S::Dispatched, S::Disposing];
/// Filed and not ended.
const FILED: &[S] = &[
    S::Filed,
    S::Dispatched,
    S::Disposing,
    S::FedBack,
    S::Checking,
    S::ToClose,
    S::OnHold,
];
/// Filed, works not begun.
const BEFORE_WORKS: &[S] = &[S::Filed, S::Dispatched];
/// Somebody has to settle it at some level.
const ON_LADDER: &[S] = &[
    S::Accepted,
    S::Filed,
    S::Dispatched,
    S::Disposing,
    S::OnHold,
];
/// Where the first ruled check leads, and where the second finds the case.
const CHECK_RULED: &[S] = &[S::ToClose, S::Disposing, S::Closed];

const SURVEY: &[G] = &[G::OfBody, G::OwnPhoto, G::NearPoint, G::Reason];

const fn row(
    action: A,
    from: &'static [S],
    role: R,
    to: Target,
    guards: &'static [G],
) -> Transition {
    Transition {
        action,
        from,
        role,
        to,
        guards,
    }
}

/// The rows, in the order of a case's life.
#[rustfmt::skip]
pub static TRANSITIONS: &[Transition] = &[
    row(A::Report,              &[S::Draft],              R::GridWorker,     To(S::Reported),        &[G::KnownClass, G::PlacedInGrid, G::FoundPhoto]),
    row(A::Register,            &[S::Draft],              R::IntakeClerk,    To(S::Reported),        &[G::KnownClass, G::PlacedInGrid]),
    row(A::SendVerify,          &[S::Reported],           R::IntakeClerk,    To(S::Verifying),       &[]),
    row(A::SendVerify,          &[S::Verifying],          R::IntakeClerk,    To(S::Verifying),       &[]),
    row(A::Verify,              &[S::Verifying],          R::GridWorker,     To(S::Reported),        &[G::Assigned, G::OwnPhoto]),
    row(A::Accept,              &[S::Reported],           R::IntakeClerk,    To(S::Accepted),        &[]),
    row(A::Reject,              &[S::Reported],           R::IntakeClerk,    To(S::Rejected),        &[G::Reason, G::NotItself, G::KnownCase]),
    row(A::File,                &[S::Accepted],           R::ShiftLeader,    To(S::Filed),           &[G::KnownClass, G::KnownCondition]),
    row(A::Dispatch,            &[S::Filed],              R::Dispatcher,     To(S::Dispatched),      &[]),
    row(A::JointSurvey,         BEFORE_WORKS,             R::DisposalDept,   Stay,                   SURVEY),
    row(A::JointSurvey,         BEFORE_WORKS,             R::BranchSecretary, Stay,                  SURVEY),
    row(A::Claim,               &[S::Dispatched],         R::DisposalDept,   To(S::Disposing),       &[G::LeadParty]),
    row(A::Assign,              &[S::Disposing],          R::DisposalDept,   Stay,                   &[G::Claimant, G::OfSameBody]),
    row(A::ApplyExtend,         &[S::Disposing],          R::DisposalDept,   Stay,                   &[G::Claimant, G::NotApplied(Kind::Extend), G::Reason, G::DateAhead]),
    row(A::ApproveExtend,       &[S::Disposing],          R::Dispatcher,     Stay,                   &[G::FirstExtension, G::Applied(Kind::Extend), G::ReasonOfRefusal]),
    row(A::ApproveExtend,       &[S::Disposing],          R::SupervisorLead, Stay,                   &[G::LaterExtension, G::Applied(Kind::Extend), G::ReasonOfRefusal]),
    row(A::ApplySendBack,       &[S::Disposing],          R::DisposalDept,   Stay,                   &[G::Claimant, G::NotApplied(Kind::SendBack), G::Reason]),
    row(A::ApproveSendBack,     &[S::Disposing],          R::Dispatcher,     IfGranted(S::Filed),    &[G::Applied(Kind::SendBack), G::ReasonOfRefusal]),
    row(A::ApplyHold,           &[S::Disposing],          R::DisposalDept,   Stay,                   &[G::Claimant, G::NotApplied(Kind::Hold), G::Reason, G::DateAhead]),
    row(A::ApproveHold,         &[S::Disposing],          R::Dispatcher,     IfGranted(S::OnHold),   &[G::Applied(Kind::Hold), G::ReasonOfRefusal]),
    row(A::Release,             &[S::OnHold],             R::Dispatcher,     To(S::Disposing),       &[]),
    row(A::ApplyVoid,           VOIDABLE,                 R::Dispatcher,     Stay,                   &[G::NotApplied(Kind::Void), G::Reason]),
    row(A::ApproveVoid,         VOIDABLE,                 R::ShiftLeader,    IfGranted(S::Void),     &[G::Applied(Kind::Void), G::ReasonOfRefusal]),
    row(A::Feedback,            &[S::Disposing],          R::DisposalDept,   To(S::FedBack),         &[G::Claimant, G::AfterPhoto, G::NearPoint]),
    row(A::SendCheck,           &[S::FedBack],            R::IntakeClerk,    To(S::Checking),        &[G::NotBeneficiary]),
    row(A::SendCheck,           &[S::ToClose],            R::IntakeClerk,    To(S::Checking),        &[G::Disputed, G::NotBeneficiary]),
    row(A::SendCheck,           &[S::Checking],           R::IntakeClerk,    To(S::Checking),        &[G::NotBeneficiary]),
    row(A::Check,               &[S::Checking],           R::GridWorker,     ByResult { passed: S::ToClose, failed: S::Disposing }, &[G::Assigned, G::OwnPhoto, G::NearPoint]),
    row(A::Check,               CHECK_RULED,              R::GridWorker,     Stay,                   &[G::SecondCheck, G::OwnPhoto, G::NearPoint]),
    row(A::DeclareEvidenceLost, &[S::ToClose],            R::ShiftLeader,    Stay,                   &[G::Reason, G::EvidenceMissing]),
    row(A::Close,               &[S::ToClose],            R::ShiftLeader,    To(S::Closed),          &[G::NotDisputed, G::EvidenceStored]),
    row(A::Reopen,              &[S::Closed],             R::ShiftLeader,    To(S::Disposing),       &[G::Claimed, G::Reason]),
    row(A::SelfHandle,          &[S::Draft],              R::GridWorker,     To(S::SelfDone),        &[G::KnownClass, G::SelfHandledClass, G::PlacedInGrid, G::OneVisit, G::NearPoint]),
    row(A::BeginReview,         &[S::SelfDone],           R::IntakeClerk,    To(S::SelfReview),      &[]),
    row(A::Review,              &[S::SelfReview],         R::IntakeClerk,    ByResult { passed: S::Closed, failed: S::Invalid }, &[G::ReasonOfRefusal]),
    row(A::Supervise,           OPEN,                     R::SupervisorLead, Stay,                   &[G::Reason, G::DateAhead]),
    row(A::Escalate,            ON_LADDER,                R::Dispatcher,     Stay,                   &[G::LevelAbove, G::Reason]),
    row(A::Escalate,            ON_LADDER,                R::ShiftLeader,    Stay,                   &[G::LevelAbove, G::Reason]),
    row(A::SendDown,            ON_LADDER,                R::Dispatcher,     Stay,                   &[G::LevelBelow, G::Reason]),
    row(A::SendDown,            ON_LADDER,                R::ShiftLeader,    Stay,                   &[G::LevelBelow, G::Reason]),
    row(A::LinkDuplicate,       OPEN,                     R::IntakeClerk,    Stay,                   &[G::NotItself, G::KnownCase, G::NotLinked]),
    row(A::UnlinkDuplicate,     OPEN,                     R::IntakeClerk,    Stay,                   &[G::Linked, G::Reason]),
    row(A::AnswerProposal,      FILED,                    R::ShiftLeader,    Stay,                   &[G::Proposed, G::ReasonOfRefusal]),
];

/// The rows of one verb.
pub fn transitions_of(action: ActionName) -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS.iter().filter(move |row| row.action == action)
}
