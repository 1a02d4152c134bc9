//! Personal data as a device lists it.

use xunge_field::domain::ids::PrivateRecordId;
use xunge_field::domain::private::PrivateKind;
use xunge_field::domain::time::Timestamp;
use xunge_field::{PrivateDelivery, PrivateView, ReasonView};

#[uniffi::remote(Enum)]
pub enum PrivateKind {
    Witness,
    Resident,
    Phone,
    Address,
    VoiceNote,
}

#[uniffi::remote(Enum)]
pub enum PrivateDelivery {
    OnDevice,
    Received,
    Refused,
}

#[uniffi::remote(Record)]
pub struct PrivateView {
    pub id: PrivateRecordId,
    pub number: u8,
    pub kind: PrivateKind,
    pub kind_zh: String,
    pub made_at: Timestamp,
    pub length: u64,
    pub delivery: PrivateDelivery,
    pub text: Option<String>,
    pub reason: Option<ReasonView>,
}
