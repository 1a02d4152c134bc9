//! The messages. Keys are integers and are never used twice for different things.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::case::BlobReference;
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::scope::Scope;
use xunge_domain::task::TaskKind;
use xunge_domain::time::Timestamp;

use crate::carry::Certificate;
use crate::wire::assignment::Assignment;
use crate::wire::base_map::BaseMapFrame;
use crate::wire::blob_ranges::ByteRange;
use crate::wire::carried_frame::CarriedFrame;
use crate::wire::column_message::{ColumnPush, ColumnsFrame};
use crate::wire::comparison::{Compared, Comparison};
use crate::wire::duty::DutyFrame;
use crate::wire::enrolment::EnrolledFrame;
use crate::wire::parts::TakenParts;
use crate::wire::private::PrivateKeptFrame;
use crate::wire::receipts::ReceiptsFrame;
use crate::wire::refused::{RefusedChanges, RefusedFrame};
use crate::wire::scope_pack::PackOffer;
use crate::wire::tables::TablesFrame;

/// One push and pull.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SyncRequest {
    /// For the signature of the answer.
    #[n(0)]
    pub nonce: ByteArray<16>,
    /// Names of what the client speaks.
    #[n(1)]
    pub capabilities: Vec<String>,
    /// Epoch of the hub as the device knows it; 0 for none.
    #[n(2)]
    pub epoch: u64,
    /// How far each feed is known.
    #[n(3)]
    pub cursors: Vec<(Scope, u64)>,
    /// New changes.
    #[n(4)]
    pub push: Option<Push>,
    /// Photos the device holds and the hub may lack.
    #[n(5)]
    pub offers: Vec<BlobReference>,
    /// The device's clock: a claim.
    #[n(6)]
    pub device_time: Timestamp,
    /// New changes in columns, instead of `push`.
    #[n(7)]
    pub columns: Option<ColumnPush>,
    /// The nonce of a push in parts whose answer did not arrive: asks how far it got. Such a request pushes nothing.
    #[cbor(n(8), default, skip_if = "Option::is_none")]
    pub resumes: Option<ByteArray<16>>,
    /// Scopes whose pack was committed whole just now, with nothing missing since: a feed that begins at 0 may pass over
    /// what their feeds have told, as it does within one answer.
    #[cbor(n(9), default, skip_if = "Vec::is_empty")]
    pub packed: Vec<Scope>,
    /// Whether this device holds what it should. Answered when the feeds hold nothing new for it: else the two would differ
    /// by what is on its way.
    #[cbor(n(10), default, skip_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// Changes with the proof of their origin. A courier would carry somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Push {
    /// Whose they are.
    #[n(0)]
    pub origin: Origin,
    /// Dependencies first within each document.
    #[n(1)]
    pub documents: Vec<PushedDocument>,
}

/// Who made the changes of a push.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Origin {
    /// The installation that made them.
    #[n(0)]
    pub installation: InstallationId,
    /// Device signature over [`origin_message`].
    #[n(1)]
    pub signature: ByteArray<64>,
}

/// Changes of one document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PushedDocument {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// Raw chunks.
    #[n(1)]
    pub changes: Vec<PushedChange>,
}

/// One change; a hub's own comes with the hub's signature.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PushedChange {
    /// The raw chunk.
    #[n(0)]
    pub bytes: ByteVec,
    /// Server signature over [`server_change_message`], for changes the server made.
    #[n(1)]
    pub signature: Option<ByteArray<64>>,
}

/// The digest of a push: SHA-256 over document ids and change hashes in order.
pub fn push_digest<'a>(
    documents: impl IntoIterator<Item = (DocumentId, &'a [ChangeHash])>,
) -> Digest {
    let mut bytes = Vec::new();
    for (document, hashes) in documents {
        bytes.extend_from_slice(document.as_bytes());
        bytes.extend_from_slice(&(hashes.len() as u64).to_be_bytes());
        hashes
            .iter()
            .for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
    }
    Digest::of(&bytes)
}

/// What a device signs to stand for its push.
pub fn origin_message(installation: &InstallationId, digest: &Digest) -> Vec<u8> {
    [
        b"xunge origin".as_slice(),
        installation.as_bytes(),
        digest.as_bytes(),
    ]
    .concat()
}

/// What the server signs to stand for a change of its own.
pub fn server_change_message(document: &DocumentId, hash: &ChangeHash) -> Vec<u8> {
    [
        b"xunge ruling".as_slice(),
        document.as_bytes(),
        hash.as_bytes(),
    ]
    .concat()
}

/// One part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Frame {
    /// First: what became of the push.
    #[n(0)]
    Head(#[n(0)] HeadFrame),
    /// Documents pulled.
    #[n(1)]
    Documents(#[n(0)] DocumentsFrame),
    /// Last: without it the answer was cut.
    #[n(2)]
    End(#[n(0)] EndFrame),
    /// The session is a clone's or a restored store's: go on under this one.
    #[n(3)]
    Superseded(#[n(0)] SupersededFrame),
    /// The hub will not.
    #[n(4)]
    Refused(#[n(0)] RefusedFrame),
    /// The device is enrolled.
    #[n(5)]
    Enrolled(#[n(0)] Box<EnrolledFrame>),
    /// What became of uploaded bytes.
    #[n(6)]
    Blob(#[n(0)] BlobAnswer),
    /// Documents pulled, in columns: only for a device that reads them.
    #[n(7)]
    Columns(#[n(0)] ColumnsFrame),
    /// What became of a piece that a courier handed up.
    #[n(8)]
    Carried(#[n(0)] CarriedFrame),
    /// The device's certificate, as it asked for.
    #[n(9)]
    Certified(#[n(0)] Box<Certificate>),
    /// Receipts, as the device asked for.
    #[n(10)]
    Receipts(#[n(0)] Box<ReceiptsFrame>),
    /// What became of personal data that the device handed up.
    #[n(11)]
    PrivateKept(#[n(0)] PrivateKeptFrame),
    /// What differs in the city's tables, as the device asked for.
    #[n(12)]
    Tables(#[n(0)] Box<TablesFrame>),
    /// What became of notes about duty that the device handed up.
    #[n(13)]
    Duty(#[n(0)] DutyFrame),
    /// Alone: what base map there is.
    #[n(14)]
    BaseMap(#[n(0)] BaseMapFrame),
}

/// Receipts.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct HeadFrame {
    /// Secret of the next request.
    #[n(0)]
    pub token: ByteArray<16>,
    /// The hub's epoch.
    #[n(1)]
    pub epoch: u64,
    /// The hub's clock.
    #[n(2)]
    pub server_time: Timestamp,
    /// In the order of the push.
    #[n(3)]
    pub verdicts: Vec<DocumentVerdict>,
    /// What the hub speaks; nothing from one that speaks plain alone.
    #[cbor(n(4), default, skip_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    /// Documents of a push in columns whose base the hub does not know: to be sent again with the hashes spelled out.
    #[cbor(n(5), default, skip_if = "Vec::is_empty")]
    pub unresolved: Vec<DocumentId>,
    /// Of a push in columns: every document that is named in neither list was received whole. Ten bytes of a document's
    /// id are random, so naming those that need no words is most of what a receipt costs.
    #[cbor(n(6), default, skip_if = "is_false")]
    pub rest_received: bool,
    /// Told when the person has other scopes than the request asked for, to a device that reads `scopes`.
    #[cbor(n(7), default, skip_if = "Option::is_none")]
    pub assignment: Option<Box<Assignment>>,
    /// To a push in parts, or to a request that resumes one: how far it got. Nothing where the hub knows of no part of it.
    #[cbor(n(8), default, skip_if = "Option::is_none")]
    pub taken: Option<Box<TakenParts>>,
    /// ES256 over [`beacon_message`](xunge_evidence::record::beacon_message) of `server_time`, this device and the
    /// request's nonce: what the device seals next names it, and so was sealed later. Nothing from an older hub.
    #[cbor(n(9), default, skip_if = "Option::is_none")]
    pub beacon: Option<ByteArray<64>>,
    /// Another one than the device has: the city's tables changed since, and it may ask for what differs. Nothing from a hub
    /// without `tables`.
    #[cbor(n(10), default, skip_if = "Option::is_none")]
    pub tables: Option<ByteArray<8>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as the derive calls it")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Verdicts on one document's changes, in the order they were pushed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DocumentVerdict {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// One a change.
    #[n(1)]
    pub verdicts: Vec<Verdict>,
}

/// What became of one pushed change.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Verdict {
    /// Merged and committed: the receipt.
    #[n(0)]
    Received,
    /// Kept aside, never merged.
    #[n(1)]
    Quarantined {
        /// Stable code.
        #[n(0)]
        code: String,
        /// Cause and next step, in Chinese.
        #[n(1)]
        zh: String,
        /// Cause and next step, in English.
        #[n(2)]
        en: String,
    },
    /// It builds on a change that was quarantined.
    #[n(2)]
    Blocked,
    /// Something before it is missing: send the author's changes from this number on.
    #[n(3)]
    NeedFrom(#[n(0)] u64),
}

/// Documents of feeds, to be committed together with the cursors.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct DocumentsFrame {
    /// Dependencies first within each document.
    #[n(0)]
    pub documents: Vec<DocumentChanges>,
    /// How far each feed is known once this frame is committed.
    #[n(1)]
    pub cursors: Vec<(Scope, u64)>,
    /// Documents that no scope of the device holds any more, for a device that reads `scopes`.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub evicted: Vec<DocumentId>,
    /// Scopes the device left: their documents were told as evicted, their cursors are to be forgotten.
    #[cbor(n(3), default, skip_if = "Vec::is_empty")]
    pub left: Vec<Scope>,
}

/// Pulled changes of one document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DocumentChanges {
    /// Which.
    #[n(0)]
    pub document: DocumentId,
    /// Raw chunks with the server's signature where the server made them.
    #[n(1)]
    pub changes: Vec<PushedChange>,
}

/// The end of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct EndFrame {
    /// What the hub has of the blobs that were offered.
    #[n(0)]
    pub blobs: Vec<BlobAnswer>,
    /// Whether the feeds hold more than this answer carried.
    #[n(1)]
    pub more: bool,
    /// Packs to be fetched in the place of feeds that begin at 0; those feeds are not in this answer. Only for a device
    /// that named `packs`. An answer without a pack that was on offer before takes that one back.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub packs: Vec<PackOffer>,
    /// The answer to a comparison.
    #[cbor(n(3), default, skip_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// Changes of others that this hub will never merge, of documents in which something of this answer builds on them:
    /// the device lets go of them, and makes its own work anew without them.
    #[cbor(n(4), default, skip_if = "Vec::is_empty")]
    pub refused: Vec<RefusedChanges>,
    /// What this device's person was sent for and did not answer: the clock of each runs from its delivery, which may be
    /// this answer.
    #[cbor(n(5), default, skip_if = "Vec::is_empty")]
    pub tasks: Vec<OfferedTask>,
}

/// A task that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OfferedTask {
    /// The case.
    #[n(0)]
    pub document: DocumentId,
    /// Verify or check.
    #[n(1)]
    pub kind: TaskKind,
    /// When the sending was ruled.
    #[n(2)]
    pub offered_at: Timestamp,
    /// When a device was first handed it.
    #[n(3)]
    pub delivered_at: Timestamp,
    /// When the answer is due.
    #[n(4)]
    pub due_at: Timestamp,
}

/// What the hub has of a blob. Nothing missing means: stored, and its stored bytes were re-hashed. The receipt.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct BlobAnswer {
    /// Which.
    #[n(0)]
    pub sha256: Digest,
    /// The gaps.
    #[n(1)]
    pub missing: Vec<ByteRange>,
}

/// A new installation for a store that lives twice.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SupersededFrame {
    /// Its id.
    #[n(0)]
    pub installation: InstallationId,
    /// Its first secret.
    #[n(1)]
    pub token: ByteArray<16>,
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::wire::{pack, unpack};

    #[test]
    fn a_request_reads_back() {
        let request = SyncRequest {
            nonce: [1; 16].into(),
            capabilities: vec![crate::wire::PLAIN.into()],
            epoch: 1,
            cursors: vec![("grid:putian-1".parse().expect("a scope"), 7)],
            push: Some(Push {
                origin: Origin {
                    installation: InstallationId::from_bytes([2; 16]),
                    signature: [3; 64].into(),
                },
                documents: vec![PushedDocument {
                    document: DocumentId::from_bytes([4; 16]),
                    changes: vec![PushedChange {
                        bytes: vec![5, 6].into(),
                        signature: None,
                    }],
                }],
            }),
            offers: vec![BlobReference {
                sha256: Digest::from_bytes([7; 32]),
                length: 8,
            }],
            device_time: Timestamp::from_millis(9),
            columns: None,
            resumes: Some([10; 16].into()),
            packed: vec!["grid:putian-2".parse().expect("a scope")],
            comparison: None,
        };
        assert_eq!(unpack::<SyncRequest>(&pack(&request)), Ok(request));
    }

    #[test]
    fn a_push_digest_depends_on_which_document_a_change_belongs_to() {
        let (one, two) = (
            DocumentId::from_bytes([1; 16]),
            DocumentId::from_bytes([2; 16]),
        );
        let (a, b) = (ChangeHash([1; 32]), ChangeHash([2; 32]));
        let digest = |split: &[(DocumentId, &[ChangeHash])]| push_digest(split.iter().copied());
        assert_ne!(
            digest(&[(one, &[a, b]), (two, &[])]),
            digest(&[(one, &[a]), (two, &[b])])
        );
    }
}
