//! A phone without a phone: the facade over a folder, a software key in a file, the computer's clock and entropy,
//! and HTTP by `ureq`.

mod host;
mod link;
mod meeting;
mod pinned;

pub use host::{
    HostError, Hosting, forget_key, open, open_hosted, open_in_memory, open_store,
    open_unencrypted, salvage, wipe,
};
pub use link::{Link, SyncEnd, SyncReport, synchronise};
pub use meeting::{MeetingError, meet};
