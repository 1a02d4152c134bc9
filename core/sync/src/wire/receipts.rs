//! Receipts: a device asks where the log says that its records were received, and how far the hub's backups reach.

use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_evidence::receipt::Receipt;

/// Most records of a request: their proofs are about half a kilobyte each.
pub const RECEIPTS_MAX: usize = 64;

/// What a device asks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct ReceiptsRequest {
    /// Records of its own; at most [`RECEIPTS_MAX`], further ones are passed over.
    #[n(0)]
    pub records: Vec<AskedRecord>,
    /// The size of the log in the newest checkpoint it holds: the answer shows how the log went on from there.
    #[cbor(n(1), default, skip_if = "Option::is_none")]
    pub seen: Option<u64>,
}

/// A record that a device asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct AskedRecord {
    /// The document of what was sealed.
    #[n(0)]
    pub document: DocumentId,
    /// Its place there.
    #[n(1)]
    pub intent: IntentId,
    /// Of a photo, the original.
    #[cbor(n(2), default, skip_if = "Option::is_none")]
    pub original: Option<Digest>,
}

/// The hub's answer. A record it does not name it has not received.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ReceiptsFrame {
    /// The signed checkpoint that all proofs lead to, as text.
    #[n(0)]
    pub checkpoint: String,
    /// One a record, in the order they were asked for.
    #[n(1)]
    pub receipts: Vec<RecordReceipt>,
    /// What shows that the log of the checkpoint begins with what the device has seen.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub consistency: Vec<Digest>,
    /// Everything stored before this moment of the hub's clock is in a backup.
    #[cbor(n(3), default, skip_if = "Option::is_none")]
    pub backed_up_until: Option<Timestamp>,
}

/// The receipt of one record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct RecordReceipt {
    /// The document of what was sealed.
    #[n(0)]
    pub document: DocumentId,
    /// Its place there.
    #[n(1)]
    pub intent: IntentId,
    /// The line of the log and its proof.
    #[n(2)]
    pub receipt: Receipt,
    /// Of a photo: when all bytes of its original were stored and re-hashed, by the hub's clock.
    #[cbor(n(3), default, skip_if = "Option::is_none")]
    pub stored_at: Option<Timestamp>,
}
