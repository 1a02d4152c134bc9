//! Why an action was declined: data with a stable code, read by its author in words.

mod en;
mod zh;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::case::asked::{ApplicationKind, Level};
use crate::case::state::CaseState;
use crate::ids::{OrganisationId, PersonId};
use crate::person::Role;
use crate::tables::HandlingClass;
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
    /// The author's check of these works was ruled before.
    #[n(15)]
    AlreadyChecked {
        /// When.
        #[n(0)]
        at: Timestamp,
    },
    /// Two checks disagree.
    #[n(16)]
    Disputed,
    /// Nobody applied for this, or it was answered.
    #[n(17)]
    NotApplied {
        /// For what.
        #[n(0)]
        kind: ApplicationKind,
    },
    /// An application of this kind waits for its answer.
    #[n(18)]
    AlreadyApplied {
        /// For what.
        #[n(0)]
        kind: ApplicationKind,
        /// By whom.
        #[n(1)]
        by: PersonId,
    },
    /// The class is not on the list of those a worker may settle.
    #[n(19)]
    NotSelfHandled,
    /// The photos before and after were not taken in one visit.
    #[n(20)]
    NotOneVisit {
        /// Minutes from the one to the other; negative when the later was to be the earlier.
        #[n(0)]
        minutes: i32,
        /// At most so many.
        #[n(1)]
        minutes_max: i32,
    },
    /// The one named is not of the author's body.
    #[n(21)]
    NotSameBody {
        /// Who.
        #[n(0)]
        to: PersonId,
    },
    /// The ladder ends here.
    #[n(22)]
    LadderEnds {
        /// The rung.
        #[n(0)]
        level: Level,
    },
    /// The case is linked already.
    #[n(23)]
    AlreadyLinked,
    /// The case is not linked.
    #[n(24)]
    NotLinked,
    /// A case cannot repeat itself.
    #[n(25)]
    LinksItself,
    /// This class was not proposed, or the proposal was answered.
    #[n(26)]
    NotProposed,
    /// A photo declared lost is stored, or is none of this case.
    #[n(27)]
    NotLost,
    /// No body ever claimed the case.
    #[n(28)]
    NeverClaimed,
    /// A date that must lie ahead does not.
    #[n(29)]
    DateNotAhead,
    /// The author acts for no body.
    #[n(30)]
    NoBody,
    /// The case named is not at the server.
    #[n(31)]
    UnknownCase,
    /// No row of the table of limits says how long a matter of this class may take when it is handled so.
    #[n(32)]
    NoLimitOfHandling {
        /// How.
        #[n(0)]
        handling_class: HandlingClass,
    },
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
            Self::AlreadyChecked { .. } => "already_checked",
            Self::Disputed => "disputed",
            Self::NotApplied { .. } => "not_applied",
            Self::AlreadyApplied { .. } => "already_applied",
            Self::NotSelfHandled => "not_self_handled",
            Self::NotOneVisit { .. } => "not_one_visit",
            Self::NotSameBody { .. } => "not_same_body",
            Self::LadderEnds { .. } => "ladder_ends",
            Self::AlreadyLinked => "already_linked",
            Self::NotLinked => "not_linked",
            Self::LinksItself => "links_itself",
            Self::NotProposed => "not_proposed",
            Self::NotLost => "not_lost",
            Self::NeverClaimed => "never_claimed",
            Self::DateNotAhead => "date_not_ahead",
            Self::NoBody => "no_body",
            Self::UnknownCase => "unknown_case",
            Self::NoLimitOfHandling { .. } => "no_limit_of_handling",
        }
    }
}
