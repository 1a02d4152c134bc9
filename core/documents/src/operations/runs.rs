//! The run-length encodings, run by run: a run of twenty million nulls costs as
//! much to read here as a run of two.
//!
//! Only the one way in which Automerge cuts runs is taken. It drops the encoded
//! columns when it merges a change and encodes them anew when the document is
//! saved, so a change cut differently gets another hash and its document does
//! not load again.

use super::ColumnFault;
use crate::change_parts::leb128::Reader;

/// A value of a run-length encoded column.
pub(crate) trait Cell<'a>: Copy + PartialEq {
    fn read(reader: &mut Reader<'a>) -> Result<Self, ColumnFault>;
}

impl<'a> Cell<'a> for u64 {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, ColumnFault> {
        Ok(reader.unsigned()?)
    }
}

impl<'a> Cell<'a> for i64 {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, ColumnFault> {
        Ok(reader.signed()?)
    }
}

impl<'a> Cell<'a> for &'a str {
    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, ColumnFault> {
        let length = reader.unsigned()?;
        let bytes = reader.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| ColumnFault::Text)
    }
}

/// Some values of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Run<C> {
    /// This many nulls.
    Null(u64),
    /// This many times this value.
    Repeat(u64, C),
    /// One value of a literal run.
    Literal(C),
}

#[derive(Debug, Clone, Copy)]
enum Previous<C> {
    Start,
    Null,
    Repeat(C),
    Literal(C),
}

impl<C: PartialEq> Previous<C> {
    fn ends_in(&self, value: &C) -> bool {
        matches!(self, Self::Repeat(last) | Self::Literal(last) if last == value)
    }
}

/// Reads a run-length encoded column run by run.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'a, C> {
    reader: Reader<'a>,
    literals_left: u64,
    previous: Previous<C>,
}

impl<'a, C: Cell<'a>> Runs<'a, C> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self {
            reader: Reader::new(data),
            literals_left: 0,
            previous: Previous::Start,
        }
    }

    /// The next run, or `None` at the end of the column.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Run<C>>, ColumnFault> {
        if self.literals_left == 0 {
            if self.reader.is_empty() {
                return Ok(None);
            }
            let header = self.reader.signed()?;
            if header > 0 {
                return self.repeat(header.unsigned_abs()).map(Some);
            }
            if header == 0 {
                return self.nulls().map(Some);
            }
            self.begin_literals(header.unsigned_abs())?;
        }
        self.literal().map(Some)
    }

    /// Whether the whole column is read.
    pub(crate) fn is_done(&self) -> bool {
        self.literals_left == 0 && self.reader.is_empty()
    }

    fn repeat(&mut self, count: u64) -> Result<Run<C>, ColumnFault> {
        let value = C::read(&mut self.reader)?;
        if count == 1 || self.previous.ends_in(&value) {
            return Err(ColumnFault::Runs);
        }
        self.previous = Previous::Repeat(value);
        Ok(Run::Repeat(count, value))
    }

    fn nulls(&mut self) -> Result<Run<C>, ColumnFault> {
        let count = self.reader.unsigned()?;
        if count == 0 || matches!(self.previous, Previous::Null) {
            return Err(ColumnFault::Runs);
        }
        self.previous = Previous::Null;
        Ok(Run::Null(count))
    }

    fn begin_literals(&mut self, count: u64) -> Result<(), ColumnFault> {
        if matches!(self.previous, Previous::Literal(_)) {
            return Err(ColumnFault::Runs);
        }
        // Every value takes at least one byte.
        if count > self.reader.remaining() as u64 {
            return Err(ColumnFault::Truncated);
        }
        self.literals_left = count;
        Ok(())
    }

    #[inline]
    fn literal(&mut self) -> Result<Run<C>, ColumnFault> {
        let value = C::read(&mut self.reader)?;
        if self.previous.ends_in(&value) {
            return Err(ColumnFault::Runs);
        }
        self.literals_left -= 1;
        self.previous = Previous::Literal(value);
        Ok(Run::Literal(value))
    }
}

/// Reads a column of booleans: counts of `false` and `true` in turn.
#[derive(Debug, Clone)]
pub(crate) struct BooleanRuns<'a> {
    reader: Reader<'a>,
    next_value: bool,
    started: bool,
}

impl<'a> BooleanRuns<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self {
            reader: Reader::new(data),
            next_value: false,
            started: false,
        }
    }

    /// The next run, or `None` at the end of the column. Only the first run may
    /// be empty, when the column starts with `true`.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, bool)>, ColumnFault> {
        if self.reader.is_empty() {
            return Ok(None);
        }
        let count = self.reader.unsigned()?;
        let value = self.next_value;
        let first = !std::mem::replace(&mut self.started, true);
        self.next_value = !value;
        if count == 0 && (!first || self.reader.is_empty()) {
            return Err(ColumnFault::Runs);
        }
        Ok(Some((count, value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<'a, C: Cell<'a>>(data: &'a [u8]) -> Result<Vec<Run<C>>, ColumnFault> {
        let mut runs = Runs::new(data);
        let mut found = Vec::new();
        while let Some(run) = runs.next()? {
            found.push(run);
        }
        Ok(found)
    }

    #[test]
    fn runs_as_automerge_cuts_them() {
        // null null 5 5 5 1 2
        let data = [0, 2, 3, 5, 0x7e, 1, 2];
        assert_eq!(
            all::<u64>(&data),
            Ok(vec![
                Run::Null(2),
                Run::Repeat(3, 5),
                Run::Literal(1),
                Run::Literal(2)
            ])
        );
        assert_eq!(
            all::<&str>(&[0x7f, 2, b'h', b'i']),
            Ok(vec![Run::Literal("hi")])
        );
    }

    #[test]
    fn other_cuts_are_refused() {
        let runs: [(&str, &[u8]); 8] = [
            ("a run of one", &[1, 5]),
            ("no nulls", &[0, 0]),
            ("nulls twice", &[0, 1, 0, 1]),
            ("one run cut in two", &[2, 5, 2, 5]),
            ("a literal that goes on with the run", &[2, 5, 0x7f, 5]),
            ("equal literals", &[0x7e, 5, 5]),
            ("two literal runs in a row", &[0x7f, 5, 0x7f, 6]),
            ("a run that goes on with the literal", &[0x7f, 5, 2, 5]),
        ];
        for (what, data) in runs {
            assert_eq!(all::<u64>(data), Err(ColumnFault::Runs), "{what}");
        }
        assert_eq!(all::<u64>(&[0x7d, 1, 2]), Err(ColumnFault::Truncated));
        assert_eq!(all::<&str>(&[0x7f, 1, 0xff]), Err(ColumnFault::Text));
    }

    #[test]
    fn booleans() {
        let mut runs = BooleanRuns::new(&[0, 3, 2]);
        assert_eq!(runs.next(), Ok(Some((0, false))));
        assert_eq!(runs.next(), Ok(Some((3, true))));
        assert_eq!(runs.next(), Ok(Some((2, false))));
        assert_eq!(runs.next(), Ok(None));
        let mut empty = BooleanRuns::new(&[0]);
        assert_eq!(empty.next(), Err(ColumnFault::Runs));
        let mut middle = BooleanRuns::new(&[1, 0, 1]);
        assert_eq!(middle.next(), Ok(Some((1, false))));
        assert_eq!(middle.next(), Err(ColumnFault::Runs));
    }
}
