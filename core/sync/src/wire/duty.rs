//! What somebody says of their own duty: an offer declined, a leave. A device hands its notes up until the hub has said what became
//! of each; the hub's word on one is final.

use minicbor::{Decode, Encode};
use xunge_domain::duty::DutyNote;
use xunge_domain::ids::DutyNoteId;

use crate::wire::refused::RefusedFrame;

/// Most notes of a request.
pub const DUTY_NOTES_MAX: usize = 32;

/// What a device hands up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct DutyRequest {
    /// In the order they were said, at most [`DUTY_NOTES_MAX`]; further ones are passed over.
    #[n(0)]
    pub notes: Vec<DutyNote>,
}

/// The hub's answer. A note it does not name it has not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct DutyFrame {
    /// One a note, in the order they were sent.
    #[n(0)]
    pub answers: Vec<DutyAnswer>,
}

/// The hub's word on a note.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DutyAnswer {
    /// Which.
    #[n(0)]
    pub note: DutyNoteId,
    /// What became of it.
    #[n(1)]
    pub outcome: DutyOutcome,
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum DutyOutcome {
    /// It is committed and counts, now or before.
    #[n(0)]
    Taken,
    /// It does not count.
    #[n(1)]
    Refused(#[n(0)] RefusedFrame),
}
