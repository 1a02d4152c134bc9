//! The two hashes, kept apart by their first byte.

use sha2::{Digest as _, Sha256};
use xunge_domain::ids::Digest;

const LEAF: [u8; 1] = [0];
const NODE: [u8; 1] = [1];

/// The hash of an entry. Cost: one SHA-256 over it.
pub fn leaf_hash(entry: &[u8]) -> Digest {
    let hash = Sha256::new().chain_update(LEAF).chain_update(entry);
    Digest::from_bytes(hash.finalize().into())
}

/// The hash of two subtrees that stand side by side.
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let hash = Sha256::new()
        .chain_update(NODE)
        .chain_update(left.as_bytes())
        .chain_update(right.as_bytes());
    Digest::from_bytes(hash.finalize().into())
}

/// The root of a log without entries: SHA-256 of nothing.
pub fn empty_root() -> Digest {
    Digest::of(&[])
}
