//! Tasks: what this worker was sent for.

pub(crate) mod kept;
pub(crate) mod list;
