//! The verbs by screen. Each only takes the lock and delegates.

mod base_map;
mod capture;
mod cases;
mod checkins;
mod classes;
mod drafts;
mod duty;
mod enrol;
pub(crate) mod exchange;
mod home;
mod me;
mod notes;
mod photos;
mod private;
mod proof;
mod requests;
mod sync;
mod tables;
mod tasks;
