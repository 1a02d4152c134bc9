//! What an answer means for the device.

use std::collections::HashMap;

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use xunge_evidence::record::Beacon;

use crate::carry::Certificate;
use crate::device::comparing::Finding;
use crate::device::packs::{PackTaken, PacksTold};
use crate::device::push::Named;
use crate::wire::{
    Assignment, BaseMapFrame, BlobAnswer, CarriedFrame, DocumentChanges, DocumentVerdict,
    DutyFrame, HeadFrame, Nonce, OfferedTask, PrivateKeptFrame, ReceiptsFrame, RefusedChanges,
    RefusedFrame, TablesFrame, Token, Verdict, reads_columns, takes_parts,
};

/// One frame's worth of news, to be committed in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commit {
    /// The next secret, the hub's epoch and its clock.
    pub session: Option<(Token, u64, Timestamp)>,
    /// The hub's clock, for what is sealed next.
    pub beacon: Option<Beacon>,
    /// The hub's tables as of now, for comparison with what this device asked for last.
    pub tables: Option<[u8; 8]>,
    /// Whether the hub reads columns: for the next request.
    pub columns: Option<bool>,
    /// Whether the hub takes a push in parts: for the next request.
    pub parts: Option<bool>,
    /// The documents in this frame are all that the hub has of them, with those of the frames behind it: it answers a
    /// comparison.
    pub whole: bool,
    /// Changes of others that the hub will never merge: to be let go of.
    pub refused: Vec<RefusedChanges>,
    /// What became of pushed changes.
    pub verdicts: Vec<(DocumentId, Vec<(ChangeHash, Verdict)>)>,
    /// Pulled changes.
    pub documents: Vec<DocumentChanges>,
    /// Pulled changes in columns, for [`decode`](crate::wire::columns::decode) with what this store has received and
    /// pulled. What is unresolved: [`pull_plain`](super::DeviceMachine::pull_plain).
    pub batch: Option<Vec<u8>>,
    /// How far the feeds are known once this is committed.
    pub cursors: Vec<(Scope, u64)>,
    /// Documents that leave this device, each as soon as nothing of it waits to be sent. As much as the cursors, they
    /// count only when the documents of the same commit could be taken whole.
    pub evicted: Vec<DocumentId>,
    /// Scopes that are this device's no more: their cursors are to be forgotten.
    pub left: Vec<Scope>,
    /// Whose device this is from now on.
    pub assignment: Option<Box<Assignment>>,
    /// Blobs that are stored at the hub.
    pub blobs: Vec<BlobAnswer>,
    /// `batch` is a segment of a pack. One that cannot be put together, or whose changes do not fit, must not count as
    /// taken: [`refuse_packs`](super::DeviceMachine::refuse_packs).
    pub pack: Option<Box<PackTaken>>,
    /// Packs to be fetched, in the place of those known before.
    pub packs: Option<PacksTold>,
    /// What a comparison found.
    pub finding: Option<Finding>,
    /// What this device's person is asked for, where that is another than before.
    pub tasks: Option<Vec<OfferedTask>>,
}

/// The status of a hub that does not know the device.
pub(crate) const DEVICE_UNKNOWN: u16 = 401;

/// Why a round did not come through. Nothing is lost; it is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    /// No answer.
    Unreachable,
    /// Whoever is at the server's address showed a certificate of another authority than the pinned one. Nothing was sent.
    WrongCertificate,
    /// An answer that broke off. Whole frames before it were kept.
    Cut,
    /// Somebody else answered: a captive portal, a proxy, another server.
    Foreign {
        /// Its HTTP status.
        status: u16,
    },
    /// The server does not know this device, e.g. because it was restored from a backup that is older than the device.
    /// Nobody signs for that: it only allows to enrol again.
    Unknown,
    /// The server is in trouble or busy.
    Server {
        /// Its HTTP status.
        status: u16,
    },
}

impl LinkProblem {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "no_network",
            Self::WrongCertificate => "wrong_certificate",
            Self::Cut => "link_cut",
            Self::Foreign { .. } => "foreign_answer",
            Self::Unknown => "device_unknown",
            Self::Server { .. } => "server_trouble",
        }
    }

    /// Cause and next step, in Chinese.
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Unreachable => "连不上服务器；内容都在本机，信号恢复后会自动上传。",
            Self::WrongCertificate => {
                "该地址出示的证书与登记时的不符，未发送任何内容；请换一个网络再试，仍如此请告知管理员。"
            }
            Self::Cut => "连接中断；已收到的部分保留，稍后自动续传。",
            Self::Foreign { .. } => {
                "应答不是本平台服务器发出的（可能需要先登录无线网络）；内容都在本机。"
            }
            Self::Unknown => {
                "服务器不认识本设备（可能刚从备份恢复）；内容都在本机。若稍后仍如此，请向管理员索取登记码重新登记。"
            }
            Self::Server { .. } => "服务器暂时不可用；内容都在本机，稍后自动重试。",
        }
    }

    /// Cause and next step, in English.
    pub const fn en(&self) -> &'static str {
        match self {
            Self::Unreachable => {
                "The server cannot be reached; everything is kept here and sent when the signal is back."
            }
            Self::WrongCertificate => {
                "The certificate at that address is not the one of the enrolment; nothing was sent. Try another network; if it stays so, tell the administrator."
            }
            Self::Cut => "The connection broke; what arrived is kept, the rest follows by itself.",
            Self::Foreign { .. } => {
                "The answer is not from our server (a Wi-Fi login page?); everything is kept here."
            }
            Self::Unknown => {
                "The server does not know this device (it may have been restored from a backup); everything is kept here. If it stays so, ask the administrator for a code and enrol again."
            }
            Self::Server { .. } => {
                "The server is in trouble; everything is kept here and is tried again."
            }
        }
    }
}

/// What the host must do, in order.
#[expect(
    clippy::large_enum_variant,
    reason = "an answer has a handful of them, and nearly all are commits"
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Commit in one transaction.
    Commit(Commit),
    /// Go on as a new installation: the store lives twice.
    Superseded {
        /// Its id.
        installation: InstallationId,
        /// Its first secret.
        token: Token,
    },
    /// The hub refuses this device.
    Refused(RefusedFrame),
    /// What became of a piece that was handed up.
    Carried(CarriedFrame),
    /// This device's certificate.
    Certified(Box<Certificate>),
    /// Receipts of this device's records.
    Receipts(Box<ReceiptsFrame>),
    /// What became of personal data that was handed up.
    PrivateKept(PrivateKeptFrame),
    /// What differs in the city's tables.
    Tables(Box<TablesFrame>),
    /// What became of notes about duty that were handed up.
    Duty(DutyFrame),
    /// What base map there is.
    BaseMapTold(Box<BaseMapFrame>),
    /// Bytes of the base map, to be put behind those that are here.
    BaseMapPiece {
        /// Of which file.
        sha256: Digest,
        /// Where they begin.
        from: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The hub has no such base map any more, or not for this person: it is to be asked again.
    BaseMapGone(Digest),
    /// Try again after so many milliseconds at the earliest.
    Retry {
        /// How long to wait.
        after_millis: u64,
        /// Why.
        problem: LinkProblem,
    },
}

/// Whether an answer says what became of anything pushed.
pub(super) fn settles(effect: &Effect) -> bool {
    matches!(effect, Effect::Commit(commit) if !commit.verdicts.is_empty())
}

/// Whether an answer changed what there is left to do.
pub(crate) fn brings_on(effect: &Effect) -> bool {
    match effect {
        Effect::Commit(commit) => {
            let settled = |verdict: &Verdict| {
                matches!(verdict, Verdict::Received | Verdict::Quarantined { .. })
            };
            let mut verdicts = commit.verdicts.iter().flat_map(|(_, verdicts)| verdicts);
            !commit.blobs.is_empty()
                || commit.finding.is_some()
                || !commit.documents.is_empty()
                || commit.batch.is_some()
                || verdicts.any(|(_, verdict)| settled(verdict))
        }
        Effect::Superseded { .. } => true,
        Effect::Refused(_)
        | Effect::Carried(_)
        | Effect::Certified(_)
        | Effect::Receipts(_)
        | Effect::PrivateKept(_)
        | Effect::Tables(_)
        | Effect::Duty(_)
        | Effect::BaseMapTold(_)
        | Effect::BaseMapPiece { .. }
        | Effect::BaseMapGone(_)
        | Effect::Retry { .. } => false,
    }
}

/// What became of pushed changes, document by document.
pub(super) type Settled = Vec<(DocumentId, Vec<(ChangeHash, Verdict)>)>;

/// What a hub says of a push, as in [`HeadFrame`].
pub(super) struct Told {
    pub(super) verdicts: Vec<DocumentVerdict>,
    pub(super) unresolved: Vec<DocumentId>,
    pub(super) rest_received: bool,
}

/// Pairs verdicts with what was pushed. An answer of another shape than the push leaves changes pending.
pub(super) fn settled(said: Told, pushed: &[Named]) -> Settled {
    let mut told: HashMap<DocumentId, Option<Vec<Verdict>>> = HashMap::new();
    told.extend(said.unresolved.into_iter().map(|document| (document, None)));
    let verdicts = said.verdicts.into_iter();
    told.extend(verdicts.map(|verdict| (verdict.document, Some(verdict.verdicts))));
    let verdicts = pushed.iter().filter_map(|(document, hashes)| {
        let verdicts = match told.get(document) {
            Some(told) => told
                .clone()
                .filter(|verdicts| verdicts.len() == hashes.len())?,
            None if said.rest_received => vec![Verdict::Received; hashes.len()],
            None => return None,
        };
        Some((*document, hashes.iter().copied().zip(verdicts).collect()))
    });
    verdicts.collect()
}

/// The head of an answer: what became of what was pushed, and what is told beside it.
pub(super) fn on_head(head: HeadFrame, nonce: &Nonce, pushed: &[Named]) -> Commit {
    let told = Told {
        verdicts: head.verdicts,
        unresolved: head.unresolved,
        rest_received: head.rest_received,
    };
    Commit {
        session: Some((*head.token, head.epoch, head.server_time)),
        columns: Some(reads_columns(&head.capabilities)),
        parts: Some(takes_parts(&head.capabilities)),
        verdicts: settled(told, pushed),
        assignment: head.assignment,
        tables: head.tables.map(|mark| *mark),
        beacon: head.beacon.map(|signature| Beacon {
            at: head.server_time,
            nonce: (*nonce).into(),
            signature,
        }),
        ..Commit::default()
    }
}
