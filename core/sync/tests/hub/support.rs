//! A small city: three people in a street, two bodies, two unit grids, and devices that write real changes.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::{ActorId, ChangeHash};
use xunge_documents::testing::{ForgedWrite, forge};
use xunge_documents::{Document, Edit, Intent, NewChange};
use xunge_domain::case::clock::{ClockTerms, FilingSought};
use xunge_domain::case::{
    Act, Action, BlobReference, Case, Decline, GridAnswer, Note, PhotoEntry, PhotoPurpose,
    Position, Ruling, StaffSession,
};
use xunge_domain::class::ClassTable;
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridIndex, UnitGrid, UnitGridCode};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, OrganisationId, PersonId};
use xunge_domain::person::{Organisation, PartyKind, PartyOrganisation, Person, Role};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{
    ActedOn, Directory, HubKey, Ingested, Known, OriginInstallation, StaffAct, act, ingest,
};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::{PushedChange, Verdict};

pub(crate) const CASE: DocumentId = DocumentId::from_bytes([0xCA; 16]);
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_764_000_000_000);

const CLASSES: &str = r#"{ "edition": "sample", "effective_date": "2026-01-01", "sample": true, "classes": [
    { "code": "20101", "id": "road_damage", "kind": "event", "major_zh": "街面", "zh": "路面破损", "en": "Road damage",
      "conditions": [ { "code": "1", "zh": "破损", "limit": { "number": 1, "unit": "natural_day" } } ] } ] }"#;

pub(crate) struct City {
    classes: ClassTable,
    grids: GridIndex,
    people: BTreeMap<PersonId, Person>,
    pub(crate) stored: RefCell<BTreeSet<Digest>>,
    numbers: Cell<u32>,
}

pub(crate) fn worker() -> Person {
    person("worker-putian", Role::GridWorker, None, &["putian-1"])
}

pub(crate) fn other_worker() -> Person {
    person("worker-weilai", Role::GridWorker, None, &["weilai-1"])
}

pub(crate) fn crew(name: &str, body: &str) -> Person {
    person(name, Role::DisposalDept, Some(body), &[])
}

/// The branch secretary of a body.
pub(crate) fn secretary(body: &str) -> Person {
    person(
        &format!("secretary-{body}"),
        Role::BranchSecretary,
        Some(body),
        &[],
    )
}

pub(crate) fn clerk() -> Person {
    let mut clerk = person("clerk", Role::IntakeClerk, Some("centre"), &[]);
    clerk.roles.extend([Role::ShiftLeader, Role::Dispatcher]);
    clerk
}

fn person(id: &str, role: Role, organisation: Option<&str>, beats: &[&str]) -> Person {
    Person {
        id: id.parse().unwrap(),
        name: id.into(),
        roles: vec![role],
        organisation: organisation.map(|body| body.parse().unwrap()),
        duty_grids: beats.iter().map(|beat| beat.parse().unwrap()).collect(),
    }
}

pub(crate) fn code(sequence: u16) -> UnitGridCode {
    UnitGridCode::from_parts(410_105, 1, 1, sequence).unwrap()
}

pub(crate) fn point() -> Point {
    Point::from_degrees(113.5, 34.5).unwrap()
}

impl City {
    pub(crate) fn new() -> Self {
        let square = |sequence: u16, beat: &str, west: f64| UnitGrid {
            code: code(sequence),
            name: beat.into(),
            duty_grid: beat.parse().unwrap(),
            corners: [(0.0, 34.0), (1.0, 34.0), (1.0, 35.0), (0.0, 35.0)]
                .map(|(east, north)| Point::from_degrees(west + east, north).unwrap())
                .into(),
        };
        let grids = vec![square(1, "putian-1", 113.0), square(2, "weilai-1", 115.0)];
        let people = [
            worker(),
            other_worker(),
            clerk(),
            crew("crew-first", "road-dept"),
            crew("crew-second", "road-dept"),
            secretary("road-dept"),
            secretary("street"),
        ];
        Self {
            classes: ClassTable::from_json(CLASSES.as_bytes()).unwrap(),
            grids: GridIndex::new(grids).unwrap(),
            people: people.map(|person| (person.id.clone(), person)).into(),
            stored: RefCell::default(),
            numbers: Cell::new(0),
        }
    }
}

impl Directory for City {
    fn classes(&self) -> &ClassTable {
        &self.classes
    }
    fn grids(&self) -> &GridIndex {
        &self.grids
    }
    fn person(&self, id: &PersonId) -> Option<Person> {
        self.people.get(id).cloned()
    }
    fn organisation(&self, id: &OrganisationId) -> Option<Organisation> {
        let known = [
            ("road-dept", None),
            ("water-dept", None),
            ("centre", None),
            ("road-branch", Some("road-dept")),
            ("street-branch", Some("street")),
        ];
        known
            .iter()
            .find(|(known, _)| *known == id.as_str())
            .map(|(known, parent)| Organisation {
                id: known.parse().unwrap(),
                name: (*known).into(),
                parent: parent.map(|parent| parent.parse().unwrap()),
                party: parent.map(|_| PartyOrganisation {
                    kind: PartyKind::Branch,
                    formed_by: Vec::new(),
                }),
            })
    }
    fn scopes_of(&self, document: &DocumentId) -> Vec<Scope> {
        let known = *document == CASE;
        known
            .then(|| "grid:putian-1".parse().unwrap())
            .into_iter()
            .collect()
    }
    fn stored(&self, sha256: &Digest) -> bool {
        self.stored.borrow().contains(sha256)
    }
    fn case_exists(&self, _: &DocumentId) -> bool {
        true
    }
    fn terms(&self, _: &Case, _: &FilingSought<'_>) -> Result<Option<ClockTerms>, Decline> {
        Ok(None)
    }
    fn next_case_no(&self, _: Timestamp) -> String {
        self.numbers.set(self.numbers.get() + 1);
        format!("2026-{:04}", self.numbers.get())
    }
}

pub(crate) fn hub_key(epoch: u64) -> HubKey {
    HubKey {
        key: SoftwareKey::from_bytes(&[1; 32]).unwrap(),
        installation: InstallationId::from_bytes([0xAA; 16]),
        epoch,
    }
}

/// Somebody's device: its copy of the case, and how many intents it made.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) origin: OriginInstallation,
    pub(crate) document: Document,
    pub(crate) generation: u32,
    intents: u32,
}

impl Device {
    pub(crate) fn new(person: Person, installation: u8) -> Self {
        let installation = InstallationId::from_bytes([installation; 16]);
        Self {
            origin: OriginInstallation {
                installation,
                predecessors: Vec::new(),
                keys: Vec::new(),
                person,
                revoked: false,
                former: Vec::new(),
            },
            document: Document::new(),
            generation: 0,
            intents: 0,
        }
    }

    /// With what the hub has of the case.
    pub(crate) fn pulled(person: Person, installation: u8, hub: &Hub) -> Self {
        Self {
            document: hub.document.clone(),
            ..Self::new(person, installation)
        }
    }

    pub(crate) fn actor(&self) -> ActorId {
        device_actor(&self.origin.installation, &CASE, self.generation)
    }

    pub(crate) fn next_id(&mut self) -> IntentId {
        self.intents += 1;
        IntentId::new(&self.origin.installation, self.intents, [1, 2, 3])
    }

    pub(crate) fn intent(&mut self, edits: Vec<Edit>) -> Intent {
        let id = self.next_id();
        Intent { id, at: NOW, edits }
    }

    pub(crate) fn make(&mut self, edits: Vec<Edit>) -> NewChange {
        let intent = self.intent(edits);
        let actor = self.actor();
        let change = self.document.apply_intent(actor, &intent).unwrap();
        change.expect("something new")
    }

    pub(crate) fn forge(&mut self, writes: &[ForgedWrite<'_>]) -> NewChange {
        let actor = self.actor();
        forge(&mut self.document, actor, writes).unwrap()
    }

    pub(crate) fn note(&self, text: &str) -> Note {
        Note {
            author: self.origin.person.id.clone(),
            at: NOW,
            text: text.into(),
        }
    }

    pub(crate) fn action(&self, act: Act) -> Action {
        Action {
            author: self.origin.person.id.clone(),
            at: NOW,
            act,
            seal: None,
            session: None,
        }
    }

    pub(crate) fn photo(&self, purpose: PhotoPurpose) -> PhotoEntry {
        PhotoEntry {
            author: self.origin.person.id.clone(),
            at: NOW,
            purpose,
            caption: "井盖".into(),
            original: BlobReference {
                sha256: Digest::of(purpose.id().as_bytes()),
                length: 10,
            },
            preview: None,
            point: None,
            elsewhere: false,
            seal: None,
        }
    }

    pub(crate) fn comment(&mut self, text: &str) -> NewChange {
        let (id, note) = (self.next_id(), self.note(text));
        self.make(vec![Edit::Comment(id, note)])
    }

    pub(crate) fn ask(&mut self, act: Act) -> (IntentId, NewChange) {
        let (id, action) = (self.next_id(), self.action(act));
        (id, self.make(vec![Edit::Action(id, action)]))
    }

    /// A complete report: class, place, photo, request.
    pub(crate) fn report(&mut self) -> (IntentId, NewChange) {
        let (photo, request) = (self.next_id(), self.next_id());
        let change = self.make(vec![
            Edit::Class("20101".into()),
            Edit::Position(Position {
                point: point(),
                fixes: Vec::new(),
            }),
            Edit::UnitGrid(GridAnswer::Known(code(1))),
            Edit::Description("路面塌陷".into()),
            Edit::Photo(photo, self.photo(PhotoPurpose::Found)),
            Edit::Action(request, self.action(Act::Report)),
        ]);
        (request, change)
    }
}

/// What a hub's store would hold of the case.
pub(crate) struct Hub {
    pub(crate) city: City,
    pub(crate) key: HubKey,
    pub(crate) document: Document,
    pub(crate) placement: Vec<Scope>,
    pub(crate) quarantined: BTreeMap<ChangeHash, (String, String, String)>,
    pub(crate) refused_of_others: BTreeSet<ChangeHash>,
    pub(crate) replaced: BTreeSet<ChangeHash>,
}

impl Hub {
    /// Somebody acts in a browser.
    pub(crate) fn acted(&mut self, author: &PersonId, what: Act) -> ActedOn<Ruling> {
        let request = StaffAct {
            author: author.clone(),
            session: StaffSession { id: "s1".into() },
            act: what,
            now: NOW,
            nonce: [0; 3],
        };
        let acted = act(CASE, self.document.clone(), request, &self.key, &self.city).unwrap();
        self.document = acted.document.clone();
        self.placement.clone_from(&acted.placement);
        acted
    }

    pub(crate) fn new() -> Self {
        Self {
            city: City::new(),
            key: hub_key(1),
            document: Document::new(),
            placement: Vec::new(),
            quarantined: BTreeMap::new(),
            refused_of_others: BTreeSet::new(),
            replaced: BTreeSet::new(),
        }
    }

    /// A hub that holds one accepted report, and the device that made it.
    pub(crate) fn with_report() -> (Self, Device) {
        let mut hub = Self::new();
        let mut device = Device::new(worker(), 1);
        let (_, change) = device.report();
        let ingested = hub.push(&device.origin, &[&change]);
        assert_eq!(ingested.verdicts, [Verdict::Received]);
        device.document = hub.document.clone();
        (hub, device)
    }

    pub(crate) fn push(&mut self, origin: &OriginInstallation, changes: &[&NewChange]) -> Ingested {
        let pushed: Vec<PushedChange> = changes.iter().map(|change| plain(&change.bytes)).collect();
        self.push_raw(origin, &pushed)
    }

    /// Ingests and keeps what a store would keep.
    pub(crate) fn push_raw(
        &mut self,
        origin: &OriginInstallation,
        pushed: &[PushedChange],
    ) -> Ingested {
        let known = Known {
            document: self.document.clone(),
            placement: self.placement.clone(),
            quarantined: self.quarantined.clone(),
            refused_of_others: self.refused_of_others.clone(),
            since_moved: None,
            replaced: self.replaced.clone(),
        };
        let ingested = ingest(CASE, known, pushed, origin, &self.key, &self.city, NOW);
        self.document = ingested.document.clone();
        self.placement.clone_from(&ingested.placement);
        for kept in &ingested.quarantined {
            let words = (
                kept.reason.code().to_owned(),
                kept.reason.zh().to_owned(),
                kept.reason.en().to_owned(),
            );
            self.quarantined.insert(kept.hash, words);
        }
        ingested
    }
}

pub(crate) fn plain(bytes: &[u8]) -> PushedChange {
    PushedChange {
        bytes: bytes.to_vec().into(),
        signature: None,
    }
}

pub(crate) fn cbor(entry: &impl minicbor::Encode<()>) -> Vec<u8> {
    minicbor::to_vec(entry).unwrap()
}

/// The code of a quarantine, or the other verdict in words.
pub(crate) fn code_of(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Quarantined { code, .. } => code.clone(),
        Verdict::Received => "received".into(),
        Verdict::Blocked => "blocked".into(),
        Verdict::NeedFrom(number) => format!("need_from {number}"),
    }
}
