//! The hub's half: what is merged and ruled, what is kept aside and why, and that nothing of it leaks.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod acts;
mod carried;
mod checkins;
mod editions;
mod marks;
mod proposals;
mod quarantine;
mod reports;
mod support;
