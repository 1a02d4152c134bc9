//! Plays one planned case: its people's devices write and push, the hub ingests and rules, people in browsers act.

use std::collections::BTreeMap;

use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::clock::{ClockTerms, FilingSought, TermsSought};
use xunge_domain::case::{
    Act, Action, Case, Decline, Fix, GridAnswer, Note, PhotoEntry, Position, StaffSession,
};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::{Digest, DocumentId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, Person};
use xunge_domain::scope::Scope;
use xunge_domain::tables::LimitTable;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{self, Appended, Content, Directory, HubKey, Known, StaffAct};
use xunge_sync::wire::{PushedChange, Verdict};

use super::SeedError;
use super::devices::Device;
use super::pictures::Pictures;
use crate::demo::city::City;
use crate::demo::history::{Deed, PlannedCase, Step};
use crate::demo::random::Random;
use crate::services::directory::filing_terms;
use crate::working_calendar::CARRIED_EDITION;

/// What every case needs.
pub(super) struct Teller<'a> {
    pub(super) city: &'a City,
    pub(super) grids: GridIndex,
    pub(super) devices: &'a BTreeMap<PersonId, Device>,
    pub(super) pictures: &'a Pictures,
    pub(super) hub: &'a HubKey,
    pub(super) seed: u64,
}

/// A case that has been told, ready for the store.
pub(super) struct Told {
    pub(super) id: DocumentId,
    pub(super) document: Document,
    pub(super) content: Content,
    pub(super) placement: Vec<Scope>,
    /// In order of arrival, each with when it arrived.
    pub(super) arrived: Vec<(Appended, Timestamp)>,
}

impl Told {
    fn take_document(&mut self) -> Document {
        std::mem::take(&mut self.document)
    }
}

/// One case's registers: the teller's, and the number waiting for it.
struct Registers<'a> {
    teller: &'a Teller<'a>,
    case_no: String,
}

impl Directory for Registers<'_> {
    fn classes(&self) -> &ClassTable {
        &self.teller.city.classes
    }
    fn grids(&self) -> &GridIndex {
        &self.teller.grids
    }
    fn person(&self, id: &PersonId) -> Option<Person> {
        let known = self.teller.city.people.iter();
        known.clone().find(|person| person.id == *id).cloned()
    }
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation> {
        let bodies = &self.teller.city.organisations;
        bodies.iter().find(|body| body.id == *id).cloned()
    }
    fn scopes_of(&self, _: &DocumentId) -> Vec<Scope> {
        // No case is about another document.
        Vec::new()
    }
    fn stored(&self, sha256: &Digest) -> bool {
        self.teller.pictures.holds(sha256)
    }
    fn case_exists(&self, _: &DocumentId) -> bool {
        true
    }
    fn terms(&self, _: &Case, filing: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline> {
        let sought = TermsSought {
            filing: *filing,
            area_class: None,
            limits: &LimitTable::default(),
            classes: self.classes(),
            calendar: CARRIED_EDITION,
            hours: None,
        };
        filing_terms(ClockTerms::find(&sought))
    }
    fn next_case_no(&self, _: Timestamp) -> String {
        self.case_no.clone()
    }
}

struct Play<'a> {
    registers: Registers<'a>,
    planned: &'a PlannedCase,
    random: Random,
    counter: u32,
    told: Told,
}

impl Teller<'_> {
    /// Tells one case.
    ///
    /// # Errors
    /// A step the hub would not take.
    pub(super) fn tell(
        &self,
        index: usize,
        planned: &PlannedCase,
        case_no: Option<String>,
    ) -> Result<Told, SeedError> {
        let (id, random) = case_id(self.seed, index, planned);
        let document = Document::new();
        let content = Content::read(&document, id);
        let mut play = Play {
            registers: Registers {
                teller: self,
                case_no: case_no.unwrap_or_default(),
            },
            planned,
            random,
            counter: 0,
            told: Told {
                id,
                document,
                content,
                placement: Vec::new(),
                arrived: Vec::new(),
            },
        };
        for batch in batches(&planned.steps) {
            play.batch(batch)?;
        }
        Ok(play.told)
    }
}

/// The id of a planned case, and the draws that go on from there.
pub(super) fn case_id(seed: u64, index: usize, planned: &PlannedCase) -> (DocumentId, Random) {
    let mut random = Random::new(seed, &format!("case {index}"));
    let entropy = std::array::from_fn(|_| random.below(256) as u8);
    let began = planned.first_received().unwrap_or_default();
    (DocumentId::from_time(began, entropy), random)
}

/// Steps of one author that the hub received at once are one push.
fn batches(steps: &[Step]) -> impl Iterator<Item = &[Step]> {
    steps.chunk_by(|one, next| one.author == next.author && one.received == next.received)
}

impl Play<'_> {
    fn batch(&mut self, steps: &[Step]) -> Result<(), SeedError> {
        let Some(first) = steps.first() else {
            return Ok(());
        };
        let teller = self.registers.teller;
        match teller.devices.get(&first.author) {
            Some(device) => self.push(device, steps, first.received),
            None => steps.iter().try_for_each(|step| self.act_in_browser(step)),
        }
    }

    fn broken(&self, why: impl std::fmt::Display) -> SeedError {
        SeedError::Plan {
            title: self.planned.title.clone(),
            why: why.to_string(),
        }
    }

    fn nonce(&mut self) -> [u8; 3] {
        std::array::from_fn(|_| self.random.below(256) as u8)
    }

    fn act_in_browser(&mut self, step: &Step) -> Result<(), SeedError> {
        let Deed::Act(act) = &step.deed else {
            return Err(self.broken("somebody without a device writes a note"));
        };
        let request = StaffAct {
            author: step.author.clone(),
            session: StaffSession {
                id: format!("demo-{}", step.author),
            },
            act: act.clone(),
            now: step.received,
            nonce: self.nonce(),
        };
        let document = self.told.take_document();
        let teller = self.registers.teller;
        let acted = hub::act(self.told.id, document, request, teller.hub, &self.registers)
            .map_err(|error| self.broken(error))?;
        self.told.arrived.push((acted.appended, step.received));
        self.told.document = acted.document;
        self.told.content = acted.content;
        self.told.placement = acted.placement;
        Ok(())
    }

    fn push(
        &mut self,
        device: &Device,
        steps: &[Step],
        received: Timestamp,
    ) -> Result<(), SeedError> {
        let intent = self.intent(device, steps);
        let installation = &device.origin.installation;
        let actor = xunge_documents::actor::device_actor(installation, &self.told.id, 0);
        // The device had pulled everything before: it writes on a copy of the document.
        let mut on_device = self.told.document.clone();
        let change = on_device
            .apply_intent(actor, &intent)
            .map_err(|error| self.broken(error))?
            .ok_or_else(|| self.broken("a push without a change"))?;
        let pushed = PushedChange {
            bytes: change.bytes.into(),
            signature: None,
        };
        let known = Known {
            document: self.told.take_document(),
            placement: self.told.placement.clone(),
            quarantined: BTreeMap::new(),
            refused_of_others: Default::default(),
            since_moved: None,
            replaced: std::collections::BTreeSet::new(),
        };
        let teller = self.registers.teller;
        let ingested = hub::ingest(
            self.told.id,
            known,
            &[pushed],
            &device.origin,
            teller.hub,
            &self.registers,
            received,
        );
        if ingested
            .verdicts
            .iter()
            .any(|verdict| *verdict != Verdict::Received)
        {
            return Err(self.broken(format!("{:?}", ingested.verdicts)));
        }
        let appended = ingested.appended.into_iter();
        self.told
            .arrived
            .extend(appended.map(|appended| (appended, received)));
        self.told.document = ingested.document;
        self.told.content = ingested.content;
        self.told.placement = ingested.placement;
        Ok(())
    }

    fn next_id(&mut self, device: &Device) -> IntentId {
        self.counter += 1;
        let nonce = self.nonce();
        IntentId::new(&device.origin.installation, self.counter, nonce)
    }

    fn intent(&mut self, device: &Device, steps: &[Step]) -> Intent {
        let reports = steps.iter().any(|step| step.deed == Deed::Act(Act::Report));
        let mut edits = if reports {
            self.facts(steps)
        } else {
            Vec::new()
        };
        for step in steps {
            let id = self.next_id(device);
            edits.extend(self.edit(id, step));
        }
        Intent {
            id: self.next_id(device),
            at: steps.last().map_or_else(Timestamp::default, |step| step.at),
            edits,
        }
    }

    fn facts(&self, steps: &[Step]) -> Vec<Edit> {
        let planned = self.planned;
        let fix = Fix {
            point: planned.point,
            accuracy_metres: Some(4 + (self.counter + planned.title.len() as u32) % 12),
            provider: "gps".into(),
            at: steps
                .first()
                .map_or_else(Timestamp::default, |step| step.at),
            mock: false,
        };
        vec![
            Edit::Class(planned.class.clone()),
            Edit::Condition(planned.condition.clone()),
            Edit::Title(planned.title.clone()),
            Edit::Description(planned.description.clone()),
            Edit::Position(Position {
                point: planned.point,
                fixes: vec![fix],
            }),
            Edit::Address(planned.address.clone()),
            Edit::UnitGrid(GridAnswer::Known(planned.unit_grid)),
            Edit::Severity(planned.severity),
        ]
    }

    fn edit(&self, id: IntentId, step: &Step) -> Option<Edit> {
        let (author, at) = (step.author.clone(), step.at);
        let note = |text: &String| Note {
            author: author.clone(),
            at,
            text: text.clone(),
        };
        Some(match &step.deed {
            Deed::Hazard(text) => Edit::Hazard(id, note(text)),
            Deed::Comment(text) => Edit::Comment(id, note(text)),
            Deed::Act(act) => Edit::Action(
                id,
                Action {
                    act: act.clone(),
                    author,
                    at,
                    seal: None,
                    session: None,
                },
            ),
            Deed::Photo {
                picture,
                purpose,
                caption,
                point,
            } => {
                let stored = self.registers.teller.pictures.get(*picture)?;
                let entry = PhotoEntry {
                    author,
                    at,
                    purpose: *purpose,
                    caption: caption.clone(),
                    original: stored.original,
                    preview: Some(stored.preview),
                    point: Some(*point),
                    elsewhere: false,
                    seal: None,
                };
                Edit::Photo(id, entry)
            }
        })
    }
}
