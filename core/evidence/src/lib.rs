//! What proves that a log was not changed: the Merkle tree over its entries, the proofs, the signed checkpoints. Pure:
//! no disk, no clock, no key of its own. The hub keeps the nodes and signs; anybody verifies.

pub mod checkpoint;
pub mod entry;
pub mod erasure;
pub mod receipt;
pub mod record;
pub mod risk;
pub mod tree;

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
