//! The Merkle tree of RFC 6962 over the entries of a log: a leaf is SHA-256(0x00 ‖ entry), a node is
//! SHA-256(0x01 ‖ left ‖ right), so that no node can be passed off as an entry.
//!
//! Of a tree that only grows, the hashes of its perfect subtrees never change once they are complete. They are what a
//! log keeps ([`Place`], [`NodeSource`]); every other hash is made from at most one of them a level. So adding an entry,
//! the root and every proof read O(log n) hashes, and an old root can be made again at any time.

mod append;
mod hash;
mod place;
mod prove;
mod verify;

pub use append::{Frontier, append};
pub use hash::{empty_root, leaf_hash, node_hash};
pub use place::{NodeSource, Place, TreeError};
pub use prove::{consistency_proof, inclusion_proof, root};
pub use verify::{VerifyError, verify_consistency, verify_inclusion};
