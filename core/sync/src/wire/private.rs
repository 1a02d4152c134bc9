//! Personal data: a device hands up what it keeps beside the documents, record by record. The hub's word on one is final, and
//! its content leaves the device.

use minicbor::{Decode, Encode};
use xunge_domain::ids::PrivateRecordId;
use xunge_domain::private::PrivateRecord;

use crate::wire::refused::RefusedFrame;

/// Most records of a request.
pub const PRIVATE_RECORDS_MAX: usize = 32;
/// Most bytes of content in a request, but for a single record: it fits into a slow link's patience.
pub const PRIVATE_BYTES_MAX: usize = 1024 * 1024;

/// What a device hands up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct PrivateRequest {
    /// At most [`PRIVATE_RECORDS_MAX`]; further ones are passed over.
    #[n(0)]
    pub records: Vec<PrivateRecord>,
}

/// The hub's answer. A record it does not name it has not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct PrivateKeptFrame {
    /// One a record, in the order they were sent.
    #[n(0)]
    pub answers: Vec<PrivateAnswer>,
}

/// The hub's word on a record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PrivateAnswer {
    /// Which.
    #[n(0)]
    pub record: PrivateRecordId,
    /// What became of it.
    #[n(1)]
    pub outcome: PrivateOutcome,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum PrivateOutcome {
    /// It is sealed and committed, now or before.
    #[n(0)]
    Kept,
    /// Not yet: its case is not there, or the hub cannot seal it for now.
    #[n(1)]
    Waits,
    /// The hub will not keep it.
    #[n(2)]
    Refused(#[n(0)] RefusedFrame),
}
