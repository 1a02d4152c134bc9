//! Plays the planned check-ins: their people's devices write and push, the hub ingests and rules.

use std::collections::BTreeMap;

use xunge_documents::actor::device_actor;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::clock::{ClockTerms, FilingSought};
use xunge_domain::case::{Case, Decline, PhotoEntry};
use xunge_domain::checkin::{Act, Action, StepEntry, Subject};
use xunge_domain::class::ClassTable;
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{Digest, DocumentId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{self, Content, Directory, Known};
use xunge_sync::wire::{PushedChange, Verdict};

use super::SeedError;
use super::entering;
use super::telling::{Teller, Told, case_id};
use crate::app::App;
use crate::demo::history::PlannedCase;
use crate::demo::history::checkins::{CheckinDeed, PlannedCheckin, What, checkins};
use crate::demo::random::Random;

/// The city's registers, and who sees the case a check-in is about.
struct Registers<'a> {
    teller: &'a Teller<'a>,
    scopes: Vec<Scope>,
}

impl Directory for Registers<'_> {
    fn classes(&self) -> &ClassTable {
        &self.teller.city.classes
    }
    fn grids(&self) -> &GridIndex {
        &self.teller.grids
    }
    fn person(&self, id: &PersonId) -> Option<Person> {
        let mut people = self.teller.city.people.iter();
        people.find(|person| person.id == *id).cloned()
    }
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation> {
        let mut bodies = self.teller.city.organisations.iter();
        bodies.find(|body| body.id == *id).cloned()
    }
    fn scopes_of(&self, _: &DocumentId) -> Vec<Scope> {
        self.scopes.clone()
    }
    fn stored(&self, sha256: &Digest) -> bool {
        self.teller.pictures.holds(sha256)
    }
    fn case_exists(&self, _: &DocumentId) -> bool {
        true
    }
    fn terms(&self, _: &Case, _: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline> {
        // Check-ins are not filed.
        Ok(None)
    }
    fn next_case_no(&self, _: Timestamp) -> String {
        // Check-ins are not filed.
        String::new()
    }
}

/// Tells and enters the check-ins whose case is in the plan. The cases must have been entered.
///
/// # Errors
/// A deed the hub would not take, or the store's.
pub(super) fn tell(app: &App, teller: &Teller<'_>, plan: &[PlannedCase]) -> Result<(), SeedError> {
    let mut told = Vec::new();
    for planned in checkins() {
        let case = plan.iter().enumerate();
        let Some((index, case)) = case
            .into_iter()
            .find(|(_, case)| case.title == planned.about)
        else {
            continue;
        };
        let (case, _) = case_id(teller.seed, index, case);
        let members = app.store.reading(|read| read.memberships(&case))?;
        let registers = Registers {
            teller,
            scopes: members.into_iter().map(|member| member.scope).collect(),
        };
        told.push(play(&registers, &planned, case)?);
    }
    entering::enter(app, &told)
}

fn play(
    registers: &Registers<'_>,
    planned: &PlannedCheckin,
    case: DocumentId,
) -> Result<Told, SeedError> {
    let teller = registers.teller;
    let mut random = Random::new(teller.seed, planned.about);
    let began = planned
        .deeds
        .first()
        .map_or_else(Timestamp::default, |deed| deed.at);
    let entropy = std::array::from_fn(|_| random.below(256) as u8);
    let id = DocumentId::from_time(began, entropy);
    let document = Document::of(DocumentKind::MatterCheckin);
    let mut told = Told {
        id,
        content: Content::read(&document, id),
        document,
        placement: Vec::new(),
        arrived: Vec::new(),
    };
    let mut counter = 0;
    for deed in &planned.deeds {
        let broken = |why: String| SeedError::Plan {
            title: planned.about.to_owned(),
            why,
        };
        let device = teller.devices.get(&deed.author);
        let device = device.ok_or_else(|| broken(format!("{} has no device", deed.author)))?;
        let mut next_id = || {
            counter += 1;
            let nonce = std::array::from_fn(|_| random.below(256) as u8);
            IntentId::new(&device.origin.installation, counter, nonce)
        };
        let edits = edits(registers, planned, case, deed, &mut next_id)
            .ok_or_else(|| broken("a photo that was not drawn".into()))?;
        let intent = Intent {
            id: next_id(),
            at: deed.at,
            edits,
        };
        // The device had pulled everything before: it writes on a copy of the document.
        let actor = device_actor(&device.origin.installation, &id, 0);
        let change = told.document.clone().apply_intent(actor, &intent);
        let change = change.map_err(|cause| broken(cause.to_string()))?;
        let change = change.ok_or_else(|| broken("a push without a change".into()))?;
        let known = Known {
            document: std::mem::take(&mut told.document),
            placement: std::mem::take(&mut told.placement),
            quarantined: BTreeMap::new(),
            refused_of_others: Default::default(),
            since_moved: None,
            replaced: Default::default(),
        };
        let pushed = [PushedChange {
            bytes: change.bytes.into(),
            signature: None,
        }];
        let ingested = hub::ingest(
            id,
            known,
            &pushed,
            &device.origin,
            teller.hub,
            registers,
            deed.at,
        );
        let declined = ingested.content.checkin().and_then(|checkin| {
            let mut rulings = checkin.rulings.iter();
            rulings.find(|ruling| !ruling.entry.outcome.is_accepted())
        });
        if ingested.verdicts != [Verdict::Received] || declined.is_some() {
            return Err(broken(format!("{:?} {declined:?}", ingested.verdicts)));
        }
        let appended = ingested.appended.into_iter();
        told.arrived
            .extend(appended.map(|appended| (appended, deed.at)));
        told.document = ingested.document;
        told.content = ingested.content;
        told.placement = ingested.placement;
    }
    Ok(told)
}

fn edits(
    registers: &Registers<'_>,
    planned: &PlannedCheckin,
    case: DocumentId,
    deed: &CheckinDeed,
    next_id: &mut dyn FnMut() -> IntentId,
) -> Option<Vec<Edit>> {
    let (author, at) = (deed.author.clone(), deed.at);
    let action = |act: Act| Action {
        author: author.clone(),
        at,
        act,
        seal: None,
        session: None,
    };
    Some(match &deed.what {
        What::Open => {
            let act = Act::Open {
                title: planned.about.to_owned(),
                initiation: planned.initiation,
                subject: Subject::Case(case),
                visiting: planned.visiting.clone(),
                hosts: planned.hosts.clone(),
                calls: Vec::new(),
            };
            vec![Edit::CheckinAction(next_id(), action(act))]
        }
        What::Act(act) => vec![Edit::CheckinAction(next_id(), action(act.clone()))],
        What::Step(step, photo) => {
            let mut edits = Vec::new();
            let mut photos = Vec::new();
            if let Some((picture, purpose, caption)) = photo {
                let stored = registers.teller.pictures.get(*picture)?;
                let id = next_id();
                let entry = PhotoEntry {
                    author: author.clone(),
                    at,
                    purpose: *purpose,
                    caption: (*caption).to_owned(),
                    original: stored.original,
                    preview: Some(stored.preview),
                    point: None,
                    elsewhere: false,
                    seal: None,
                };
                photos.push(id);
                edits.push(Edit::Photo(id, entry));
            }
            let entry = StepEntry {
                author: author.clone(),
                at,
                address: String::new(),
                point: None,
                photos,
                step: step.clone(),
                seal: None,
                session: None,
            };
            edits.push(Edit::Step(next_id(), entry));
            edits
        }
    })
}
