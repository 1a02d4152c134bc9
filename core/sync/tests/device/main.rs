//! The device's half of the protocol, driven by scripts of answers: no socket, no clock, no store.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod answers;
mod desk;
mod uploads;
