//! The verbs by screen. Each only takes the lock and delegates.

mod cases;
mod drafts;
mod enrol;
mod me;
mod notes;
mod photos;
mod requests;
mod sync;
