//! A device, its hub's key, and frames to answer with.

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::time::Timestamp;
use xunge_sync::device::{
    Commit, DeviceMachine, Effect, HttpAnswer, HttpRequest, LinkProblem, Outlook, PendingChange,
    PendingDocument, Session, Step, Upload,
};
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::columns::Base;
use xunge_sync::wire::{
    BlobAnswer, ByteRange, DocumentChanges, DocumentVerdict, DocumentsFrame, EndFrame, Frame,
    FrameWriter, HeadFrame, Nonce, RefusedFrame, Verdict,
};

pub(crate) const DOCUMENT: DocumentId = DocumentId::from_bytes([4; 16]);
pub(crate) const HASHES: [ChangeHash; 2] = [ChangeHash([1; 32]), ChangeHash([2; 32])];
pub(crate) const NOW: Timestamp = Timestamp::from_millis(9);

/// A device, the key of its hub, and nonces that never repeat.
pub(crate) struct Talk {
    pub(crate) machine: DeviceMachine,
    pub(crate) hub: SoftwareKey,
    pub(crate) device: SoftwareKey,
    pub(crate) nonce: Nonce,
}

impl Talk {
    pub(crate) fn new() -> Self {
        Self {
            machine: DeviceMachine::default(),
            hub: SoftwareKey::from_bytes(&[7; 32]).unwrap(),
            device: SoftwareKey::from_bytes(&[8; 32]).unwrap(),
            nonce: [0; 16],
        }
    }

    pub(crate) fn session(&self) -> Session {
        Session {
            installation: InstallationId::from_bytes([2; 16]),
            token: [3; 16],
            server_key: self.hub.public_key(),
            epoch: 1,
            columns: false,
            parts: false,
        }
    }

    pub(crate) fn fresh_nonce(&mut self) -> Nonce {
        self.nonce[0] += 1;
        self.nonce
    }

    pub(crate) fn sync(&mut self, outlook: &Outlook) -> HttpRequest {
        let (session, nonce) = (self.session(), self.fresh_nonce());
        let pending = if outlook.changes_pending {
            pending()
        } else {
            Vec::new()
        };
        let cursors = vec![("grid:putian-1".parse().unwrap(), 7)];
        self.machine
            .sync(
                &session,
                cursors,
                &pending,
                outlook,
                NOW,
                nonce,
                &self.device,
            )
            .unwrap()
    }

    pub(crate) fn chunk(&mut self, blob: BlobReference, range: ByteRange) -> HttpRequest {
        let (session, nonce) = (self.session(), self.fresh_nonce());
        let bytes = vec![0; usize::try_from(range.length()).unwrap()];
        let when = (NOW, nonce);
        let chunk = self
            .machine
            .chunk(&session, &blob, range, bytes, when, &self.device);
        chunk.unwrap()
    }

    /// The body of an answer to the last request.
    pub(crate) fn body(&self, frames: &[Frame]) -> Vec<u8> {
        let mut writer = FrameWriter::new(&self.hub, self.nonce);
        frames.iter().for_each(|frame| writer.push(frame));
        writer.finish()
    }

    pub(crate) fn answer(&mut self, frames: &[Frame]) -> Vec<Effect> {
        let body = self.body(frames);
        self.machine
            .on_answer(HttpAnswer::Answered { status: 200, body })
    }

    pub(crate) fn answer_raw(&mut self, status: u16, body: &[u8]) -> Vec<Effect> {
        self.machine.on_answer(HttpAnswer::Answered {
            status,
            body: body.to_vec(),
        })
    }

    pub(crate) fn push_bytes(&self) -> usize {
        match self.machine.next_step(&changes_waiting()) {
            Step::Sync { push_bytes_max, .. } => push_bytes_max,
            other => panic!("changes wait, and the step is {other:?}"),
        }
    }
}

pub(crate) fn pending() -> Vec<PendingDocument> {
    let change = |hash| PendingChange {
        hash,
        bytes: vec![5; 10],
        signature: None,
    };
    vec![PendingDocument {
        document: DOCUMENT,
        changes: HASHES.map(change).into(),
        base: Base::New,
    }]
}

pub(crate) fn changes_waiting() -> Outlook {
    Outlook {
        changes_pending: true,
        ..Outlook::default()
    }
}

pub(crate) fn blob(name: u8, length: u64) -> BlobReference {
    BlobReference {
        sha256: Digest::from_bytes([name; 32]),
        length,
    }
}

pub(crate) fn uploads(blobs: &[BlobReference]) -> Outlook {
    Outlook {
        uploads: blobs.iter().map(|blob| Upload { blob: *blob }).collect(),
        ..Outlook::default()
    }
}

pub(crate) fn head(verdicts: Vec<Verdict>) -> Frame {
    Frame::Head(HeadFrame {
        token: [6; 16].into(),
        epoch: 1,
        server_time: NOW,
        verdicts: vec![DocumentVerdict {
            document: DOCUMENT,
            verdicts,
        }],
        capabilities: vec![],
        unresolved: vec![],
        rest_received: false,
        assignment: None,
        taken: None,
        beacon: None,
        tables: None,
    })
}

pub(crate) fn documents(number: u8) -> Frame {
    Frame::Documents(DocumentsFrame {
        documents: vec![DocumentChanges {
            document: DocumentId::from_bytes([number; 16]),
            changes: Vec::new(),
        }],
        cursors: vec![("grid:putian-1".parse().unwrap(), u64::from(number))],
        evicted: Vec::new(),
        left: Vec::new(),
    })
}

pub(crate) fn end(more: bool, blobs: Vec<BlobAnswer>) -> Frame {
    Frame::End(EndFrame {
        blobs,
        more,
        packs: vec![],
        compared: None,
        refused: Vec::new(),
        tasks: Vec::new(),
    })
}

pub(crate) fn missing(blob: BlobReference, ranges: &[(u64, u64)]) -> BlobAnswer {
    BlobAnswer {
        sha256: blob.sha256,
        missing: ranges
            .iter()
            .map(|(from, to)| ByteRange {
                from: *from,
                to: *to,
            })
            .collect(),
    }
}

pub(crate) fn commits(effects: &[Effect]) -> Vec<&Commit> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Commit(commit) => Some(commit),
            _ => None,
        })
        .collect()
}

pub(crate) fn problem(effects: &[Effect]) -> Option<&LinkProblem> {
    effects.iter().find_map(|effect| match effect {
        Effect::Retry { problem, .. } => Some(problem),
        _ => None,
    })
}

pub(crate) fn whole_answer() -> Vec<Frame> {
    vec![
        head(vec![Verdict::Received, Verdict::Blocked]),
        documents(1),
        documents(2),
        end(false, Vec::new()),
    ]
}

pub(crate) fn refusal() -> RefusedFrame {
    RefusedFrame {
        code: "revoked".into(),
        zh: "此设备已停用。".into(),
        en: "This device was revoked.".into(),
    }
}
