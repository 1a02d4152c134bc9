//! Adding entries.

use xunge_domain::ids::Digest;

use super::hash::{empty_root, node_hash};
use super::place::{NodeSource, Place, TreeError, kept};

/// The hashes to keep for one more entry: its leaf, and every subtree that it completes, lowest first.
///
/// Cost: as many reads and hashes as the size has ones at its end in binary; one on average.
///
/// # Errors
/// The source, or a hash that is not kept.
pub fn append<Source: NodeSource + ?Sized>(
    source: &Source,
    size: u64,
    leaf: Digest,
) -> Result<Vec<(Place, Digest)>, TreeError<Source::Error>> {
    let mut place = Place::leaf(size);
    let mut hash = leaf;
    let mut complete = vec![(place, hash)];
    while let Some(left) = place.left_of_pair() {
        hash = node_hash(&kept(source, left)?, &hash);
        place = place.parent();
        complete.push((place, hash));
    }
    Ok(complete)
}

/// A tree that is only added to, in memory: of each level at most the one subtree that waits for its right neighbour.
/// Who recomputes a whole log needs no more, however long it is.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    size: u64,
    /// By level; the places follow from the size.
    waiting: Vec<Option<Digest>>,
}

impl Frontier {
    /// How many entries it has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds an entry, and answers the hashes that a log keeps for it, lowest first. Cost: as [`append`].
    pub fn append(&mut self, leaf: Digest) -> Vec<(Place, Digest)> {
        let (mut place, mut hash) = (Place::leaf(self.size), leaf);
        let mut complete = vec![(place, hash)];
        let mut level = 0;
        while let Some(left) = self.waiting.get_mut(level).and_then(Option::take) {
            hash = node_hash(&left, &hash);
            place = place.parent();
            complete.push((place, hash));
            level += 1;
        }
        if self.waiting.len() <= level {
            self.waiting.resize(level + 1, None);
        }
        self.waiting[level] = Some(hash);
        self.size += 1;
        complete
    }

    /// The root of what was added so far. Cost: a hash a level.
    pub fn root(&self) -> Digest {
        let from_below = self.waiting.iter().flatten();
        from_below
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}
