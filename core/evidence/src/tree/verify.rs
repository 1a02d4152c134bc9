//! Whether a proof holds: RFC 9162 §2.1.3.2 and §2.1.4.2. Needs no log, only hashes; whatever comes in is answered.

use xunge_domain::ids::Digest;

use super::hash::{empty_root, node_hash};

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// An entry beyond the size, or an older tree that is larger than the newer one.
    #[error("{asked} is beyond the size {size}")]
    Beyond {
        /// The index, or the size of the older tree.
        asked: u64,
        /// The size it must not go beyond.
        size: u64,
    },
    /// Too many hashes or too few.
    #[error("the proof has another length than the sizes ask for")]
    Length,
    /// The hashes lead to another root than the older one.
    #[error("the proof does not lead to the older root")]
    OlderRoot,
    /// The hashes lead to another root.
    #[error("the proof does not lead to the root")]
    Root,
}

impl VerifyError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Beyond { .. } => "proof_beyond_size",
            Self::Length => "proof_length",
            Self::OlderRoot => "proof_older_root",
            Self::Root => "proof_root",
        }
    }
}

/// A way from a node up to the root: which side it joins at each level.
struct Way {
    number: u64,
    last: u64,
}

impl Way {
    /// Whether the next hash stands to the left. Levels at which a last node without a neighbour moves up as it is are
    /// passed over.
    fn joins_left(&mut self) -> Result<bool, VerifyError> {
        if self.last == 0 {
            return Err(VerifyError::Length);
        }
        let left = self.number & 1 == 1 || self.number == self.last;
        if left {
            while self.number & 1 == 0 && self.number != 0 {
                self.up();
            }
        }
        self.up();
        Ok(left)
    }

    const fn up(&mut self) {
        self.number >>= 1;
        self.last >>= 1;
    }

    const fn end(&self) -> Result<(), VerifyError> {
        if self.last == 0 {
            Ok(())
        } else {
            Err(VerifyError::Length)
        }
    }
}

/// Whether the entry with this leaf is number `index` of the tree with this size and root.
///
/// # Errors
/// It is not, or the proof is another one's.
pub fn verify_inclusion(
    leaf: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), VerifyError> {
    if index >= size {
        return Err(VerifyError::Beyond { asked: index, size });
    }
    let mut way = Way {
        number: index,
        last: size - 1,
    };
    let mut hash = *leaf;
    for beside in proof {
        hash = if way.joins_left()? {
            node_hash(beside, &hash)
        } else {
            node_hash(&hash, beside)
        };
    }
    way.end()?;
    same(&hash, root, VerifyError::Root)
}

/// Whether the tree `to` begins with the entries of the tree `from`, each given by its size and root. From nothing, any
/// tree goes on.
///
/// # Errors
/// It does not, or the proof is another one's.
pub fn verify_consistency(
    from: (u64, &Digest),
    to: (u64, &Digest),
    proof: &[Digest],
) -> Result<(), VerifyError> {
    let ((older, older_root), (newer, newer_root)) = (from, to);
    if older > newer {
        return Err(VerifyError::Beyond {
            asked: older,
            size: newer,
        });
    }
    if older == 0 || older == newer {
        if !proof.is_empty() {
            return Err(VerifyError::Length);
        }
        let known = if older == 0 {
            empty_root()
        } else {
            *newer_root
        };
        return same(&known, older_root, VerifyError::OlderRoot);
    }
    let mut way = Way {
        number: older - 1,
        last: newer - 1,
    };
    while way.number & 1 == 1 {
        way.up();
    }
    // An older tree that is one perfect subtree is where the way begins; its hash is not sent.
    let (start, rest) = if older.is_power_of_two() {
        (older_root, proof)
    } else {
        proof.split_first().ok_or(VerifyError::Length)?
    };
    let (mut older_hash, mut newer_hash) = (*start, *start);
    for beside in rest {
        if way.joins_left()? {
            older_hash = node_hash(beside, &older_hash);
            newer_hash = node_hash(beside, &newer_hash);
        } else {
            newer_hash = node_hash(&newer_hash, beside);
        }
    }
    way.end()?;
    same(&older_hash, older_root, VerifyError::OlderRoot)?;
    same(&newer_hash, newer_root, VerifyError::Root)
}

fn same(made: &Digest, told: &Digest, failure: VerifyError) -> Result<(), VerifyError> {
    if made == told { Ok(()) } else { Err(failure) }
}
