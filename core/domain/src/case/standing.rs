//! Where a case stands: a fold of its rulings over its actions. Nothing else decides a state.

use serde::Serialize;

use crate::case::action::{Act, Action, CloseOutcome};
use crate::case::entry::{Keyed, Note, PhotoEntry};
use crate::case::facts::Facts;
use crate::case::judge::{Outcome, Ruling};
use crate::case::state::CaseState;
use crate::ids::{CaseId, IntentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// A case as read from its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// The document.
    pub id: CaseId,
    /// What merged.
    pub facts: Facts,
    /// By intent id.
    pub photos: Vec<Keyed<PhotoEntry>>,
    /// By intent id.
    pub hazards: Vec<Keyed<Note>>,
    /// By intent id.
    pub comments: Vec<Keyed<Note>>,
    /// By intent id.
    pub actions: Vec<Keyed<Action>>,
    /// By sequence.
    pub rulings: Vec<Keyed<Ruling>>,
}

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

/// What follows from the rulings so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The state.
    pub state: CaseState,
    /// Sequence of the last ruling; 0 before the first.
    pub sequence: u32,
    /// Who reported.
    pub reporter: Option<PersonId>,
    /// When the report was ruled.
    pub reported_at: Option<Timestamp>,
    /// Given by filing.
    pub case_no: Option<String>,
    /// 主办.
    pub lead: Option<OrganisationId>,
    /// 协办.
    pub assist: Vec<OrganisationId>,
    /// 知会.
    pub notify: Vec<OrganisationId>,
    /// Who has it.
    pub claim: Option<Claim>,
    /// Who was asked to verify.
    pub verifier: Option<PersonId>,
    /// Who was asked to check.
    pub checker: Option<PersonId>,
    /// How often a check failed.
    pub rework: u32,
    /// How it was closed.
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
            case_no: None,
            lead: None,
            assist: Vec::new(),
            notify: Vec::new(),
            claim: None,
            verifier: None,
            checker: None,
            rework: 0,
            close_outcome: None,
        }
    }

    /// Takes one ruling of one action in. Declined actions change nothing but the sequence.
    pub fn take(&mut self, action: &Action, ruling: &Ruling) {
        self.take_ruling(ruling);
        let Outcome::Accepted { organisation, .. } = &ruling.outcome else {
            return;
        };
        match &action.act {
            Act::Report => {
                self.reporter = Some(action.author.clone());
                self.reported_at = Some(ruling.at);
            }
            Act::SendVerify { to } => self.verifier = Some(to.clone()),
            Act::Dispatch {
                lead,
                assist,
                notify,
            } => {
                self.lead = Some(lead.clone());
                self.assist.clone_from(assist);
                self.notify.clone_from(notify);
            }
            Act::Claim => {
                self.claim = organisation.clone().map(|organisation| Claim {
                    by: action.author.clone(),
                    organisation,
                    at: ruling.at,
                });
            }
            Act::SendCheck { to } => self.checker = Some(to.clone()),
            Act::Check { passed, .. } => self.rework += u32::from(!passed),
            Act::Close { outcome } => self.close_outcome = Some(*outcome),
            Act::Verify { .. }
            | Act::Accept
            | Act::Reject { .. }
            | Act::File { .. }
            | Act::Feedback { .. } => {}
        }
    }

    /// What a ruling says by itself: enough to know where the case stands when its action cannot be read here,
    /// because a newer version wrote it.
    fn take_ruling(&mut self, ruling: &Ruling) {
        self.sequence = self.sequence.max(ruling.sequence);
        if let Outcome::Accepted { to, case_no, .. } = &ruling.outcome {
            self.state = *to;
            if case_no.is_some() {
                self.case_no.clone_from(case_no);
            }
        }
    }
}

/// The standing of a case: its rulings in sequence.
pub fn fold(case: &Case) -> Standing {
    let mut standing = Standing::unruled();
    for ruling in &case.rulings {
        match case.action(&ruling.id) {
            Some(action) => standing.take(action, &ruling.entry),
            None => standing.take_ruling(&ruling.entry),
        }
    }
    standing
}

impl Case {
    /// An action by its id.
    pub fn action(&self, id: &IntentId) -> Option<&Action> {
        self.actions
            .iter()
            .find(|action| action.id == *id)
            .map(|action| &action.entry)
    }

    /// The ruling of an action.
    pub fn ruling(&self, id: &IntentId) -> Option<&Ruling> {
        self.rulings
            .iter()
            .find(|ruling| ruling.id == *id)
            .map(|ruling| &ruling.entry)
    }

    /// Actions without a ruling, in the order of their authors' clocks and then of their ids.
    pub fn unruled(&self) -> Vec<&Keyed<Action>> {
        let mut open: Vec<_> = self
            .actions
            .iter()
            .filter(|action| self.ruling(&action.id).is_none())
            .collect();
        open.sort_by_key(|action| (action.entry.at, action.id));
        open
    }
}
