//! Personal data: names, phones, addresses and voices of residents. It never enters a document, whose history cannot forget;
//! it lies beside it in records of its own, which are sealed, kept for a time and erased (evidence design §6).

mod erasure;
mod kind;
mod record;
mod retention;

pub use erasure::{Erasure, ErasureCause, REASON_CHARACTERS_MAX};
pub use kind::PrivateKind;
pub use record::{
    PRIVATE_TEXT_CHARACTERS_MAX, PrivateContent, PrivateRecord, PrivateUnfit, SUBJECT_NUMBER_MAX,
    VOICE_NOTE_BYTES_MAX,
};
pub use retention::{RETENTION_DAYS_MAX, RetentionDays, RetentionUnfit};
