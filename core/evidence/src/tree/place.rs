//! Where a kept hash stands, and where kept hashes come from.

use xunge_domain::ids::Digest;

/// The place of a perfect subtree: that of 2^`level` entries, beginning with entry `number` × 2^`level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// How high it stands; leaves stand at 0.
    pub level: u8,
    /// Counted from 0 within its level.
    pub number: u64,
}

impl Place {
    /// The place of an entry's leaf.
    pub const fn leaf(index: u64) -> Self {
        Self {
            level: 0,
            number: index,
        }
    }

    /// The index of the last entry below it.
    pub const fn last_entry(self) -> u64 {
        if self.level >= 64 {
            return u64::MAX;
        }
        (self.number << self.level) | ((1 << self.level) - 1)
    }

    pub(super) const fn parent(self) -> Self {
        Self {
            level: self.level + 1,
            number: self.number >> 1,
        }
    }

    /// The subtree to its left, when it is the right one of a pair.
    pub(super) const fn left_of_pair(self) -> Option<Self> {
        if self.number & 1 == 0 {
            return None;
        }
        Some(Self {
            level: self.level,
            number: self.number - 1,
        })
    }
}

/// Where the kept hashes of perfect subtrees come from: a table, or memory.
pub trait NodeSource {
    /// Its own trouble.
    type Error;

    /// The kept hash of a place; `None` where none is kept. Called O(log n) times for a root or a proof.
    ///
    /// # Errors
    /// The source's trouble.
    fn node(&self, place: Place) -> Result<Option<Digest>, Self::Error>;
}

/// Why something cannot be told about a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError<SourceError> {
    /// The source's own trouble.
    #[error("the kept hashes cannot be read: {0}")]
    Source(SourceError),
    /// A hash that should be kept is not.
    #[error("the hash at level {}, number {} is missing", .0.level, .0.number)]
    Missing(Place),
    /// Something was asked about an entry, or of a size, that the tree does not have.
    #[error("{asked} is beyond the size {size}")]
    Beyond {
        /// The index or the size that was asked for.
        asked: u64,
        /// The size it must not go beyond.
        size: u64,
    },
}

impl<SourceError> TreeError<SourceError> {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Source(_) => "tree_unreadable",
            Self::Missing(_) => "tree_node_missing",
            Self::Beyond { .. } => "tree_beyond_size",
        }
    }
}

/// The kept hash of a place that has to be there.
pub(super) fn kept<Source: NodeSource + ?Sized>(
    source: &Source,
    place: Place,
) -> Result<Digest, TreeError<Source::Error>> {
    source
        .node(place)
        .map_err(TreeError::Source)?
        .ok_or(TreeError::Missing(place))
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_knows_its_last_entry() {
        let last = |level, number| Place { level, number }.last_entry();
        assert_eq!(last(0, 0), 0);
        assert_eq!(last(0, u64::MAX), u64::MAX);
        assert_eq!(last(1, 0), 1);
        assert_eq!(last(3, 2), 23);
        assert_eq!(last(63, 1), u64::MAX);
        assert_eq!(last(64, 0), u64::MAX);
        assert_eq!(last(200, 7), u64::MAX, "a claim from a file");
    }
}
