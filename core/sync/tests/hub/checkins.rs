//! Check-ins at the hub: opened on one device, carried on by two without signal, merged; and who is kept out.

use xunge_documents::actor::device_actor;
use xunge_documents::schema::Container;
use xunge_documents::testing::{ForgedWrite, forge};
use xunge_documents::{Document, Edit, EditError, Intent, NewChange};
use xunge_domain::checkin::{
    Act, Action, CheckinState, Initiation, MatterCheckin, Standing, Step, StepEntry, Subject,
};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, IntentId, OrganisationId};
use xunge_domain::person::Person;
use xunge_domain::scope::Scope;
use xunge_sync::hub::{Ingested, Known, OriginInstallation, ingest};
use xunge_sync::wire::columns::{ActorNames, Base, BatchDocument, Effort, Fresh, decode, encode};
use xunge_sync::wire::{PushedChange, Verdict};

use super::support::{
    CASE, City, Device, NOW, cbor, crew, hub_key, other_worker, plain, secretary,
};

const CHECKIN: DocumentId = DocumentId::from_bytes([0xC1; 16]);

fn ids(texts: &[&str]) -> Vec<OrganisationId> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// Somebody's device with its copy of the check-in.
struct Phone {
    origin: OriginInstallation,
    document: Document,
    intents: u32,
}

impl Phone {
    fn new(person: Person, installation: u8, document: Document) -> Self {
        Self {
            origin: Device::new(person, installation).origin,
            document,
            intents: 0,
        }
    }

    fn next_id(&mut self) -> IntentId {
        self.intents += 1;
        IntentId::new(&self.origin.installation, self.intents, [1, 2, 3])
    }

    fn write(&mut self, edit: impl FnOnce(IntentId, &Person) -> Edit) -> NewChange {
        let id = self.next_id();
        let intent = Intent {
            id,
            at: NOW,
            edits: vec![edit(id, &self.origin.person)],
        };
        let actor = device_actor(&self.origin.installation, &CHECKIN, 0);
        self.document.apply_intent(actor, &intent).unwrap().unwrap()
    }

    fn ask(&mut self, act: Act) -> NewChange {
        self.write(|id, person| {
            let action = Action {
                author: person.id.clone(),
                at: NOW,
                act,
                seal: None,
                session: None,
            };
            Edit::CheckinAction(id, action)
        })
    }

    fn step(&mut self, step: Step) -> NewChange {
        self.write(|id, person| Edit::Step(id, entry(person, step)))
    }
}

fn entry(person: &Person, step: Step) -> StepEntry {
    StepEntry {
        author: person.id.clone(),
        at: NOW,
        address: String::new(),
        point: None,
        photos: Vec::new(),
        step,
        seal: None,
        session: None,
    }
}

fn open() -> Act {
    Act::Open {
        title: "路面破损".into(),
        initiation: Initiation::Joint,
        subject: Subject::Case(CASE),
        visiting: ids(&["road-branch"]),
        hosts: ids(&["street-branch"]),
        calls: Vec::new(),
    }
}

fn talk(note: &str) -> Step {
    Step::Talk { note: note.into() }
}

struct Hub {
    city: City,
    document: Document,
    placement: Vec<Scope>,
}

impl Hub {
    fn new() -> Self {
        Self {
            city: City::new(),
            document: Document::new(),
            placement: Vec::new(),
        }
    }

    fn take(&mut self, phone: &Phone, changes: &[&NewChange]) -> Ingested {
        let pushed: Vec<PushedChange> = changes.iter().map(|change| plain(&change.bytes)).collect();
        let known = Known {
            document: self.document.clone(),
            placement: self.placement.clone(),
            quarantined: Default::default(),
            refused_of_others: Default::default(),
            since_moved: None,
            replaced: Default::default(),
        };
        let key = hub_key(1);
        let ingested = ingest(
            CHECKIN,
            known,
            &pushed,
            &phone.origin,
            &key,
            &self.city,
            NOW,
        );
        self.document = ingested.document.clone();
        self.placement.clone_from(&ingested.placement);
        ingested
    }
}

fn content(ingested: &Ingested) -> (&MatterCheckin, Standing) {
    let checkin = ingested.content.checkin().unwrap();
    (checkin, xunge_domain::checkin::fold(checkin))
}

/// A hub with a check-in under way, and the phone that opened it.
fn under_way() -> (Hub, Phone, Phone) {
    let mut hub = Hub::new();
    let mut road = Phone::new(
        secretary("road-dept"),
        1,
        Document::of(DocumentKind::MatterCheckin),
    );
    let opened = road.ask(open());
    let done = hub.take(&road, &[&opened]);
    assert_eq!(done.verdicts, [Verdict::Received]);
    let mut street = Phone::new(secretary("street"), 2, hub.document.clone());
    let answered = street.ask(Act::Answer {
        party: "street-branch".parse().unwrap(),
        accepts: true,
        note: String::new(),
    });
    let done = hub.take(&street, &[&answered]);
    assert_eq!(content(&done).1.state, CheckinState::UnderWay);
    road.document = hub.document.clone();
    street.document = hub.document.clone();
    (hub, road, street)
}

#[test]
fn an_opening_makes_a_document_of_its_kind_and_places_it_with_its_parties() {
    let mut hub = Hub::new();
    let mut road = Phone::new(
        secretary("road-dept"),
        1,
        Document::of(DocumentKind::MatterCheckin),
    );
    let (opened, talked) = (road.ask(open()), road.step(talk("座谈")));
    let done = hub.take(&road, &[&opened, &talked]);
    assert_eq!(done.verdicts, [Verdict::Received, Verdict::Received]);
    assert_eq!(done.document.kind(), DocumentKind::MatterCheckin);
    let (checkin, standing) = content(&done);
    assert_eq!(standing.state, CheckinState::Opened);
    assert_eq!(checkin.steps.len(), 1);
    let scopes: Vec<String> = done.placement.iter().map(Scope::to_string).collect();
    assert_eq!(
        scopes,
        [
            "grid:putian-1",
            "org:road-branch",
            "org:road-dept",
            "org:street",
            "org:street-branch",
            "person:secretary-road-dept",
        ],
        "the bodies behind the branches, who opened it, and whoever sees the case"
    );
}

#[test]
fn two_phones_without_signal_carry_it_on_and_come_to_the_same() {
    let (mut hub, mut road, mut street) = under_way();
    let survey = Step::Survey {
        note: "基层破损".into(),
        estimate: None,
    };
    let left = [road.step(survey), road.step(talk("方案如何"))];
    let right = [
        street.step(talk("居民意见")),
        street.ask(Act::Close {
            note: "另案办理".into(),
        }),
    ];
    hub.take(&street, &right.iter().collect::<Vec<_>>());
    let done = hub.take(&road, &left.iter().collect::<Vec<_>>());
    assert!(
        done.verdicts
            .iter()
            .all(|verdict| *verdict == Verdict::Received)
    );
    let (checkin, standing) = content(&done);
    assert_eq!(checkin.steps.len(), 3, "after it was closed as well");
    assert_eq!(standing.state, CheckinState::Closed);
    for phone in [&mut road, &mut street] {
        let all = hub.document.changes();
        phone
            .document
            .apply(all.iter().map(|change| change.bytes.as_slice()))
            .unwrap();
        assert_eq!(phone.document.heads(), hub.document.heads());
        let here = phone.document.read_checkin(CHECKIN);
        assert_eq!(here.anomalies, []);
        assert_eq!(here.checkin, *checkin);
    }
}

#[test]
fn who_is_no_party_writes_nothing() {
    let (mut hub, ..) = under_way();
    // Sees it with the case, but belongs to no party.
    let mut worker = other_worker();
    worker.duty_grids = vec!["putian-1".parse().unwrap()];
    let mut onlooker = Phone::new(worker, 3, hub.document.clone());
    let step = onlooker.step(talk("我也来"));
    assert_eq!(code(&hub.take(&onlooker, &[&step])), "not_member");
    // Does not even see it.
    let mut stranger = Phone::new(other_worker(), 4, hub.document.clone());
    let step = stranger.step(talk("我也来"));
    assert_eq!(code(&hub.take(&stranger, &[&step])), "not_party");
    // A member of a party does.
    let mut member = Phone::new(crew("crew-first", "road-dept"), 5, hub.document.clone());
    let step = member.step(talk("来了"));
    assert_eq!(hub.take(&member, &[&step]).verdicts, [Verdict::Received]);
}

fn code(done: &Ingested) -> String {
    match &done.verdicts[0] {
        Verdict::Quarantined { code, .. } => code.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_step_before_what_it_demands_is_kept_aside() {
    let (mut hub, mut road, mut street) = under_way();
    let completion = Step::Completion {
        finished_at: NOW,
        quantities: Vec::new(),
        note: String::new(),
    };
    let step = road.step(completion.clone());
    assert_eq!(code(&hub.take(&road, &[&step])), "step_needs_step");
    // Both in one push, in their order, are taken.
    let scheme = Step::Scheme {
        version: 1,
        note: "换基层".into(),
    };
    let both = [street.step(scheme), street.step(completion)];
    let done = hub.take(&street, &both.iter().collect::<Vec<_>>());
    assert_eq!(done.verdicts, [Verdict::Received, Verdict::Received]);
}

#[test]
fn forged_entries_of_a_check_in_are_kept_aside() {
    let (mut hub, road, _) = under_way();
    let forged = |hub: &mut Hub, container, entry: &[u8]| {
        let mut phone = Phone::new(secretary("road-dept"), 9, hub.document.clone());
        let key = phone.next_id().to_string();
        let actor = device_actor(&phone.origin.installation, &CHECKIN, 0);
        let change = forge(
            &mut phone.document,
            actor,
            &[ForgedWrite::Bytes(container, &key, entry)],
        )
        .unwrap();
        code(&hub.take(&phone, &[&change]))
    };
    let mut other = entry(&road.origin.person, talk("冒名"));
    other.author = "secretary-street".parse().unwrap();
    assert_eq!(
        forged(&mut hub, Container::Steps, &cbor(&other)),
        "forged_author"
    );
    let long = entry(&road.origin.person, talk(&"字".repeat(2_001)));
    assert_eq!(
        forged(&mut hub, Container::Steps, &cbor(&long)),
        "wrong_form"
    );
    assert_eq!(forged(&mut hub, Container::Rulings, b"\x80"), "server_path");
    assert_eq!(forged(&mut hub, Container::Actions, b"\x80"), "wrong_form");
}

#[test]
fn an_edit_of_another_kind_is_refused_where_it_is_written() {
    let mut case = Document::new();
    let id = IntentId::from_bytes([1; 15]);
    let intent = Intent {
        id,
        at: NOW,
        edits: vec![Edit::Step(id, entry(&secretary("street"), talk("座谈")))],
    };
    let refused = case.apply_intent(device_actor(&hub_key(1).installation, &CASE, 0), &intent);
    assert_eq!(
        refused,
        Err(EditError::OtherKind {
            is: DocumentKind::Case
        })
    );
}

/// What everybody reads already: a base that is spelled out.
#[test]
fn a_check_in_travels_in_columns_beside_cases() {
    let (hub, ..) = under_way();
    let changes = hub.document.changes();
    let changes: Vec<PushedChange> = changes.iter().map(|change| plain(&change.bytes)).collect();
    let mut case = Device::new(other_worker(), 7);
    let report = plain(&case.report().1.bytes);
    let document = |document, changes: &[PushedChange]| BatchDocument {
        document,
        base: Base::New,
        changes: changes.to_vec(),
    };
    let batch = [
        document(CHECKIN, &changes),
        document(CASE, std::slice::from_ref(&report)),
    ];
    let bytes = encode(&batch, &ActorNames::default(), Effort::Quick).unwrap();
    let decoded = decode(&bytes, &Fresh).unwrap();
    assert_eq!(decoded.unresolved, []);
    assert_eq!(decoded.documents[0].changes, changes);
    assert_eq!(decoded.documents[1].changes, [report]);
}
