//! Which bytes of a blob are there: sorted, disjoint, never touching half-open ranges. Pure arithmetic, so that
//! the rules of a resumed upload can be tested without a file.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// Most separate ranges one partial blob may have; chunks that would make more are not taken.
pub const RANGES_MAX: usize = 4_096;

/// Bytes that are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByteRanges(Vec<Range<u64>>);

/// A text that is no list of ranges.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a list of byte ranges")]
pub struct ParseRangesError;

impl ByteRanges {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds `range` and joins what touches. An empty range adds nothing.
    pub fn insert(&mut self, range: Range<u64>) {
        if range.start >= range.end {
            return;
        }
        let first = self.0.partition_point(|held| held.end < range.start);
        let past = self.0.partition_point(|held| held.start <= range.end);
        let joined = self.0.get(first..past).unwrap_or_default();
        let start = joined
            .first()
            .map_or(range.start, |held| held.start.min(range.start));
        let end = joined
            .last()
            .map_or(range.end, |held| held.end.max(range.end));
        self.0
            .splice(first..past.max(first), std::iter::once(start..end));
    }

    /// The parts of `range` that are not there, in order.
    pub fn missing_in(&self, range: Range<u64>) -> Vec<Range<u64>> {
        let mut missing = Vec::new();
        let mut from = range.start;
        let first = self.0.partition_point(|held| held.end <= range.start);
        for held in self
            .0
            .iter()
            .skip(first)
            .take_while(|held| held.start < range.end)
        {
            if held.start > from {
                missing.push(from..held.start);
            }
            from = from.max(held.end);
        }
        if from < range.end {
            missing.push(from..range.end);
        }
        missing
    }

    /// The parts of a blob of `length` bytes that are not there.
    pub fn missing(&self, length: u64) -> Vec<Range<u64>> {
        self.missing_in(0..length)
    }

    /// Whether all of `0..length` is there.
    pub fn covers(&self, length: u64) -> bool {
        length == 0
            || self
                .0
                .first()
                .is_some_and(|held| held.start == 0 && held.end >= length)
    }

    /// How many bytes are there.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|held| held.end - held.start).sum()
    }

    /// The ranges, in order.
    pub fn as_slice(&self) -> &[Range<u64>] {
        &self.0
    }

    /// The end of the last range.
    pub fn end(&self) -> u64 {
        self.0.last().map_or(0, |held| held.end)
    }
}

/// `0-262144,524288-786432`, ends not included: as the store keeps it.
impl fmt::Display for ByteRanges {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, held) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(out, "{comma}{}-{}", held.start, held.end)?;
        }
        Ok(())
    }
}

impl FromStr for ByteRanges {
    type Err = ParseRangesError;
    fn from_str(text: &str) -> Result<Self, ParseRangesError> {
        let mut ranges = Self::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (start, end) = part.split_once('-').ok_or(ParseRangesError)?;
            let start: u64 = start.parse().map_err(|_| ParseRangesError)?;
            let end: u64 = end.parse().map_err(|_| ParseRangesError)?;
            if start >= end {
                return Err(ParseRangesError);
            }
            ranges.insert(start..end);
        }
        Ok(ranges)
    }
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "lists of one range are what is meant"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(parts: &[Range<u64>]) -> ByteRanges {
        let mut ranges = ByteRanges::new();
        for part in parts {
            ranges.insert(part.clone());
        }
        ranges
    }

    #[test]
    fn touching_and_overlapping_ranges_become_one() {
        assert_eq!(of(&[0..4, 4..8]).as_slice(), [0..8]);
        assert_eq!(of(&[4..8, 0..5]).as_slice(), [0..8]);
        assert_eq!(of(&[0..2, 4..6, 8..10, 1..9]).as_slice(), [0..10]);
        assert_eq!(of(&[5..5]).as_slice(), []);
    }

    #[test]
    fn tells_what_is_missing() {
        let held = of(&[2..4, 6..8]);
        assert_eq!(held.missing(10), [0..2, 4..6, 8..10]);
        assert_eq!(held.missing_in(3..7), [4..6]);
        assert_eq!(held.missing_in(2..4), []);
        assert!(!held.covers(8));
        assert!(of(&[0..8]).covers(8));
        assert!(ByteRanges::new().covers(0));
    }

    #[test]
    fn refuses_text_that_is_no_list() {
        for bad in ["1", "2-1", "1-1", "a-b", "-1", "1-2,3"] {
            assert_eq!(bad.parse::<ByteRanges>(), Err(ParseRangesError), "{bad}");
        }
        assert_eq!("".parse(), Ok(ByteRanges::new()));
    }

    proptest! {
        #[test]
        fn agrees_with_a_set_of_bytes(parts in prop::collection::vec((0_u64..64, 0_u64..16), 0..20), ask in (0_u64..64, 0_u64..32)) {
            let mut held = ByteRanges::new();
            let mut bytes = [false; 96];
            for (start, length) in parts {
                held.insert(start..start + length);
                for at in start..start + length {
                    bytes[at as usize] = true;
                }
            }
            prop_assert_eq!(held.total(), bytes.iter().filter(|there| **there).count() as u64);
            for pair in held.as_slice().windows(2) {
                prop_assert!(pair[0].end < pair[1].start, "sorted, disjoint, not touching");
            }
            let asked = ask.0..ask.0 + ask.1;
            let missing: Vec<u64> = held.missing_in(asked.clone()).into_iter().flatten().collect();
            let expected: Vec<u64> = asked.filter(|at| !bytes[*at as usize]).collect();
            prop_assert_eq!(missing, expected);
            prop_assert_eq!(held.to_string().parse::<ByteRanges>(), Ok(held));
        }
    }
}
