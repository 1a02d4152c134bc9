//! A device, the server's key, and short words for answers.

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::device::{
    Commit, DeviceMachine, Effect, HttpAnswer, HttpRequest, LinkProblem, Outlook, PendingChange,
    PendingDocument, Session, Step, Upload,
};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::columns::Base;
use xunge_sync::wire::{
    BlobAnswer, ByteRange, DocumentVerdict, DocumentsFrame, EndFrame, Frame, FrameWriter,
    HeadFrame, Nonce, Verdict,
};

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_751_252_400_000);
pub(crate) const CASE: DocumentId = DocumentId::from_bytes([9; 16]);
pub(crate) const NEXT_TOKEN: [u8; 16] = [0xAB; 16];

pub(crate) fn server() -> SoftwareKey {
    SoftwareKey::from_bytes(&[7; 32]).unwrap()
}

pub(crate) fn scope() -> Scope {
    "grid:putian-1".parse().unwrap()
}

pub(crate) const fn hash(number: u8) -> ChangeHash {
    ChangeHash([number; 32])
}

pub(crate) fn blob(number: u8, length: u64) -> BlobReference {
    BlobReference {
        sha256: Digest::from_bytes([number; 32]),
        length,
    }
}

pub(crate) fn uploads(blobs: &[BlobReference]) -> Outlook {
    Outlook {
        uploads: blobs.iter().map(|blob| Upload { blob: *blob }).collect(),
        ..Outlook::default()
    }
}

pub(crate) fn head(verdicts: Vec<DocumentVerdict>) -> Frame {
    Frame::Head(HeadFrame {
        token: NEXT_TOKEN.into(),
        epoch: 3,
        server_time: NOW,
        verdicts,
        capabilities: vec![],
        unresolved: vec![],
        rest_received: false,
        assignment: None,
        taken: None,
        beacon: None,
        tables: None,
    })
}

pub(crate) fn verdicts(document: DocumentId, verdicts: Vec<Verdict>) -> DocumentVerdict {
    DocumentVerdict { document, verdicts }
}

pub(crate) fn documents(upto: u64) -> Frame {
    Frame::Documents(DocumentsFrame {
        documents: vec![],
        cursors: vec![(scope(), upto)],
        evicted: Vec::new(),
        left: Vec::new(),
    })
}

pub(crate) fn missing(blob: &BlobReference, gaps: &[(u64, u64)]) -> BlobAnswer {
    let range = |(from, to): &(u64, u64)| ByteRange {
        from: *from,
        to: *to,
    };
    BlobAnswer {
        sha256: blob.sha256,
        missing: gaps.iter().map(range).collect(),
    }
}

pub(crate) const fn end(blobs: Vec<BlobAnswer>, more: bool) -> Frame {
    Frame::End(EndFrame {
        blobs,
        more,
        packs: vec![],
        compared: None,
        refused: Vec::new(),
        tasks: Vec::new(),
    })
}

pub(crate) fn body(nonce: Nonce, frames: &[Frame]) -> Vec<u8> {
    let key = server();
    let mut writer = FrameWriter::new(&key, nonce);
    frames.iter().for_each(|frame| writer.push(frame));
    writer.finish()
}

pub(crate) const fn answered(status: u16, body: Vec<u8>) -> HttpAnswer {
    HttpAnswer::Answered { status, body }
}

pub(crate) fn commits(effects: &[Effect]) -> Vec<Commit> {
    let commit = |effect: &Effect| match effect {
        Effect::Commit(commit) => Some(commit.clone()),
        _ => None,
    };
    effects.iter().filter_map(commit).collect()
}

pub(crate) fn problem(effects: &[Effect]) -> Option<(u64, LinkProblem)> {
    match effects.last() {
        Some(Effect::Retry {
            after_millis,
            problem,
        }) => Some((*after_millis, problem.clone())),
        _ => None,
    }
}

/// A device with its machine; each request has a nonce of its own.
pub(crate) struct Desk {
    pub(crate) machine: DeviceMachine,
    pub(crate) nonce: Nonce,
    pub(crate) session: Session,
    pub(crate) signer: SoftwareKey,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            machine: DeviceMachine::default(),
            nonce: [0; 16],
            session: Session {
                installation: InstallationId::from_bytes([1; 16]),
                token: [2; 16],
                server_key: server().public_key(),
                epoch: 3,
                columns: false,
                parts: false,
            },
            signer: SoftwareKey::from_bytes(&[8; 32]).unwrap(),
        }
    }

    /// One that was asked to start a round.
    pub(crate) fn due() -> Self {
        let mut desk = Self::new();
        desk.machine.start_round();
        desk
    }

    fn next_nonce(&mut self) {
        let number = u128::from_be_bytes(self.nonce) + 1;
        self.nonce = number.to_be_bytes();
    }

    pub(crate) fn sync_with(
        &mut self,
        pending: &[PendingDocument],
        outlook: &Outlook,
    ) -> HttpRequest {
        self.next_nonce();
        self.machine
            .sync(
                &self.session,
                vec![(scope(), 4)],
                pending,
                outlook,
                NOW,
                self.nonce,
                &self.signer,
            )
            .unwrap()
    }

    /// Pushes changes of one case by their hashes alone.
    pub(crate) fn push(&mut self, numbers: &[u8]) -> HttpRequest {
        self.sync_with(&[pending(CASE, numbers)], &Outlook::default())
    }

    pub(crate) fn chunk(&mut self, blob: &BlobReference, range: ByteRange) -> HttpRequest {
        self.next_nonce();
        let bytes = vec![0; usize::try_from(range.length()).unwrap()];
        let when = (NOW, self.nonce);
        let chunk = self
            .machine
            .chunk(&self.session, blob, range, bytes, when, &self.signer);
        chunk.unwrap()
    }

    /// The server answers the request under way.
    pub(crate) fn answer(&mut self, frames: &[Frame]) -> Vec<Effect> {
        let body = body(self.nonce, frames);
        self.machine.on_answer(answered(200, body))
    }

    pub(crate) fn step(&self, outlook: &Outlook) -> Step {
        self.machine.next_step(outlook)
    }
}

pub(crate) fn pending(document: DocumentId, numbers: &[u8]) -> PendingDocument {
    PendingDocument {
        document,
        changes: numbers
            .iter()
            .map(|number| PendingChange {
                hash: hash(*number),
                bytes: vec![*number],
                signature: None,
            })
            .collect(),
        base: Base::New,
    }
}
