//! Which bytes of a blob are still missing.

use minicbor::{Decode, Encode};

/// Most bytes one upload request carries.
pub const CHUNK_BYTES_MAX: u64 = 256 * 1024;

/// Bytes `from` (inclusive) to `to` (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ByteRange {
    /// First byte.
    #[n(0)]
    pub from: u64,
    /// One past the last.
    #[n(1)]
    pub to: u64,
}

impl ByteRange {
    /// How many bytes.
    pub const fn length(&self) -> u64 {
        self.to.saturating_sub(self.from)
    }
}

/// The gaps that sorted, disjoint `present` ranges leave in a blob of `length` bytes.
pub fn missing_from(present: &[ByteRange], length: u64) -> Vec<ByteRange> {
    let mut missing = Vec::new();
    let mut next = 0;
    for range in present {
        if range.from > next {
            missing.push(ByteRange {
                from: next,
                to: range.from.min(length),
            });
        }
        next = next.max(range.to);
    }
    if next < length {
        missing.push(ByteRange {
            from: next,
            to: length,
        });
    }
    missing
}

/// The first chunk to send of what is missing.
pub fn next_chunk(missing: &[ByteRange]) -> Option<ByteRange> {
    let first = missing.iter().find(|range| range.length() > 0)?;
    Some(ByteRange {
        from: first.from,
        to: first.to.min(first.from.saturating_add(CHUNK_BYTES_MAX)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn range(from: u64, to: u64) -> ByteRange {
        ByteRange { from, to }
    }

    #[test]
    fn gaps_are_what_is_not_there() {
        assert_eq!(missing_from(&[], 10), [range(0, 10)]);
        assert_eq!(missing_from(&[range(0, 10)], 10), []);
        assert_eq!(
            missing_from(&[range(2, 4), range(6, 8)], 10),
            [range(0, 2), range(4, 6), range(8, 10)]
        );
        assert_eq!(missing_from(&[], 0), []);
    }

    #[test]
    fn a_chunk_is_at_most_256_kib() {
        assert_eq!(
            next_chunk(&[range(5, 1 << 40)]),
            Some(range(5, 5 + CHUNK_BYTES_MAX))
        );
        assert_eq!(next_chunk(&[range(5, 6)]), Some(range(5, 6)));
        assert_eq!(next_chunk(&[]), None);
    }
}
