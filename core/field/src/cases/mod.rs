//! Cases: a verb a file.

pub(crate) mod act;
pub(crate) mod clocks;
pub(crate) mod comment;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod self_handle;
pub(crate) mod show;
pub(crate) mod submit;
