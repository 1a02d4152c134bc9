//! The facade without a server: what a worker does, and what a scripted hub answers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod answers;
mod at_rest;
mod base_map;
mod capture;
mod clocks;
mod columns;
mod comparison;
mod cuts;
mod declines;
mod duty;
mod editions;
mod home;
mod hub;
mod kill;
mod life_cycle;
mod limits;
mod lists;
mod map;
mod metered;
mod offline;
mod phone;
mod photos;
mod pictures;
mod private;
mod pulled;
mod receipts;
mod recovery;
mod revoked;
mod salvaged;
mod tasks;
