//! Harness, simulation, end-to-end.

pub mod proxy;
pub mod tidy;
