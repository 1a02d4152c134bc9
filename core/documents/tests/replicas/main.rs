//! Replicas that write apart and exchange changes in any order end equal, lose nothing, and read anything.
#![expect(
    clippy::unwrap_used,
    reason = "a failing test should stop, with the line that failed"
)]

mod convergence;
mod edits;
mod foreign;
mod newer;
mod texts;
