//! The hub from outside: the real router on a real socket, and the real binary as a process.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]

mod backup;
mod by_hand;
mod clocks;
mod command_line;
mod envelope;
mod hours;
mod limit;
mod limits_killed;
mod limits_told;
mod log;
mod notices;
mod openapi;
mod people;
mod private;
mod refusals;
mod register;
mod rules;
mod session;
mod setup;
mod support;
mod tables;
mod tasks;
