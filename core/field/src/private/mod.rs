//! Personal data: kept beside the documents, sent once the hub has the case, and gone from this device once the hub keeps it.

mod discard;
pub(crate) mod keep;
pub(crate) mod list;
pub(crate) mod send;
