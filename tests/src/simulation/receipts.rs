//! What the hub has promised: every receipt it ever sent, whether or not it arrived.

use std::collections::{BTreeMap, BTreeSet};

use xunge_documents::{Document, guard::inspect};
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_sync::hub::name_of;
use xunge_sync::wire::{
    BlobAnswer, DocumentVerdict, Frame, HeadFrame, Nonce, PushedDocument, TakenParts, Verdict,
};

use super::hub::frames;

/// The hub's word for a number that a copy of the store used.
const SEQUENCE_TAKEN: &str = "sequence_taken";
const BUILDS_ON_REFUSED: &str = "builds_on_refused";

/// Receipts and refusals so far.
#[derive(Debug, Default)]
pub(super) struct Receipts {
    /// Changes it calls received, with their bytes.
    pub(super) changes: BTreeMap<(DocumentId, Digest), Vec<u8>>,
    /// Photo files it calls stored.
    pub(super) blobs: BTreeSet<Digest>,
    /// Changes whose number another copy of the store took: their content comes again in another change.
    pub(super) made_anew: BTreeSet<(DocumentId, Digest)>,
    /// Those of the last answer alone.
    pub(super) newest: Newest,
    /// What pushes in parts held.
    parts: BTreeMap<Nonce, Vec<Vec<PushedDocument>>>,
    /// Changes it quarantined.
    pub(super) quarantined: u64,
    /// Devices it made go on under another installation.
    pub(super) superseded: u64,
}

/// The promises of the last answer.
#[derive(Debug, Default)]
pub(super) struct Newest {
    pub(super) changes: Vec<(DocumentId, Digest)>,
    pub(super) blobs: Vec<Digest>,
    /// Documents the last request pushed to.
    pub(super) documents: Vec<DocumentId>,
    /// How many documents it told of; a frame of columns counts as one.
    pub(super) told: usize,
    /// How many documents it let go.
    pub(super) evicted: u64,
    /// Of a comparison, in how many buckets the two differ.
    pub(super) compared: Option<usize>,
    /// Parts of a push that it told of.
    pub(super) parts: u32,
}

impl Receipts {
    /// Keeps what a push in parts held, as far as it arrived: the hub may tell of it later.
    pub(super) fn remember(&mut self, nonce: Nonce, parts: &[Vec<PushedDocument>]) {
        let known = self.parts.entry(nonce).or_default();
        if known.len() < parts.len() {
            *known = parts.to_vec();
        }
    }

    /// Reads an answer to a request that pushed these documents, or whose push in parts, or the one it asked for, has
    /// that nonce.
    pub(super) fn note(&mut self, pushed: &[PushedDocument], parted: Option<Nonce>, body: &[u8]) {
        self.newest = Newest::default();
        for frame in frames(body) {
            match frame {
                Frame::Head(head) => {
                    self.head(pushed, &head);
                    if let (Some(nonce), Some(taken)) = (parted, &head.taken) {
                        self.parts(nonce, taken);
                    }
                }
                Frame::Documents(frame) => {
                    self.newest.told += frame.documents.len();
                    self.newest.evicted += frame.evicted.len() as u64;
                }
                Frame::Columns(frame) => {
                    self.newest.told += 1;
                    self.newest.evicted += frame.evicted.len() as u64;
                }
                Frame::End(end) => {
                    end.blobs.iter().for_each(|blob| self.blob(blob));
                    self.newest.compared = end.compared.map(|compared| compared.differ.len());
                }
                Frame::Blob(blob) => self.blob(&blob),
                Frame::Superseded(_) => self.superseded += 1,
                _ => {}
            }
        }
        let pushed = pushed.iter().map(|pushed| pushed.document);
        self.newest.documents.extend(pushed);
    }

    /// Whether a change comes again in another one: the hub said so of it or of one it builds on, or a hub that was put
    /// back has taken the number of one of them from another copy of the store. The device that wrote it gives way then.
    pub(super) fn comes_anew(
        &self,
        id: DocumentId,
        hash: Digest,
        at_hub: Option<&Document>,
    ) -> bool {
        let there = at_hub.map_or_else(Vec::new, Document::changes);
        let mut open = vec![hash];
        while let Some(hash) = open.pop() {
            if self.made_anew.contains(&(id, hash)) {
                return true;
            }
            let promised = self.changes.get(&(id, hash));
            let Some(lost) = promised.and_then(|bytes| inspect(bytes).ok()) else {
                continue;
            };
            if at_hub.is_some_and(|at_hub| at_hub.contains(&lost.hash())) {
                continue;
            }
            let (actor, sequence) = (lost.parts().actor, lost.parts().sequence);
            let mut there = there.iter();
            if there.any(|change| change.actor == actor && change.sequence == sequence) {
                return true;
            }
            let dependencies = lost.parts().dependencies.iter();
            open.extend(dependencies.map(|hash| Digest::from_bytes(*hash.as_bytes())));
        }
        false
    }

    fn head(&mut self, pushed: &[PushedDocument], head: &HeadFrame) {
        let unresolved = head.rest_received.then_some(head.unresolved.as_slice());
        self.told(pushed, &head.verdicts, unresolved);
    }

    /// What the hub says of the parts of a push.
    fn parts(&mut self, nonce: Nonce, taken: &TakenParts) {
        self.newest.parts = taken.parts;
        let parts = self.parts.get(&nonce).cloned().unwrap_or_default();
        let count = usize::try_from(taken.parts).unwrap_or(usize::MAX);
        let pushed: Vec<PushedDocument> = parts.into_iter().take(count).flatten().collect();
        self.told(&pushed, &taken.verdicts, Some(&taken.unresolved));
        let pushed = pushed.iter().map(|pushed| pushed.document);
        self.newest.documents.extend(pushed);
    }

    /// `unresolved` where what is not named was received.
    fn told(
        &mut self,
        pushed: &[PushedDocument],
        verdicts: &[DocumentVerdict],
        unresolved: Option<&[DocumentId]>,
    ) {
        for pushed in pushed {
            let mut told = verdicts.iter();
            let told = told.find(|verdict| verdict.document == pushed.document);
            let rest = unresolved.is_some_and(|named| !named.contains(&pushed.document));
            let verdicts = match told {
                Some(told) => told.verdicts.clone(),
                None if rest => vec![Verdict::Received; pushed.changes.len()],
                None => Vec::new(),
            };
            self.verdicts(pushed, &verdicts);
        }
    }

    fn verdicts(&mut self, pushed: &PushedDocument, verdicts: &[Verdict]) {
        for (change, verdict) in pushed.changes.iter().zip(verdicts) {
            let hash = Digest::from_bytes(*name_of(&change.bytes).as_bytes());
            match verdict {
                Verdict::Received => {
                    self.changes
                        .insert((pushed.document, hash), change.bytes.to_vec());
                    self.newest.changes.push((pushed.document, hash));
                }
                Verdict::Quarantined { code, .. } => {
                    self.quarantined += 1;
                    if [SEQUENCE_TAKEN, BUILDS_ON_REFUSED].contains(&code.as_str()) {
                        self.made_anew.insert((pushed.document, hash));
                    }
                }
                Verdict::Blocked | Verdict::NeedFrom(_) => {}
            }
        }
    }

    fn blob(&mut self, answer: &BlobAnswer) {
        if answer.missing.is_empty() {
            self.blobs.insert(answer.sha256);
            self.newest.blobs.push(answer.sha256);
        }
    }
}
