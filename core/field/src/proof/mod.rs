//! What proves, without the hub, that the hub received what this device sealed; and what may leave the device because of that.

pub(crate) mod free;
pub(crate) mod log_seen;
pub(crate) mod receipts;
