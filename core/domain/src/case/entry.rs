//! Append-only entries: photos and notes. Each is written once, under its intent id, by its author.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::ids::{Digest, IntentId, PersonId};
use crate::time::Timestamp;

/// What a photo shows, and so which rule it satisfies.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum PhotoPurpose {
    /// 发现.
    #[n(0)]
    Found,
    /// 处置前.
    #[n(1)]
    Before,
    /// 处置中.
    #[n(2)]
    During,
    /// 处置后.
    #[n(3)]
    After,
    /// 核实.
    #[n(4)]
    Verify,
    /// 核查.
    #[n(5)]
    Check,
}

impl PhotoPurpose {
    /// Every purpose.
    pub const ALL: [Self; 6] = [
        Self::Found,
        Self::Before,
        Self::During,
        Self::After,
        Self::Verify,
        Self::Check,
    ];

    /// The id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Before => "before",
            Self::During => "during",
            Self::After => "after",
            Self::Verify => "verify",
            Self::Check => "check",
        }
    }

    /// The Chinese word.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Found => "发现",
            Self::Before => "处置前",
            Self::During => "处置中",
            Self::After => "处置后",
            Self::Verify => "核实",
            Self::Check => "核查",
        }
    }

    /// By its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.id() == id)
    }
}

/// An entry under the intent that made it: its key in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed<Entry> {
    /// The intent.
    pub id: IntentId,
    /// What it made.
    #[serde(flatten)]
    pub entry: Entry,
}

/// Bytes that live outside the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
pub struct BlobReference {
    /// Their name.
    #[n(0)]
    pub sha256: Digest,
    /// How many.
    #[n(1)]
    pub length: u64,
}

/// What the author signed and with which key: opaque here, its content belongs to the evidence rules.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Seal {
    /// The signed bytes.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub record: Vec<u8>,
    /// ES256, 64 bytes r ‖ s.
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    pub signature: Vec<u8>,
    /// First 8 bytes of SHA-256 of the public key.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub key: Vec<u8>,
}

/// A photo cited by the case. Its pixels are blobs.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct PhotoEntry {
    /// Who took it.
    #[n(0)]
    pub author: PersonId,
    /// The device's clock: a claim.
    #[n(1)]
    pub at: Timestamp,
    /// What it shows.
    #[n(2)]
    pub purpose: PhotoPurpose,
    /// In words.
    #[n(3)]
    pub caption: String,
    /// The camera's bytes, untouched.
    #[n(4)]
    pub original: BlobReference,
    /// 20-30 KB for slow links.
    #[n(5)]
    pub preview: Option<BlobReference>,
    /// Where the camera was.
    #[n(6)]
    pub point: Option<Point>,
    /// The bytes are kept by another system: nothing waits for them here.
    #[n(7)]
    pub elsewhere: bool,
    /// The author's signature.
    #[n(8)]
    pub seal: Option<Seal>,
}

impl PhotoEntry {
    /// Every blob that must be at the server before this photo may be called sent.
    pub fn cited(&self) -> impl Iterator<Item = BlobReference> + '_ {
        let here = !self.elsewhere;
        self.preview
            .into_iter()
            .chain([self.original])
            .filter(move |_| here)
    }
}

/// A comment or a hazard note.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct Note {
    /// Who wrote it.
    #[n(0)]
    pub author: PersonId,
    /// The author's clock: a claim.
    #[n(1)]
    pub at: Timestamp,
    /// What it says.
    #[n(2)]
    pub text: String,
}
