//! What is decided of a check-in, as data. `judge` reads it, the pages read it, nothing else decides.

use crate::checkin::action::ActName;
use crate::checkin::state::CheckinState;
use crate::person::Role;

/// Where an accepted action leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// One state.
    To(CheckinState),
    /// By the answer. A no after somebody said yes changes nothing: the others go on.
    ByAnswer {
        /// A party takes part.
        accepted: CheckinState,
        /// It does not, and nobody did before.
        refused: CheckinState,
    },
}

/// What must hold beyond role and state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// It has a title.
    Titled,
    /// One visiting party and one host at least, all of them known, none on both sides.
    TwoSides,
    /// The author acts for one of the parties.
    OwnParty,
    /// The case or project is known here.
    KnownSubject,
    /// A whistle calls visiting parties, each with an obligation and a time to come; nothing else calls anybody.
    CallsFit,
    /// The author acts for the party that answers, and it is of the side that did not open.
    OtherSide,
    /// That party has not answered yet.
    Unanswered,
    /// Something was completed, or the note says why not.
    CompletedOrReason,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The verb.
    pub action: ActName,
    /// From which states.
    pub from: &'static [CheckinState],
    /// By whom.
    pub role: Role,
    /// To which state.
    pub to: Target,
    /// Under which conditions, checked in this order.
    pub guards: &'static [Guard],
}

use CheckinState as S;
use Target::{ByAnswer, To};

/// The rows, in the order of a check-in's life.
#[rustfmt::skip]
pub static TRANSITIONS: &[Transition] = &[
    Transition { action: ActName::Open,   from: &[S::Draft],               role: Role::BranchSecretary, to: To(S::Opened), guards: &[Guard::Titled, Guard::TwoSides, Guard::OwnParty, Guard::KnownSubject, Guard::CallsFit] },
    Transition { action: ActName::Answer, from: &[S::Opened, S::UnderWay], role: Role::BranchSecretary, to: ByAnswer { accepted: S::UnderWay, refused: S::Refused }, guards: &[Guard::OtherSide, Guard::Unanswered] },
    Transition { action: ActName::Close,  from: &[S::UnderWay],            role: Role::BranchSecretary, to: To(S::Closed), guards: &[Guard::OwnParty, Guard::CompletedOrReason] },
];
