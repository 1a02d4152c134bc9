//! A device with the real machine of the protocol, its documents in memory, and a log of what the hub told it.

use std::collections::BTreeMap;
use std::time::Duration;

use xunge_documents::change_parts::ChangeHash;
use xunge_documents::{Document, Edit, Intent};
use xunge_domain::case::{
    Act, Action, BlobReference, GridAnswer, Note, PhotoEntry, PhotoPurpose, Position, Ruling,
};
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId};
use xunge_domain::person::Person;
use xunge_domain::scope::Scope;
use xunge_sync::device::{
    Commit, DeviceMachine, Effect, Finding, HttpAnswer, HttpRequest, Method, Outlook, PackProgress,
    PendingChange, PendingDocument, Session, Step, Upload, enrol_request,
};
use xunge_sync::keys::{PublicKey, Signer, SoftwareKey};
use xunge_sync::wire::columns::{Agreed, Base, DecodeContext, decode, heads_check};
use xunge_sync::wire::{
    Comparison, DocumentChanges, EnrolledFrame, EnrolmentCode, Frame, Nonce, RefusedFrame, Verdict,
    reads_columns, takes_parts, unpack,
};

use crate::COLUMNS;
use crate::hub::monday;

/// Steps after which a device that still has something to do is stuck.
const STEPS_MAX: usize = 200;

/// One device. A clone is a copied store.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) base: String,
    pub(crate) key: SoftwareKey,
    pub(crate) session: Session,
    pub(crate) person: Person,
    pub(crate) enrolled: Box<EnrolledFrame>,
    pub(crate) documents: BTreeMap<DocumentId, Document>,
    pub(crate) pending: Vec<(DocumentId, PendingChange)>,
    pub(crate) cursors: BTreeMap<Scope, u64>,
    pub(crate) blobs: BTreeMap<Digest, Vec<u8>>,
    pub(crate) uploads: Vec<Upload>,
    pub(crate) packs: BTreeMap<Scope, PackProgress>,
    /// Every verdict, in order.
    pub(crate) verdicts: Vec<(DocumentId, ChangeHash, Verdict)>,
    /// Every change pulled, in order.
    pub(crate) pulled: Vec<(DocumentId, ChangeHash)>,
    /// Every document that left, in order.
    pub(crate) evicted: Vec<DocumentId>,
    /// Whether it is to be compared, what is being said of it, and what was found.
    pub(crate) comparing: bool,
    comparison: Option<Comparison>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) refusals: Vec<RefusedFrame>,
    pub(crate) superseded: usize,
    /// Frames with a document that could not be put together.
    pub(crate) unresolved: usize,
    number: u8,
    counter: u32,
}

/// Performs a request; statuses are answers too.
pub(crate) fn perform(base: &str, request: &HttpRequest) -> (u16, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let method = match request.method {
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Get => "GET",
    };
    let mut builder = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{base}{}", request.path));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let sent = if request.method == Method::Get {
        agent.run(builder.body(()).unwrap())
    } else {
        agent.run(builder.body(request.body.clone()).unwrap())
    };
    let mut response =
        sent.unwrap_or_else(|cause| panic!("{} {:?}: {cause}", request.path, request.headers));
    let body = response.body_mut().read_to_vec().unwrap();
    (response.status().as_u16(), body)
}

/// The same request, signed as it is now: by a device that lies.
pub(crate) fn resigned(request: HttpRequest, key: &SoftwareKey) -> HttpRequest {
    let mut nonce = [0; 16];
    nonce.copy_from_slice(&Digest::of(&request.body).as_bytes()[..16]);
    request.signed((monday(), &nonce), key).unwrap()
}

/// The frames of an answer that nobody checks: what a test looks at.
pub(crate) fn frames(mut body: &[u8]) -> Vec<(Frame, usize)> {
    let (mut frames, mut end) = (Vec::new(), 0);
    while let Some((length, rest)) = body.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (frame, rest) = rest.split_at(length);
        end += 4 + length + 64;
        frames.push((unpack(frame).unwrap(), end));
        body = &rest[64..];
    }
    frames
}

impl Device {
    /// Enrols; the status where the hub will not.
    pub(crate) fn enrol(
        base: &str,
        code: &EnrolmentCode,
        number: u8,
    ) -> Result<Self, (u16, String)> {
        Self::enrol_after(base, code, number, Vec::new())
    }

    /// The same, for a device that was others before.
    pub(crate) fn enrol_after(
        base: &str,
        code: &EnrolmentCode,
        number: u8,
        former: Vec<InstallationId>,
    ) -> Result<Self, (u16, String)> {
        let key = SoftwareKey::from_bytes(&[number; 32]).unwrap();
        let request = enrol_request(code, &key.public_key(), former, [number; 16]);
        let (status, body) = perform(base, &request);
        if status != 200 {
            let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
            return Err((status, error["error"]["code"].as_str().unwrap().to_owned()));
        }
        let Some((Frame::Enrolled(enrolled), _)) = frames(&body).into_iter().next() else {
            panic!("no enrolment in the answer");
        };
        let server_key = PublicKey::from_slice(enrolled.server_key.as_slice()).unwrap();
        assert_eq!(server_key.fingerprint(), code.fingerprint);
        Ok(Self {
            base: base.to_owned(),
            key,
            session: Session {
                installation: enrolled.installation,
                token: *enrolled.token,
                server_key,
                epoch: enrolled.epoch,
                columns: COLUMNS && reads_columns(&enrolled.capabilities),
                parts: COLUMNS && takes_parts(&enrolled.capabilities),
            },
            person: enrolled.person.clone(),
            enrolled,
            documents: BTreeMap::new(),
            pending: Vec::new(),
            cursors: BTreeMap::new(),
            blobs: BTreeMap::new(),
            uploads: Vec::new(),
            packs: BTreeMap::new(),
            comparing: false,
            comparison: None,
            findings: Vec::new(),
            verdicts: Vec::new(),
            pulled: Vec::new(),
            evicted: Vec::new(),
            refusals: Vec::new(),
            superseded: 0,
            unresolved: 0,
            number,
            counter: 0,
        })
    }

    fn next(&mut self) -> u32 {
        self.counter += 1;
        self.counter
    }

    pub(crate) fn nonce(&mut self) -> Nonce {
        let mut nonce = [self.number; 16];
        nonce[..4].copy_from_slice(&self.next().to_be_bytes());
        nonce
    }

    /// An intent id of this installation.
    pub(crate) fn intent_id(&mut self) -> IntentId {
        let counter = self.next();
        IntentId::new(&self.session.installation, counter, [self.number; 3])
    }

    /// Writes edits as one change and queues it.
    pub(crate) fn write(&mut self, id: DocumentId, edits: Vec<Edit>) -> ChangeHash {
        let actor = xunge_documents::actor::device_actor(&self.session.installation, &id, 0);
        let intent = Intent {
            id: self.intent_id(),
            at: monday(),
            edits,
        };
        let document = self.documents.entry(id).or_default();
        let change = document.apply_intent(actor, &intent).unwrap().unwrap();
        let pending = PendingChange {
            hash: change.hash,
            bytes: change.bytes,
            signature: None,
        };
        self.pending.push((id, pending));
        change.hash
    }

    /// A report with its facts and one photo that is kept elsewhere, as one change.
    pub(crate) fn report(&mut self) -> DocumentId {
        self.report_in(0)
    }

    /// A report in the `index`-th unit grid of the person's beats.
    pub(crate) fn report_in(&mut self, index: usize) -> DocumentId {
        let mut entropy = [self.number; 10];
        entropy[..4].copy_from_slice(&self.next().to_be_bytes());
        let id = DocumentId::from_time(monday(), entropy);
        let grid = self.enrolled.grids[index].clone();
        let class = self.enrolled.classes.find("road_damage");
        let class = class.or(self.enrolled.classes.classes.first()).unwrap();
        let mut edits = vec![
            Edit::Class(class.code.clone()),
            Edit::Title("至德街路面破损".into()),
            Edit::Description("坑长约半米，已放警示牌。".into()),
            Edit::Position(Position {
                point: grid.corners[0],
                fixes: Vec::new(),
            }),
            Edit::Address("至德街与商都路交叉口".into()),
            Edit::UnitGrid(GridAnswer::Known(grid.code)),
        ];
        let photo = self.photo(b"kept elsewhere", PhotoPurpose::Found, true);
        edits.push(photo);
        edits.push(self.action(Act::Report));
        self.write(id, edits);
        id
    }

    pub(crate) fn action(&mut self, act: Act) -> Edit {
        let action = Action {
            author: self.person.id.clone(),
            at: monday(),
            act,
            seal: None,
            session: None,
        };
        Edit::Action(self.intent_id(), action)
    }

    pub(crate) fn comment(&mut self, id: DocumentId, text: &str) -> ChangeHash {
        let note = Note {
            author: self.person.id.clone(),
            at: monday(),
            text: text.into(),
        };
        let edit = Edit::Comment(self.intent_id(), note);
        self.write(id, vec![edit])
    }

    /// A photo entry; its bytes are queued unless they are kept elsewhere.
    pub(crate) fn photo(&mut self, bytes: &[u8], purpose: PhotoPurpose, elsewhere: bool) -> Edit {
        let original = BlobReference {
            sha256: Digest::of(bytes),
            length: bytes.len() as u64,
        };
        if !elsewhere {
            self.blobs.insert(original.sha256, bytes.to_vec());
            self.uploads.push(Upload { blob: original });
        }
        let entry = PhotoEntry {
            author: self.person.id.clone(),
            at: monday(),
            purpose,
            caption: String::new(),
            original,
            preview: None,
            point: None,
            elsewhere,
            seal: None,
        };
        Edit::Photo(self.intent_id(), entry)
    }

    pub(crate) fn outlook(&self) -> Outlook {
        Outlook {
            changes_pending: !self.pending.is_empty(),
            uploads: self.uploads.clone(),
            packs: self.packs.values().cloned().collect(),
            parts: self.session.parts,
            comparison_due: self.comparing,
            errand: None,
            base_map: None,
            comparison: self.comparison.clone(),
        }
    }

    /// What the hub has of a document.
    fn known_to_hub(&self, id: &DocumentId) -> Option<Agreed> {
        let waits = |hash: &ChangeHash| self.pending.iter().any(|(_, change)| change.hash == *hash);
        let changes = self.documents.get(id)?.changes();
        let known: Vec<_> = changes.iter().filter(|one| !waits(&one.hash)).collect();
        let known = known.iter().map(|change| change.bytes.as_slice());
        (known.len() > 0).then(|| Agreed::of(known))
    }

    fn base(&self, id: &DocumentId) -> Base {
        self.known_to_hub(id).map_or(Base::New, Base::Agreed)
    }

    fn pending_documents(&self) -> Vec<PendingDocument> {
        let mut documents: Vec<PendingDocument> = Vec::new();
        for (document, change) in &self.pending {
            match documents.iter_mut().find(|one| one.document == *document) {
                Some(one) => one.changes.push(change.clone()),
                None => documents.push(PendingDocument {
                    document: *document,
                    changes: vec![change.clone()],
                    base: self.base(document),
                }),
            }
        }
        documents
    }

    /// The request of a push and pull of everything that waits.
    pub(crate) fn sync_request(&mut self, machine: &mut DeviceMachine) -> HttpRequest {
        let pending = self.pending_documents();
        self.request_of(machine, &pending)
    }

    fn request_of(
        &mut self,
        machine: &mut DeviceMachine,
        pending: &[PendingDocument],
    ) -> HttpRequest {
        if !COLUMNS {
            machine.speak_plain();
        }
        let mut cursors = self.cursors.clone();
        for scope in Scope::of(&self.person) {
            cursors.entry(scope).or_default();
        }
        let cursors = cursors.into_iter().collect();
        let (outlook, nonce) = (self.outlook(), self.nonce());
        let now = monday();
        machine
            .sync(
                &self.session,
                cursors,
                pending,
                &outlook,
                now,
                nonce,
                &self.key,
            )
            .unwrap()
    }

    pub(crate) fn chunk_request(
        &mut self,
        machine: &mut DeviceMachine,
        blob: &BlobReference,
        range: xunge_sync::wire::ByteRange,
    ) -> HttpRequest {
        let (from, to) = (range.from as usize, range.to as usize);
        let bytes = self.blobs[&blob.sha256][from..to].to_vec();
        let when = (monday(), self.nonce());
        let chunk = machine.chunk(&self.session, blob, range, bytes, when, &self.key);
        chunk.unwrap()
    }

    /// Takes an answer, or what arrived of it.
    pub(crate) fn take(
        &mut self,
        machine: &mut DeviceMachine,
        status: u16,
        body: Vec<u8>,
    ) -> Vec<Effect> {
        let effects = machine.on_answer(HttpAnswer::Answered { status, body });
        let mut resolved = true;
        for effect in &effects {
            match effect {
                Effect::Commit(commit)
                    if !resolved && (!commit.cursors.is_empty() || commit.pack.is_some()) => {}
                Effect::Commit(commit) => {
                    if !self.commit(commit) {
                        resolved = false;
                        self.unresolved += 1;
                        match commit.pack {
                            Some(_) => machine.refuse_packs(),
                            None => machine.pull_plain(),
                        }
                    }
                }
                Effect::Superseded {
                    installation,
                    token,
                } => {
                    self.session.installation = *installation;
                    self.session.token = *token;
                    self.superseded += 1;
                }
                Effect::Refused(refusal) => self.refusals.push(refusal.clone()),
                Effect::Carried(_)
                | Effect::Certified(_)
                | Effect::Receipts(_)
                | Effect::PrivateKept(_)
                | Effect::Tables(_)
                | Effect::Duty(_)
                | Effect::BaseMapTold(_)
                | Effect::BaseMapPiece { .. }
                | Effect::BaseMapGone(_)
                | Effect::Retry { .. } => {}
            }
        }
        effects
    }

    /// False when a document builds on something that is not here.
    fn commit(&mut self, commit: &Commit) -> bool {
        if let Some((token, epoch, _)) = commit.session {
            self.session.token = token;
            if epoch != self.session.epoch {
                self.session.epoch = epoch;
                self.cursors.clear();
                self.packs.clear();
            }
        }
        if let Some(columns) = commit.columns {
            self.session.columns = COLUMNS && columns;
        }
        if let Some(parts) = commit.parts {
            self.session.parts = COLUMNS && parts;
        }
        for (document, verdicts) in &commit.verdicts {
            for (hash, verdict) in verdicts {
                self.verdicts.push((*document, *hash, verdict.clone()));
                self.pending.retain(|(_, change)| change.hash != *hash);
            }
        }
        for pulled in &commit.documents {
            self.pull(pulled);
        }
        if let Some(batch) = &commit.batch {
            let decoded = decode(batch, &Here(self)).unwrap();
            for pulled in decoded.documents {
                self.pull(&DocumentChanges {
                    document: pulled.document,
                    changes: pulled.changes,
                });
            }
            if !decoded.unresolved.is_empty() {
                return false;
            }
        }
        self.cursors.extend(commit.cursors.iter().cloned());
        self.leave(commit);
        if let Some(pack) = &commit.pack {
            let known = self.packs.get_mut(&pack.scope).unwrap();
            (known.taken, known.chain) = (pack.taken, pack.chain);
        }
        if let Some(finding) = &commit.finding {
            self.take_finding(finding);
        }
        if let Some(told) = &commit.packs {
            let offered = |known: &PackProgress| told.offers.contains(&known.offer);
            self.packs
                .retain(|_, known| offered(known) || (known.is_whole() && told.more));
            for offer in &told.offers {
                let fresh = || PackProgress::new(offer.clone());
                self.packs.entry(offer.scope.clone()).or_insert_with(fresh);
            }
        }
        let stored = |upload: &Upload| {
            let mut blobs = commit.blobs.iter();
            blobs.any(|answer| answer.sha256 == upload.blob.sha256)
        };
        self.uploads.retain(|upload| !stored(upload));
        true
    }

    fn leave(&mut self, commit: &Commit) {
        self.evicted.extend(&commit.evicted);
        for id in &commit.evicted {
            self.documents.remove(id);
        }
        for scope in &commit.left {
            self.cursors.remove(scope);
        }
        if let Some(assignment) = &commit.assignment {
            self.person = assignment.person.clone();
            self.enrolled.grids = assignment.grids.clone();
        }
    }

    fn pull(&mut self, pulled: &DocumentChanges) {
        let document = self.documents.entry(pulled.document).or_default();
        document
            .apply(pulled.changes.iter().map(|change| change.bytes.as_slice()))
            .unwrap();
        let hashes = pulled
            .changes
            .iter()
            .map(|change| xunge_sync::hub::name_of(&change.bytes));
        self.pulled
            .extend(hashes.map(|hash| (pulled.document, hash)));
    }

    /// Rounds until nothing is left to do.
    pub(crate) fn sync(&mut self) {
        let mut machine = DeviceMachine::default();
        machine.start_round();
        self.go_on(&mut machine, |_, answer| answer);
    }

    /// Goes on until nothing is left to do; `link` makes of each answer what arrives of it.
    pub(crate) fn go_on(
        &mut self,
        machine: &mut DeviceMachine,
        mut link: impl FnMut(&HttpRequest, (u16, Vec<u8>)) -> (u16, Vec<u8>),
    ) {
        for _ in 0..STEPS_MAX {
            let Some(request) = self.next_request(machine) else {
                return;
            };
            let (status, body) = link(&request, perform(&self.base, &request));
            self.take(machine, status, body);
        }
        panic!("the device never came to an end");
    }

    /// What is to be asked next.
    pub(crate) fn next_request(&mut self, machine: &mut DeviceMachine) -> Option<HttpRequest> {
        match machine.next_step(&self.outlook()) {
            Step::Done => None,
            Step::Sync { .. } => Some(self.sync_request(machine)),
            Step::Chunk { blob, range } => Some(self.chunk_request(machine, &blob, range)),
            Step::Pack(progress) => Some(machine.pack(&self.session, &progress)),
            Step::Errand(_) | Step::BaseMap(_) => unreachable!("none is in the outlook"),
            Step::Compare { buckets } => {
                self.comparison = Some(self.comparison_of(&buckets));
                let request = self.request_of(machine, &[]);
                self.comparison = None;
                Some(request)
            }
        }
    }

    pub(crate) fn rulings(&self, id: &DocumentId) -> Vec<Ruling> {
        let rulings = self.documents[id].read(*id).case.rulings;
        rulings.into_iter().map(|ruling| ruling.entry).collect()
    }
}

/// What a device can put pulled columns together on.
struct Here<'a>(&'a Device);

impl DecodeContext for Here<'_> {
    fn agreed(&self, document: &DocumentId, check: [u8; 4]) -> Option<Agreed> {
        let known = self.0.known_to_hub(document)?;
        (heads_check(document, &known.heads) == check).then_some(known)
    }
}
