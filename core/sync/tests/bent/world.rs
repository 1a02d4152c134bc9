//! Phones and a hub without a store around it: the hub's functions are called as the server calls them.

use std::collections::BTreeMap;

use xunge_documents::actor::device_actor;
use xunge_documents::change_parts::ChangeHash;
use xunge_documents::{Document, Edit, Intent, NewChange};
use xunge_domain::case::{
    Act, Action, BlobReference, CaseState, GridAnswer, Note, Outcome, PhotoEntry, PhotoPurpose,
    Position, Seal, StaffSession,
};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::{
    Directory, HubKey, Ingested, Known, OriginInstallation, StaffAct, act, ingest,
};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::{PushedChange, Verdict};

use crate::city::{City, grid_code, here, person_id};

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
pub(crate) const CASE: DocumentId = DocumentId::from_bytes([9; 16]);

pub(crate) fn comment_entry(author: &str, text: &str) -> Note {
    Note {
        author: person_id(author),
        at: NOW,
        text: text.into(),
    }
}

pub(crate) fn action_entry(author: &str, act: Act) -> Action {
    Action {
        author: person_id(author),
        at: NOW,
        act,
        seal: None,
        session: None,
    }
}

pub(crate) fn photo_entry(author: &str, purpose: PhotoPurpose) -> PhotoEntry {
    let name = format!("{author} {}", purpose.id());
    PhotoEntry {
        author: person_id(author),
        at: NOW,
        purpose,
        caption: String::new(),
        original: BlobReference {
            sha256: Digest::of(name.as_bytes()),
            length: name.len() as u64,
        },
        preview: None,
        point: Some(here()),
        elsewhere: false,
        seal: None,
    }
}

pub(crate) fn seal(record: usize, signature: usize, key: usize) -> Seal {
    Seal {
        record: vec![1; record],
        signature: vec![2; signature],
        key: vec![3; key],
    }
}

/// A phone with one case on it.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) who: &'static str,
    pub(crate) installation: InstallationId,
    pub(crate) generation: u32,
    pub(crate) document: Document,
    counter: u32,
}

impl Phone {
    pub(crate) fn new(who: &'static str, number: u8) -> Self {
        Self {
            who,
            installation: InstallationId::from_bytes([number; 16]),
            generation: 0,
            document: Document::new(),
            counter: 0,
        }
    }

    pub(crate) fn next_id(&mut self) -> IntentId {
        self.counter += 1;
        IntentId::new(&self.installation, self.counter, [0; 3])
    }

    pub(crate) fn write(&mut self, edits: Vec<Edit>) -> NewChange {
        let id = self.next_id();
        self.apply(&Intent { id, at: NOW, edits })
    }

    pub(crate) fn apply(&mut self, intent: &Intent) -> NewChange {
        let actor = device_actor(&self.installation, &CASE, self.generation);
        self.document
            .apply_intent(actor, intent)
            .unwrap()
            .expect("something new")
    }

    pub(crate) fn comment(&mut self, text: &str) -> NewChange {
        let id = self.next_id();
        self.write(vec![Edit::Comment(id, comment_entry(self.who, text))])
    }

    pub(crate) fn report_edits(&mut self) -> Vec<Edit> {
        let (photo, action) = (self.next_id(), self.next_id());
        vec![
            Edit::Class("20115".into()),
            Edit::Title("路面破损".into()),
            Edit::Position(Position {
                point: here(),
                fixes: Vec::new(),
            }),
            Edit::UnitGrid(GridAnswer::Known(grid_code())),
            Edit::Photo(photo, photo_entry(self.who, PhotoPurpose::Found)),
            Edit::Action(action, action_entry(self.who, Act::Report)),
        ]
    }

    pub(crate) fn report(&mut self) -> NewChange {
        let edits = self.report_edits();
        self.write(edits)
    }
}

/// What the server's tables hold of the one case.
#[derive(Default)]
pub(crate) struct Stored {
    pub(crate) document: Document,
    pub(crate) placement: Vec<Scope>,
    pub(crate) quarantined: BTreeMap<ChangeHash, (String, String, String)>,
    /// Raw changes with the hub's signature where it made them, in the order they arrived.
    pub(crate) log: Vec<PushedChange>,
}

pub(crate) struct Hub {
    pub(crate) key: HubKey,
    pub(crate) city: City,
    pub(crate) stored: Stored,
    pub(crate) revoked: bool,
    acts: u8,
}

pub(crate) fn unsigned(change: &NewChange) -> PushedChange {
    raw(&change.bytes)
}

pub(crate) fn raw(bytes: &[u8]) -> PushedChange {
    PushedChange {
        bytes: bytes.to_vec().into(),
        signature: None,
    }
}

impl Hub {
    pub(crate) fn new(epoch: u64) -> Self {
        Self {
            key: HubKey {
                key: SoftwareKey::from_bytes(&[7; 32]).unwrap(),
                installation: InstallationId::from_bytes([200; 16]),
                epoch,
            },
            city: City::new(),
            stored: Stored::default(),
            revoked: false,
            acts: 0,
        }
    }

    pub(crate) fn origin(&self, phone: &Phone) -> OriginInstallation {
        OriginInstallation {
            installation: phone.installation,
            predecessors: Vec::new(),
            keys: Vec::new(),
            person: self.city.person(&person_id(phone.who)).unwrap(),
            revoked: self.revoked,
            former: Vec::new(),
        }
    }

    /// Ingests as the server does and keeps what is returned.
    pub(crate) fn push(&mut self, phone: &Phone, changes: &[PushedChange]) -> Ingested {
        let origin = self.origin(phone);
        self.push_from(&origin, changes)
    }

    pub(crate) fn push_from(
        &mut self,
        origin: &OriginInstallation,
        changes: &[PushedChange],
    ) -> Ingested {
        let known = Known {
            document: self.stored.document.clone(),
            placement: self.stored.placement.clone(),
            quarantined: self.stored.quarantined.clone(),
            refused_of_others: Default::default(),
            since_moved: None,
            replaced: std::collections::BTreeSet::new(),
        };
        let done = ingest(CASE, known, changes, origin, &self.key, &self.city, NOW);
        self.keep(&done.document, &done.placement);
        for appended in &done.appended {
            self.stored.log.push(PushedChange {
                bytes: appended.change.bytes.clone().into(),
                signature: appended.signature.map(Into::into),
            });
        }
        for aside in &done.quarantined {
            let words = (
                aside.reason.code().into(),
                aside.reason.zh().into(),
                aside.reason.en().into(),
            );
            self.stored.quarantined.insert(aside.hash, words);
        }
        done
    }

    fn keep(&mut self, document: &Document, placement: &[Scope]) {
        self.stored.document = document.clone();
        self.stored.placement = placement.to_vec();
    }

    pub(crate) fn act(&mut self, author: &str, act_: Act) -> Outcome {
        self.acts += 1;
        let request = StaffAct {
            author: person_id(author),
            session: StaffSession {
                id: "session-1".into(),
            },
            act: act_,
            now: NOW,
            nonce: [self.acts; 3],
        };
        let done = act(
            CASE,
            self.stored.document.clone(),
            request,
            &self.key,
            &self.city,
        )
        .unwrap();
        self.keep(&done.document, &done.placement);
        self.stored.log.push(PushedChange {
            bytes: done.appended.change.bytes.clone().into(),
            signature: done.appended.signature.map(Into::into),
        });
        done.ruling.outcome
    }

    /// Brings a phone what it lacks.
    pub(crate) fn pull(&self, phone: &mut Phone) {
        let changes: Vec<&[u8]> = self
            .stored
            .log
            .iter()
            .map(|change| change.bytes.as_slice())
            .collect();
        phone.document.apply(changes).unwrap();
    }

    pub(crate) fn state(&self) -> CaseState {
        xunge_domain::case::fold(&self.stored.document.read(CASE).case).state
    }
}

/// A hub with a reported case, and the phone that reported it, up to date.
pub(crate) fn reported() -> (Hub, Phone) {
    let (mut hub, mut worker) = (Hub::new(1), Phone::new("worker", 1));
    let report = worker.report();
    let done = hub.push(&worker, &[unsigned(&report)]);
    assert_eq!(done.verdicts, [Verdict::Received]);
    assert_eq!(
        done.content.case().unwrap().standing.state,
        CaseState::Reported
    );
    hub.pull(&mut worker);
    (hub, worker)
}
