//! Harness, simulation, end-to-end.

pub mod crash;
pub mod device;
pub mod hostile;
pub mod kills;
pub mod proxy;
pub mod simulation;
pub mod tidy;
pub mod workload;
pub mod world;
