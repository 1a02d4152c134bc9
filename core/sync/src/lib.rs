//! Both halves of the sync protocol as state machines: no sockets, no clock, no randomness of their own.

pub mod carry;
pub mod device;
pub mod hub;
pub mod keys;
pub mod seal;
pub mod testing;
pub mod wire;

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
