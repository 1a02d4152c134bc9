//! Where a check-in stands: a fold of its rulings over its actions. Nothing else decides a state.

use serde::Serialize;

use crate::case::{Keyed, Note, PhotoEntry};
use crate::checkin::action::{Act, Action, Call};
use crate::checkin::judge::{Outcome, PartyBodies, Ruling};
use crate::checkin::state::CheckinState;
use crate::checkin::step::StepEntry;
use crate::checkin::step_name::StepName;
use crate::checkin::subject::{Initiation, Subject};
use crate::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use crate::person::Person;
use crate::time::Timestamp;

/// A check-in as read from its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatterCheckin {
    /// The document.
    pub id: DocumentId,
    /// By intent id.
    pub photos: Vec<Keyed<PhotoEntry>>,
    /// By intent id.
    pub comments: Vec<Keyed<Note>>,
    /// By intent id.
    pub steps: Vec<Keyed<StepEntry>>,
    /// By intent id.
    pub actions: Vec<Keyed<Action>>,
    /// By sequence.
    pub rulings: Vec<Keyed<Ruling>>,
}

impl MatterCheckin {
    /// An action by its id.
    pub fn action(&self, id: &IntentId) -> Option<&Action> {
        let found = self.actions.iter().find(|action| action.id == *id);
        found.map(|action| &action.entry)
    }

    /// The ruling of an action.
    pub fn ruling(&self, id: &IntentId) -> Option<&Ruling> {
        let found = self.rulings.iter().find(|ruling| ruling.id == *id);
        found.map(|ruling| &ruling.entry)
    }

    /// Actions that wait for a ruling.
    pub fn unruled(&self) -> Vec<&Keyed<Action>> {
        let mut waiting: Vec<&Keyed<Action>> = self
            .actions
            .iter()
            .filter(|action| self.ruling(&action.id).is_none())
            .collect();
        waiting.sort_by_key(|action| (action.entry.at, action.id));
        waiting
    }

    /// The opening that counts: the accepted one, else the first that nobody has ruled, else the first of all.
    pub fn opening(&self) -> Option<&Keyed<Action>> {
        let rank = |action: &Keyed<Action>| match self.ruling(&action.id) {
            Some(ruling) if ruling.outcome.is_accepted() => 0,
            None => 1,
            Some(_) => 2,
        };
        self.actions
            .iter()
            .filter(|action| matches!(action.entry.act, Act::Open { .. }))
            .min_by_key(|action| (rank(action), action.entry.at, action.id))
    }

    /// Whose people act for which party, as the ruling of the opening says.
    pub(crate) fn ruled_bodies(&self) -> &[PartyBodies] {
        let ruling = self
            .opening()
            .and_then(|opening| self.ruling(&opening.id))
            .map(|ruling| &ruling.outcome);
        match ruling {
            Some(Outcome::Accepted { bodies, .. }) => bodies,
            _ => &[],
        }
    }

    /// Whether people of `body` act for `party`.
    pub fn acts_for(&self, body: &OrganisationId, party: &OrganisationId) -> bool {
        body == party
            || self
                .ruled_bodies()
                .iter()
                .any(|bodies| bodies.party == *party && bodies.by.contains(body))
    }

    /// Whether a step of this name is there.
    pub fn has(&self, name: StepName) -> bool {
        self.steps.iter().any(|step| step.entry.step.name() == name)
    }

    /// The steps as they were made, by their authors' clocks.
    pub fn in_order(&self) -> Vec<&Keyed<StepEntry>> {
        let mut steps: Vec<&Keyed<StepEntry>> = self.steps.iter().collect();
        steps.sort_by_key(|step| (step.entry.at, step.id));
        steps
    }

    /// The number the next scheme has.
    pub fn next_scheme_version(&self) -> u32 {
        let versions = self.steps.iter().filter_map(|step| match step.entry.step {
            crate::checkin::Step::Scheme { version, .. } => Some(version),
            _ => None,
        });
        versions.max().unwrap_or(0).saturating_add(1)
    }
}

/// An answer that was ruled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// For which party.
    pub party: OrganisationId,
    /// By whom.
    pub by: PersonId,
    /// Whether it takes part.
    pub accepts: bool,
    /// In words.
    pub note: String,
    /// When it was ruled.
    pub at: Timestamp,
}

/// What follows from the opening and the rulings so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The state.
    pub state: CheckinState,
    /// Sequence of the last ruling; 0 before the first.
    pub sequence: u32,
    /// As the opening says, whether or not it is ruled.
    pub title: String,
    /// As the opening says.
    pub initiation: Option<Initiation>,
    /// As the opening says.
    pub subject: Option<Subject>,
    /// 报到方.
    pub visiting: Vec<OrganisationId>,
    /// 接待方.
    pub hosts: Vec<OrganisationId>,
    /// Of a whistle.
    pub calls: Vec<Call>,
    /// Who opened it.
    pub opened_by: Option<PersonId>,
    /// For which party, once ruled.
    pub opened_for: Option<OrganisationId>,
    /// When the opening was ruled.
    pub opened_at: Option<Timestamp>,
    /// Every body whose people act for a party, the parties themselves included; sorted.
    pub bodies: Vec<OrganisationId>,
    /// In the order of their rulings.
    pub answers: Vec<Answered>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// How it ended.
    pub closing_note: Option<String>,
}

impl Standing {
    const fn unruled() -> Self {
        Self {
            state: CheckinState::Draft,
            sequence: 0,
            title: String::new(),
            initiation: None,
            subject: None,
            visiting: Vec::new(),
            hosts: Vec::new(),
            calls: Vec::new(),
            opened_by: None,
            opened_for: None,
            opened_at: None,
            bodies: Vec::new(),
            answers: Vec::new(),
            closed_at: None,
            closing_note: None,
        }
    }

    /// All parties, the visiting ones first.
    pub fn parties(&self) -> impl Iterator<Item = &OrganisationId> {
        self.visiting.iter().chain(&self.hosts)
    }

    /// Whether a person acts for a party, or opened it.
    pub fn has_member(&self, person: &Person) -> bool {
        let body = person.organisation.as_ref();
        body.is_some_and(|body| self.bodies.contains(body))
            || self.opened_by.as_ref() == Some(&person.id)
    }

    fn open(&mut self, author: &PersonId, act: &Act) {
        let Act::Open {
            title,
            initiation,
            subject,
            visiting,
            hosts,
            calls,
        } = act
        else {
            return;
        };
        self.title.clone_from(title);
        self.initiation = Some(*initiation);
        self.subject = Some(subject.clone());
        self.visiting.clone_from(visiting);
        self.hosts.clone_from(hosts);
        self.calls.clone_from(calls);
        self.opened_by = Some(author.clone());
        self.bodies = self.parties().cloned().collect();
        self.bodies.sort();
        self.bodies.dedup();
    }

    /// Takes one ruling of one action in. A declined action changes nothing but the sequence.
    pub fn take(&mut self, action: &Action, ruling: &Ruling) {
        self.take_ruling(ruling);
        let Outcome::Accepted { party, bodies, .. } = &ruling.outcome else {
            return;
        };
        match &action.act {
            Act::Open { .. } => {
                self.open(&action.author, &action.act);
                self.opened_for.clone_from(party);
                self.opened_at = Some(ruling.at);
                let acting = bodies.iter().flat_map(|bodies| bodies.by.iter().cloned());
                self.bodies.extend(acting);
                self.bodies.sort();
                self.bodies.dedup();
            }
            Act::Answer {
                party,
                accepts,
                note,
            } => self.answers.push(Answered {
                party: party.clone(),
                by: action.author.clone(),
                accepts: *accepts,
                note: note.clone(),
                at: ruling.at,
            }),
            Act::Close { note } => {
                self.closed_at = Some(ruling.at);
                self.closing_note = Some(note.clone());
            }
        }
    }

    fn take_ruling(&mut self, ruling: &Ruling) {
        self.sequence = self.sequence.max(ruling.sequence);
        if let Outcome::Accepted { to, .. } = ruling.outcome {
            self.state = to;
        }
    }
}

/// Where a check-in stands. A ruling of an action that cannot be read still moves the state.
pub fn fold(checkin: &MatterCheckin) -> Standing {
    let mut standing = Standing::unruled();
    if let Some(opening) = checkin.opening() {
        standing.open(&opening.entry.author, &opening.entry.act);
    }
    for ruling in &checkin.rulings {
        match checkin.action(&ruling.id) {
            Some(action) => standing.take(action, &ruling.entry),
            None => standing.take_ruling(&ruling.entry),
        }
    }
    standing
}
