//! The verbs by screen. Each only takes the lock and delegates.

mod capture;
mod cases;
mod checkins;
mod classes;
mod drafts;
mod enrol;
pub(crate) mod exchange;
mod me;
mod notes;
mod photos;
mod proof;
mod requests;
mod sync;
mod tasks;
