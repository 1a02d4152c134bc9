//! Cases: a verb a file.

pub(crate) mod act;
pub(crate) mod comment;
pub(crate) mod list;
pub(crate) mod report;
pub(crate) mod show;
