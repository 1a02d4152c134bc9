//! What this worker says of their own duty.

use xunge_field::domain::duty::DeclineCause;
use xunge_field::domain::ids::DutyNoteId;
use xunge_field::domain::time::Timestamp;
use xunge_field::{DutyDelivery, LeaveView, ReasonView};

#[uniffi::remote(Enum)]
pub enum DeclineCause {
    Sick,
    TooFar,
    AlreadySeen,
    Other,
}

#[uniffi::remote(Enum)]
pub enum DutyDelivery {
    OnDevice,
    Received,
    Refused,
}

#[uniffi::remote(Record)]
pub struct LeaveView {
    pub id: DutyNoteId,
    pub from: Timestamp,
    pub until: Timestamp,
    pub words: String,
    pub made_at: Timestamp,
    pub delivery: DutyDelivery,
    pub delivery_zh: String,
    pub reason: Option<ReasonView>,
    pub taken_back: Option<DutyDelivery>,
}
