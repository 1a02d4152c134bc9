//! Where a case stands: a fold of its rulings over its actions. Nothing else decides a state.

mod application;
mod check;
mod collaboration;
mod filing;
mod take;

pub use application::{Application, Asked, Extension, Hold, SendBack, SendBackCounts};
pub use check::{CheckMade, Checks};
pub use collaboration::{JointSurvey, Rung, Supervision};
pub use filing::Filing;

use serde::Serialize;

use crate::case::asked::{ApplicationKind, CloseOutcome, Source};
use crate::case::history::Case;
use crate::case::state::CaseState;
use crate::ids::{Digest, DocumentId, IntentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// The claim that was ruled first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Who.
    pub by: PersonId,
    /// For which body.
    pub organisation: OrganisationId,
    /// When it was ruled.
    pub at: Timestamp,
}

/// Where a registered case came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Registration {
    /// Which way.
    pub source: Source,
    /// Its number there.
    pub external_id: Option<String>,
}

/// What follows from the rulings so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The state.
    pub state: CaseState,
    /// Sequence of the last ruling; 0 before the first.
    pub sequence: u32,
    /// Who reported, registered or settled it alone.
    pub reporter: Option<PersonId>,
    /// When that was ruled.
    pub reported_at: Option<Timestamp>,
    /// Where it came from, when not from a patrol.
    pub registration: Option<Registration>,
    /// Given by filing.
    pub case_no: Option<String>,
    /// What filing fixed.
    pub filing: Option<Filing>,
    /// Proposed classes that were refused.
    pub refused_classes: Vec<String>,
    /// 主办.
    pub lead: Option<OrganisationId>,
    /// 协办.
    pub assist: Vec<OrganisationId>,
    /// 知会.
    pub notify: Vec<OrganisationId>,
    /// Who has it.
    pub claim: Option<Claim>,
    /// Who works on it inside that body.
    pub assignee: Option<PersonId>,
    /// Who was asked to verify, the one asked last first. The others did not answer in time and may still: the first
    /// answer that is ruled counts.
    pub verifiers: Vec<PersonId>,
    /// Who was sent to check, and what they found.
    pub checks: Checks,
    /// Checks that disagreed with the deciding one after closing: for people to look into.
    pub review_items: Vec<IntentId>,
    /// How often a check failed.
    pub rework: u32,
    /// How often it was reopened, and one.
    pub round: u32,
    /// Applications without an answer, at most one of a kind.
    pub applications: Vec<Application>,
    /// Extensions granted.
    pub extensions: Vec<Extension>,
    /// Send-backs answered.
    pub send_backs: Vec<SendBack>,
    /// Stretches on hold; the last one may last.
    pub holds: Vec<Hold>,
    /// Joint surveys.
    pub surveys: Vec<JointSurvey>,
    /// Supervisions.
    pub supervisions: Vec<Supervision>,
    /// The rung of the ladder.
    pub rung: Rung,
    /// Cases that this one repeats.
    pub duplicates: Vec<DocumentId>,
    /// Blobs that were given up.
    pub evidence_lost: Vec<Digest>,
    /// How it was closed, in this round.
    pub close_outcome: Option<CloseOutcome>,
}

impl Standing {
    /// Before any ruling.
    pub const fn unruled() -> Self {
        Self {
            state: CaseState::Draft,
            sequence: 0,
            reporter: None,
            reported_at: None,
            registration: None,
            case_no: None,
            filing: None,
            refused_classes: Vec::new(),
            lead: None,
            assist: Vec::new(),
            notify: Vec::new(),
            claim: None,
            assignee: None,
            verifiers: Vec::new(),
            checks: Checks::none(),
            review_items: Vec::new(),
            rework: 0,
            round: 1,
            applications: Vec::new(),
            extensions: Vec::new(),
            send_backs: Vec::new(),
            holds: Vec::new(),
            surveys: Vec::new(),
            supervisions: Vec::new(),
            rung: Rung::first(),
            duplicates: Vec::new(),
            evidence_lost: Vec::new(),
            close_outcome: None,
        }
    }

    /// The application of a kind that waits for its answer.
    pub fn application(&self, kind: ApplicationKind) -> Option<&Application> {
        self.applications
            .iter()
            .find(|application| application.asked.kind() == kind)
    }

    /// The hold that lasts.
    pub fn hold(&self) -> Option<&Hold> {
        self.holds.last().filter(|hold| hold.until.is_none())
    }

    /// Whether two checks disagree and the case is open: it cannot be closed so.
    pub fn disputed(&self) -> bool {
        !self.state.is_final() && self.checks.disagree()
    }

    /// Supervisions without an answer.
    pub fn open_supervisions(&self) -> impl Iterator<Item = &Supervision> {
        let ended = self.state.is_final();
        self.supervisions
            .iter()
            .filter(move |supervision| !ended && supervision.answered_at.is_none())
    }
}

/// The standing of a case: its rulings in sequence.
pub fn fold(case: &Case) -> Standing {
    let mut standing = Standing::unruled();
    for ruling in &case.rulings {
        match case.action(&ruling.id) {
            Some(action) => standing.take(&ruling.id, action, &ruling.entry),
            None => standing.take_ruling(&ruling.entry),
        }
    }
    standing
}
