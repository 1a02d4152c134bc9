//! The device's half: what to send next, and what an answer means. Events in, effects out; the host performs HTTP.

mod answer;
mod base_map;
mod comparing;
mod errand;
mod frames;
mod machine;
mod pace;
mod packs;
mod parts;
mod push;
mod request;
mod uploads;

pub use answer::{Commit, Effect, LinkProblem};
pub use base_map::{BASE_MAP_PIECE_BYTES, BASE_MAP_TROUBLES_MAX, BaseMapProgress};
pub use comparing::{COMPARISONS_MAX, Finding};
pub use errand::Errand;
pub use machine::{DeviceMachine, RETRY_MILLIS_MAX, RETRY_MILLIS_MIN};
pub use pace::{
    PARTED_BYTES_MAX, PARTED_TIMES, PUSH_BYTES_MAX, PUSH_BYTES_MIN, PUSH_BYTES_START,
    PUSH_CHANGES_MAX, PUSH_DOCUMENTS_MAX, QUICK_MILLIS, SLOW_MILLIS, SLOW_PARTED_MILLIS,
};
pub use packs::{PACK_REQUEST_BYTES_MAX, PACK_TROUBLES_MAX, PackProgress, PackTaken, PacksTold};
pub use request::{
    HttpAnswer, HttpRequest, Method, Outlook, PendingChange, PendingDocument, Session, Step,
    Upload, enrol_request,
};
