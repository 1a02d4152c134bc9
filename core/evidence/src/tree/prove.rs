//! Roots and proofs from kept hashes, as RFC 9162 §2.1 defines them: written as a walk down from the root, which turns
//! at each level towards what is asked about and takes the hash of the other side along.

use xunge_domain::ids::Digest;

use super::hash::{empty_root, node_hash};
use super::place::{NodeSource, Place, TreeError, kept};

/// Entries `start` to `start + length - 1` of a tree; a subtree that occurs in the tree of some size.
#[derive(Clone, Copy)]
struct Span {
    start: u64,
    length: u64,
}

impl Span {
    const fn whole(size: u64) -> Self {
        Self {
            start: 0,
            length: size,
        }
    }

    /// The left side is the largest perfect subtree that leaves something for the right one. Needs two entries.
    const fn sides(self) -> (Self, Self) {
        let left = 1 << (self.length - 1).ilog2();
        (
            Self {
                start: self.start,
                length: left,
            },
            Self {
                start: self.start + left,
                length: self.length - left,
            },
        )
    }

    fn hash<Source: NodeSource + ?Sized>(
        self,
        source: &Source,
    ) -> Result<Digest, TreeError<Source::Error>> {
        if self.length.is_power_of_two() {
            return kept(source, self.place());
        }
        let (left, right) = self.sides();
        Ok(node_hash(
            &kept(source, left.place())?,
            &right.hash(source)?,
        ))
    }

    /// Of a perfect one.
    fn place(self) -> Place {
        let level = self.length.trailing_zeros();
        Place {
            level: u8::try_from(level).unwrap_or(u8::MAX),
            number: self.start >> level,
        }
    }
}

/// The root of the tree when it had `size` entries. Cost: a read and a hash a level.
///
/// # Errors
/// The source, or a hash that is not kept, which also is what a size beyond the log looks like.
pub fn root<Source: NodeSource + ?Sized>(
    source: &Source,
    size: u64,
) -> Result<Digest, TreeError<Source::Error>> {
    if size == 0 {
        return Ok(empty_root());
    }
    Span::whole(size).hash(source)
}

/// What proves that entry `index` is in the tree of `size` entries: the hashes beside its way up, lowest first; see
/// [`verify_inclusion`](super::verify_inclusion). Cost: at most two reads a level.
///
/// # Errors
/// An index that is not below the size; the source, or a hash that is not kept.
pub fn inclusion_proof<Source: NodeSource + ?Sized>(
    source: &Source,
    index: u64,
    size: u64,
) -> Result<Vec<Digest>, TreeError<Source::Error>> {
    if index >= size {
        return Err(TreeError::Beyond { asked: index, size });
    }
    let mut span = Span::whole(size);
    let mut proof = Vec::new();
    while span.length > 1 {
        let (left, right) = span.sides();
        let beside = if index < right.start { right } else { left };
        span = if index < right.start { left } else { right };
        proof.push(beside.hash(source)?);
    }
    proof.reverse();
    Ok(proof)
}

/// What proves that the tree of `to` entries begins with that of `from` entries; see
/// [`verify_consistency`](super::verify_consistency). Empty from nothing, and from a size to itself. Cost: at most two
/// reads a level.
///
/// # Errors
/// `from` beyond `to`; the source, or a hash that is not kept.
pub fn consistency_proof<Source: NodeSource + ?Sized>(
    source: &Source,
    from: u64,
    to: u64,
) -> Result<Vec<Digest>, TreeError<Source::Error>> {
    if from > to {
        return Err(TreeError::Beyond {
            asked: from,
            size: to,
        });
    }
    if from == 0 {
        return Ok(Vec::new());
    }
    let mut span = Span::whole(to);
    let mut proof = Vec::new();
    while from < span.start + span.length {
        let (left, right) = span.sides();
        let beside = if from <= right.start { right } else { left };
        span = if from <= right.start { left } else { right };
        proof.push(beside.hash(source)?);
    }
    // The old tree ends with this subtree. Where it is the whole old tree, the verifier has its hash already.
    if span.start > 0 {
        proof.push(span.hash(source)?);
    }
    proof.reverse();
    Ok(proof)
}
