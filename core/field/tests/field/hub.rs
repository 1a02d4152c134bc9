//! A hub that says what a test tells it to, in real signed frames.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;
use xunge_documents::Document;
use xunge_documents::actor::server_actor;
use xunge_documents::guard::inspect;
use xunge_domain::case::{Case, Outcome, Ruling};
use xunge_domain::class::{ClassKind, ClassTable, FilingCondition, Limit, LimitUnit, MinorClass};
use xunge_domain::duty::DutyNote;
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGrid;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::person::{Person, Role};
use xunge_domain::private::PrivateRecord;
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_evidence::record::beacon_message;
use xunge_field::{HttpAnswer, HttpRequest, Signer, SoftwareKey};
use xunge_sync::hub::OpenedPush;
use xunge_sync::wire::columns::{
    ActorNames, Agreed, Base, BatchDocument, DecodeContext, Effort, encode,
};
use xunge_sync::wire::{
    BASE_MAP_PATH, BASE_MAPS_PATH, BlobAnswer, ByteRange, ColumnsFrame, Compared, DUTY_PATH,
    DocumentChanges, DocumentVerdict, DocumentsFrame, DutyAnswer, DutyFrame, DutyOutcome,
    DutyRequest, EndFrame, EnrolRequest, EnrolledFrame, EnrolmentCode, Frame, FrameWriter,
    HeadFrame, OfferedTask, PRIVATE_PATH, PrivateAnswer, PrivateKeptFrame, PrivateOutcome,
    PrivateRequest, PushedChange, RECEIPTS_PATH, RefusedChanges, RefusedFrame, SupersededFrame,
    SyncRequest, TABLES_PATH, TablesFrame, Verdict, reads_columns, server_change_message, spoken,
    unpack,
};

use crate::base_map::OfferedMap;
use crate::phone::{CLASS, INSIDE, Phone, START};

pub(crate) const WORKER: &str = "worker-putian";
const SECRET: [u8; 16] = [3; 16];
const STEPS_MAX: usize = 100;

pub(crate) struct Hub {
    pub(crate) key: SoftwareKey,
    pub(crate) epoch: u64,
    /// Whether it speaks columns, as every hub but an old one does.
    pub(crate) columns: bool,
    /// The public half of the organisation's recovery key, when it has one.
    pub(crate) recovery_key: Option<[u8; 33]>,
    /// Whether it finds a difference in whatever a phone says it holds.
    pub(crate) differs: bool,
    /// What is to leave the phone.
    pub(crate) evicted: Vec<DocumentId>,
    /// Changes of others that it will never merge.
    pub(crate) refused: Vec<RefusedChanges>,
    pub(crate) documents: BTreeMap<DocumentId, Document>,
    /// The city's tables that an enrolment brings along.
    pub(crate) tables: Option<TablesFrame>,
    /// What it says to each record of personal data; an old hub knows no such request.
    pub(crate) on_private: Option<fn(&PrivateRecord) -> PrivateOutcome>,
    /// Records of personal data, as often as they came.
    pub(crate) private: Vec<PrivateRecord>,
    /// What it says to each note about duty; an old hub knows no such request.
    pub(crate) on_duty: Option<fn(&DutyNote) -> DutyOutcome>,
    /// Notes about duty, as often as they came.
    pub(crate) duty: Vec<DutyNote>,
    /// Blobs that arrived whole.
    pub(crate) blobs: Vec<Digest>,
    /// Every change that was ever pushed, in order, merged or not.
    pub(crate) pushed: Vec<Digest>,
    /// The server's own changes that wait to be pulled.
    pub(crate) outgoing: Vec<DocumentChanges>,
    /// Whether it says its clock under its signature.
    pub(crate) beacon: bool,
    /// Changes of former editions.
    pub(crate) former: Vec<Digest>,
    /// What the worker is asked for.
    pub(crate) tasks: Vec<OfferedTask>,
    /// What it says when it is asked for the tables; an old hub is not asked.
    pub(crate) on_tables: Option<TablesFrame>,
    /// The base map of the worker's beats.
    pub(crate) base_map: OfferedMap,
    seq: u64,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            key: SoftwareKey::from_bytes(&[5; 32]).unwrap(),
            epoch: 1,
            columns: false,
            recovery_key: None,
            differs: false,
            evicted: Vec::new(),
            refused: Vec::new(),
            documents: BTreeMap::new(),
            tables: None,
            on_private: None,
            private: Vec::new(),
            on_duty: None,
            duty: Vec::new(),
            blobs: Vec::new(),
            pushed: Vec::new(),
            outgoing: Vec::new(),
            beacon: false,
            former: Vec::new(),
            tasks: Vec::new(),
            on_tables: None,
            base_map: OfferedMap::default(),
            seq: 0,
        }
    }

    pub(crate) fn code(&self) -> String {
        EnrolmentCode::new(SECRET, &self.key.public_key()).to_string()
    }

    pub(crate) const fn installation() -> InstallationId {
        InstallationId::from_bytes([1; 16])
    }

    pub(crate) fn frames(&self, nonce: [u8; 16], frames: &[Frame]) -> HttpAnswer {
        let mut writer = FrameWriter::new(&self.key, nonce);
        frames.iter().for_each(|frame| writer.push(frame));
        HttpAnswer::Answered {
            status: 200,
            body: writer.finish(),
        }
    }

    pub(crate) fn enrol(&self, request: &HttpRequest) -> HttpAnswer {
        assert_eq!(request.path, "/api/enrol");
        let asked: EnrolRequest = unpack(&request.body).unwrap();
        assert_eq!(*asked.secret, SECRET);
        let frame = EnrolledFrame {
            server_key: (*self.key.public_key().as_bytes()).into(),
            installation: Self::installation(),
            token: [2; 16].into(),
            epoch: self.epoch,
            person: worker(),
            scopes: Scope::of(&worker()),
            classes: classes(),
            grids: vec![grid()],
            organisations: vec![],
            capabilities: self.capabilities(),
            recovery_key: self.recovery_key.map(Into::into),
            certificate: None,
            tables: self.tables.clone().map(Box::new),
        };
        self.frames(*asked.nonce, &[Frame::Enrolled(Box::new(frame))])
    }

    /// Refuses this device, in a frame that the key of `signer` signed.
    pub(crate) fn refuse(request: &HttpRequest, code: &str, signer: &SoftwareKey) -> HttpAnswer {
        let asked: SyncRequest = unpack(&request.body).unwrap();
        let mut writer = FrameWriter::new(signer, *asked.nonce);
        writer.push(&Frame::Refused(RefusedFrame {
            code: code.into(),
            zh: "不可".into(),
            en: "no".into(),
        }));
        HttpAnswer::Answered {
            status: 403,
            body: writer.finish(),
        }
    }

    /// Answers any request; what is pushed is merged.
    pub(crate) fn answer(&mut self, request: &HttpRequest) -> HttpAnswer {
        self.answer_with(request, |_| None)
    }

    /// Answers any request; a change that `refuse` has a verdict on is not merged.
    pub(crate) fn answer_with(
        &mut self,
        request: &HttpRequest,
        refuse: impl FnMut(&PushedChange) -> Option<Verdict>,
    ) -> HttpAnswer {
        // An old hub, unless a test answers for it.
        if request.path == RECEIPTS_PATH {
            return HttpAnswer::Answered {
                status: 404,
                body: b"{}".to_vec(),
            };
        }
        if request.path == PRIVATE_PATH {
            return self.take_private(request);
        }
        if request.path == DUTY_PATH {
            return self.take_duty(request);
        }
        if request.path == TABLES_PATH {
            let tables = self.on_tables.clone().unwrap_or_default();
            return self.frames(nonce_of(request), &[Frame::Tables(Box::new(tables))]);
        }
        if request.path == BASE_MAP_PATH {
            let told = self.base_map.told();
            return self.frames(nonce_of(request), &[Frame::BaseMap(told)]);
        }
        if request.path.starts_with(BASE_MAPS_PATH) {
            return self.base_map.bytes(request);
        }
        match request.path.strip_prefix("/api/blobs/") {
            Some(name) => self.take_blob(name.parse().unwrap(), request),
            None => self.sync(request, refuse),
        }
    }

    fn take_private(&mut self, request: &HttpRequest) -> HttpAnswer {
        let Some(say) = self.on_private else {
            return HttpAnswer::Answered {
                status: 404,
                body: b"{}".to_vec(),
            };
        };
        let asked: PrivateRequest = unpack(&request.body).unwrap();
        let answer = |record: &PrivateRecord| PrivateAnswer {
            record: record.id,
            outcome: say(record),
        };
        let answers = asked.records.iter().map(answer).collect();
        self.private.extend(asked.records);
        let frame = Frame::PrivateKept(PrivateKeptFrame { answers });
        self.frames(nonce_of(request), &[frame])
    }

    fn take_duty(&mut self, request: &HttpRequest) -> HttpAnswer {
        let Some(say) = self.on_duty else {
            return HttpAnswer::Answered {
                status: 404,
                body: b"{}".to_vec(),
            };
        };
        let asked: DutyRequest = unpack(&request.body).unwrap();
        let answer = |note: &DutyNote| DutyAnswer {
            note: note.id,
            outcome: say(note),
        };
        let answers = asked.notes.iter().map(answer).collect();
        self.duty.extend(asked.notes);
        let frame = Frame::Duty(DutyFrame { answers });
        self.frames(nonce_of(request), &[frame])
    }

    fn sync(
        &mut self,
        request: &HttpRequest,
        mut refuse: impl FnMut(&PushedChange) -> Option<Verdict>,
    ) -> HttpAnswer {
        let asked: SyncRequest = unpack(&request.body).unwrap();
        if asked.columns.is_some() && !self.columns {
            return HttpAnswer::Answered {
                status: 406,
                body: b"{}".to_vec(),
            };
        }
        let opened = match (&asked.push, &asked.columns) {
            (Some(push), _) => Some(OpenedPush::plain(push)),
            (None, Some(push)) => Some(OpenedPush::columns(push, self).unwrap()),
            (None, None) => None,
        };
        let unresolved = opened.as_ref().map(|push| push.unresolved().to_vec());
        let unresolved = unresolved.unwrap_or_default();
        let mut verdicts = Vec::new();
        for pushed in opened.iter().flat_map(OpenedPush::documents) {
            let judged = pushed.changes.iter().map(|change| {
                let verdict = refuse(change);
                self.pushed.push(hash_of(change));
                verdict.unwrap_or_else(|| self.merge(pushed.document, change))
            });
            verdicts.push(DocumentVerdict {
                document: pushed.document,
                verdicts: judged.collect(),
            });
        }
        let head = HeadFrame {
            token: [2; 16].into(),
            epoch: self.epoch,
            server_time: Timestamp::from_millis(START),
            verdicts,
            capabilities: self.capabilities(),
            unresolved,
            rest_received: false,
            assignment: None,
            taken: None,
            beacon: self
                .beacon
                .then(|| self.said_now(&asked.nonce))
                .map(Into::into),
            tables: self.on_tables.as_ref().and_then(|tables| tables.mark),
        };
        self.seq += 1;
        let cursors = asked
            .cursors
            .into_iter()
            .map(|(scope, _)| (scope, self.seq));
        let documents = DocumentsFrame {
            cursors: cursors.collect(),
            documents: std::mem::take(&mut self.outgoing),
            evicted: std::mem::take(&mut self.evicted),
            left: Vec::new(),
        };
        let documents = if self.columns && reads_columns(&asked.capabilities) {
            Frame::Columns(self.in_columns(documents))
        } else {
            Frame::Documents(documents)
        };
        let offers = asked.offers.iter().map(|offer| {
            let whole = ByteRange {
                from: 0,
                to: offer.length,
            };
            let here = self.blobs.contains(&offer.sha256);
            BlobAnswer {
                sha256: offer.sha256,
                missing: if here { vec![] } else { vec![whole] },
            }
        });
        let end = EndFrame {
            blobs: offers.collect(),
            more: false,
            packs: vec![],
            compared: asked.comparison.map(|_| Compared {
                differ: if self.differs { vec![1] } else { vec![] },
                wanted: Vec::new(),
            }),
            refused: self.refused.clone(),
            tasks: self.tasks.clone(),
        };
        let frames = [Frame::Head(head), documents, Frame::End(end)];
        self.frames(*asked.nonce, &frames)
    }

    fn said_now(&self, nonce: &[u8; 16]) -> [u8; 64] {
        let at = Timestamp::from_millis(START);
        self.key
            .sign_now(&beacon_message(&Self::installation(), nonce, at))
    }

    fn capabilities(&self) -> Vec<String> {
        if self.columns { spoken() } else { Vec::new() }
    }

    /// Each document on what this hub has of it beside what it sends.
    fn in_columns(&self, frame: DocumentsFrame) -> ColumnsFrame {
        let documents = frame.documents.into_iter().map(|pulled| {
            let sent: Vec<Digest> = pulled.changes.iter().map(hash_of).collect();
            let known = self.documents.get(&pulled.document);
            let known = known.map_or_else(Vec::new, Document::changes);
            let kept = |hash: &[u8; 32]| !sent.contains(&Digest::from_bytes(*hash));
            let before: Vec<&[u8]> = known
                .iter()
                .filter(|change| kept(change.hash.as_bytes()))
                .map(|change| change.bytes.as_slice())
                .collect();
            BatchDocument {
                document: pulled.document,
                base: if before.is_empty() {
                    Base::New
                } else {
                    Base::Agreed(Agreed::of(before))
                },
                changes: pulled.changes,
            }
        });
        let documents: Vec<BatchDocument> = documents.collect();
        let batch = encode(&documents, &ActorNames::default(), Effort::Quick);
        ColumnsFrame {
            batch: batch.unwrap().into(),
            cursors: frame.cursors,
            evicted: Vec::new(),
        }
    }

    fn merge(&mut self, id: DocumentId, change: &PushedChange) -> Verdict {
        if self.former.contains(&hash_of(change)) {
            return Verdict::Received;
        }
        let document = self.documents.entry(id).or_default();
        let merged = document.apply_inspected(&inspect(&change.bytes).unwrap());
        if merged.is_err() && document.edition() > 0 {
            return Verdict::Blocked;
        }
        merged.unwrap();
        Verdict::Received
    }

    fn take_blob(&mut self, name: Digest, request: &HttpRequest) -> HttpAnswer {
        assert_eq!(
            Digest::of(&request.body),
            name,
            "the test's photos fit into one chunk"
        );
        self.blobs.push(name);
        let answer = BlobAnswer {
            sha256: name,
            missing: vec![],
        };
        self.frames(nonce_of(request), &[Frame::Blob(answer)])
    }

    /// Decides a request of a device; the ruling waits to be pulled.
    pub(crate) fn rule(&mut self, id: DocumentId, intent: IntentId, outcome: Outcome) {
        let at = Timestamp::from_millis(START);
        let document = self.documents.get_mut(&id).expect("pushed before");
        let ruling = Ruling {
            sequence: u32::try_from(document.read(id).case.rulings.len()).unwrap() + 1,
            at,
            outcome,
            done_at: None,
            terms: None,
            stage: None,
            delivery: None,
        };
        let actor = server_actor(&InstallationId::from_bytes([0; 16]), self.epoch);
        let change = document
            .rule(actor, at, &[(intent, ruling)])
            .unwrap()
            .expect("a change");
        let signature = self.key.sign_now(&server_change_message(&id, &change.hash));
        self.outgoing.push(DocumentChanges {
            document: id,
            changes: vec![PushedChange {
                bytes: change.bytes.into(),
                signature: Some(ByteArray::from(signature)),
            }],
        });
    }

    /// Changes that somebody else made wait to be pulled.
    pub(crate) fn bring(&mut self, document: DocumentId, changes: Vec<Vec<u8>>) {
        let changes = changes.into_iter().map(|bytes| PushedChange {
            bytes: bytes.into(),
            signature: None,
        });
        self.outgoing.push(DocumentChanges {
            document,
            changes: changes.collect(),
        });
    }

    /// The session was used by another copy of the store: go on under this installation.
    pub(crate) fn supersede(
        &self,
        request: &HttpRequest,
        installation: InstallationId,
    ) -> HttpAnswer {
        let asked: SyncRequest = unpack(&request.body).unwrap();
        let frame = SupersededFrame {
            installation,
            token: [4; 16].into(),
        };
        self.frames(*asked.nonce, &[Frame::Superseded(frame)])
    }

    pub(crate) fn case(&self, id: DocumentId) -> Case {
        self.documents[&id].read(id).case
    }

    pub(crate) fn comments(&self, id: DocumentId) -> Vec<(IntentId, String)> {
        let comments = self.case(id).comments.into_iter();
        comments
            .map(|comment| (comment.id, comment.entry.text))
            .collect()
    }

    /// Lets a phone talk until it has nothing left to say.
    pub(crate) fn sync_all(&mut self, phone: &mut Phone) {
        phone.app().start_sync();
        for _ in 0..STEPS_MAX {
            let Some(request) = phone.app().next_request().unwrap() else {
                return;
            };
            let answer = self.answer(&request);
            let answered = phone.app().on_answer(answer).unwrap();
            assert_eq!(answered, xunge_field::Answered::default());
        }
        panic!("still not done after {STEPS_MAX} requests");
    }
}

impl DecodeContext for Hub {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        let changes = self.documents.get(document)?.changes();
        let changes = changes.iter().map(|change| change.bytes.as_slice());
        Agreed::find(document, changes, check)
    }
}

pub(crate) fn hash_of(change: &PushedChange) -> Digest {
    Digest::from_bytes(*inspect(&change.bytes).unwrap().hash().as_bytes())
}

pub(crate) fn quarantined(code: &str) -> Verdict {
    Verdict::Quarantined {
        code: code.into(),
        zh: "未并入；请联系管理员。".into(),
        en: "Not merged; ask the administrator.".into(),
    }
}

pub(crate) fn nonce_of(request: &HttpRequest) -> [u8; 16] {
    let (_, hex) = request
        .headers
        .iter()
        .find(|(name, _)| name == xunge_sync::wire::NONCE_HEADER)
        .expect("a nonce");
    // An installation id is 16 bytes in hex, and so is a nonce.
    *hex.parse::<InstallationId>().unwrap().as_bytes()
}

fn worker() -> Person {
    Person {
        id: WORKER.parse().unwrap(),
        name: "网格员甲".into(),
        roles: vec![Role::GridWorker],
        organisation: None,
        duty_grids: vec!["putian-1".parse().unwrap()],
    }
}

pub(crate) fn class() -> MinorClass {
    let condition = FilingCondition {
        code: "1".into(),
        zh: "路面破损".into(),
        limit: Limit {
            number: 5,
            unit: LimitUnit::WorkDay,
        },
    };
    MinorClass {
        self_handled: None,
        duplicates: None,
        code: "20401".into(),
        id: CLASS.into(),
        kind: ClassKind::Event,
        major_zh: "街面秩序".into(),
        zh: "道路破损".into(),
        en: "Road damage".into(),
        conditions: vec![condition],
    }
}

fn classes() -> ClassTable {
    ClassTable {
        edition: "test".into(),
        effective_date: "2025-01-01".into(),
        sample: true,
        classes: vec![class()],
    }
}

pub(crate) fn grid() -> UnitGrid {
    let corner = |x: i32, y: i32| Point {
        longitude_e7: INSIDE.longitude_e7 + x,
        latitude_e7: INSIDE.latitude_e7 + y,
    };
    UnitGrid {
        code: "410104101001001".parse().unwrap(),
        name: "圃田嘉园".into(),
        duty_grid: "putian-1".parse().unwrap(),
        corners: vec![
            corner(-5_000, -5_000),
            corner(5_000, -5_000),
            corner(5_000, 5_000),
            corner(-5_000, 5_000),
        ],
    }
}
