//! The store from outside, on a disk and in memory.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod base_map;
mod blobs;
mod cases;
mod changes;
mod checkins;
mod cuts;
mod damage;
mod drafts;
mod encrypted;
mod errors;
mod intents;
mod kill;
mod leaving;
mod life_cycle;
mod limits;
mod looks;
mod many_cases;
mod migrations;
mod pending;
mod private;
mod records;
mod salvage;
mod session;
mod support;
