//! Photos: kept first, cited after.

pub(crate) mod attach;
pub(crate) mod elsewhere;
pub(crate) mod read;
