//! Harness, simulation, end-to-end.

pub mod bench;
pub mod crash;
pub mod device;
pub mod figures;
pub mod full_phone;
pub mod hostile;
pub mod kills;
pub mod load;
pub mod proxy;
pub mod simulation;
pub mod tidy;
pub mod workload;
pub mod world;
