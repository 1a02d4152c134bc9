//! The proofs that what came out is what went in.
//!
//! The last 32 bytes of a batch are SHA-256 over every byte before them and the digest of every document that can be
//! put together without knowing anything. So a byte that changed on the way is always noticed.
//!
//! A document on agreed heads cannot be among them: a receiver who lost those heads could then believe nothing of the
//! batch. It brings four bytes of its own digest along, which the hash above covers. With the four bytes that
//! name the heads they leave one in 2⁶⁴ that a wrong base goes unnoticed here; then its changes would still not be
//! those that the origin or the hub has signed.

use sha2::{Digest as _, Sha256};
use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::DocumentId;

use crate::wire::PushedChange;

pub(super) const CHECK_BYTES: usize = 4;
pub(super) const DIGEST_BYTES: usize = 32;

/// Names the heads of a document in four bytes.
#[must_use]
pub fn heads_check(document: &DocumentId, heads: &[ChangeHash]) -> [u8; CHECK_BYTES] {
    let mut sorted = heads.to_vec();
    sorted.sort();
    sorted.dedup();
    let mut hash = Sha256::new();
    hash.update(b"xunge heads");
    hash.update(document.as_bytes());
    for head in sorted {
        hash.update(head.as_bytes());
    }
    let [a, b, c, d, ..]: [u8; DIGEST_BYTES] = hash.finalize().into();
    [a, b, c, d]
}

/// Digest of one document of a batch.
pub(super) struct DocumentDigest(Sha256);

impl DocumentDigest {
    pub(super) fn new(document: &DocumentId, base: u64, changes: usize) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"xunge columns document");
        hash.update(document.as_bytes());
        hash.update(base.to_be_bytes());
        hash.update((changes as u64).to_be_bytes());
        Self(hash)
    }

    pub(super) fn add(&mut self, hash: &ChangeHash, change: &PushedChange) {
        self.0.update(hash.as_bytes());
        match &change.signature {
            Some(signature) => {
                self.0.update([1]);
                self.0.update(signature.as_slice());
            }
            None => self.0.update([0]),
        }
    }

    pub(super) fn finish(self) -> [u8; DIGEST_BYTES] {
        self.0.finalize().into()
    }
}

pub(super) fn shortened(digest: &[u8; DIGEST_BYTES]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, ..] = *digest;
    [a, b, c, d]
}

/// What stands for a change that travels as it is: not its hash in the graph, because its checksum may be wrong.
pub(super) fn of_raw(bytes: &[u8]) -> ChangeHash {
    ChangeHash(Sha256::digest(bytes).into())
}

/// Digest of a batch, over its bytes so far and the documents that stand alone.
pub(super) fn of_batch(bytes: &[u8], documents: &[[u8; DIGEST_BYTES]]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    hash.update(b"xunge columns");
    hash.update(bytes);
    for document in documents {
        hash.update(document);
    }
    hash.finalize().into()
}
