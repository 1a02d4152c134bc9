//! Both halves of the sync protocol as state machines: no sockets, no clock, no randomness of their own.

pub mod device;
pub mod hub;
pub mod keys;
pub mod seal;
pub mod wire;
