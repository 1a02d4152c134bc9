//! Photos as entries and as views.

use xunge_field::domain::case::{BlobReference, PhotoEntry, PhotoPurpose, Seal};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, IntentId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{PhotoState, PhotoView};

#[uniffi::remote(Enum)]
pub enum PhotoPurpose {
    Found,
    Before,
    During,
    After,
    Verify,
    Check,
}

#[uniffi::remote(Record)]
pub struct BlobReference {
    pub sha256: Digest,
    pub length: u64,
}

#[uniffi::remote(Record)]
pub struct Seal {
    pub record: Vec<u8>,
    pub signature: Vec<u8>,
    pub key: Vec<u8>,
}

#[uniffi::remote(Record)]
pub struct PhotoEntry {
    pub author: PersonId,
    pub at: Timestamp,
    pub purpose: PhotoPurpose,
    pub caption: String,
    pub original: BlobReference,
    pub preview: Option<BlobReference>,
    pub point: Option<Point>,
    pub elsewhere: bool,
    pub seal: Option<Seal>,
}

#[uniffi::remote(Enum)]
pub enum PhotoState {
    OnDevice,
    Sending,
    Received,
    Elsewhere,
}

#[uniffi::remote(Record)]
pub struct PhotoView {
    pub id: IntentId,
    pub sha256: Digest,
    pub length: u64,
    pub purpose: PhotoPurpose,
    pub caption: String,
    pub author: PersonId,
    pub at: Timestamp,
    pub state: PhotoState,
}
