//! Tasks: what this worker was sent for.

mod decline;
pub(crate) mod kept;
pub(crate) mod list;
