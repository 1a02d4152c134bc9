//! Batches of changes, column by column.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failing test should stop"
)]

mod agreed;
mod golden;
mod histories;
mod refusals;
mod sizes;
mod support;
mod workload;
