//! Matter check-ins: for people in browsers, and what the hub keeps of them beside their documents.

pub mod act;
pub(super) mod follow;
pub mod list;
pub(super) mod row;
pub mod show;
pub mod sight;
