//! What a device can prove, and what it freed.

use xunge_field::domain::ids::IntentId;
use xunge_field::domain::time::Timestamp;
use xunge_field::{Freed, LogContradiction, ProofView};

#[uniffi::remote(Record)]
pub struct ProofView {
    pub id: IntentId,
    pub record: String,
    pub original: Option<String>,
    pub made_at: Timestamp,
    pub received_at: Option<Timestamp>,
    pub line: Option<u64>,
    pub stored_at: Option<Timestamp>,
}

#[uniffi::remote(Record)]
pub struct Freed {
    pub files: u64,
    pub bytes: u64,
    pub bytes_left: u64,
}

#[uniffi::remote(Record)]
pub struct LogContradiction {
    pub earlier: String,
    pub later: String,
    pub at: Timestamp,
}
