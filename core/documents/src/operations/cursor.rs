//! Columns read value by value.

use super::runs::{BooleanRuns, Cell, Run, Runs};
use super::{ColumnFault, OperationsError};
use crate::change_parts::{ChangeParts, ColumnSpec};

/// One value of a run-length encoded column after the other.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a, C> {
    column: ColumnSpec,
    /// A column that is left out holds nulls without end.
    absent: bool,
    runs: Runs<'a, C>,
    left: u64,
    value: Option<C>,
}

impl<'a, C: Cell<'a>> Cursor<'a, C> {
    pub(super) fn new(parts: &ChangeParts<'a>, column: ColumnSpec) -> Self {
        let data = parts.column(column);
        Self {
            column,
            absent: data.is_empty(),
            runs: Runs::new(data),
            left: 0,
            value: None,
        }
    }

    pub(super) fn column(&self) -> ColumnSpec {
        self.column
    }

    /// The next value; `None` is a null.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<C>, OperationsError> {
        if self.absent {
            return Ok(None);
        }
        if self.left == 0 {
            match self.runs.next().map_err(|fault| fault.at(self.column))? {
                None => return Err(ColumnFault::Truncated.at(self.column)),
                Some(Run::Literal(value)) => return Ok(Some(value)),
                Some(Run::Null(count)) => (self.left, self.value) = (count, None),
                Some(Run::Repeat(count, value)) => {
                    (self.left, self.value) = (count, Some(value));
                }
            }
        }
        // No run is empty.
        self.left = self.left.saturating_sub(1);
        Ok(self.value)
    }

    /// The next value of a column without nulls.
    #[inline]
    pub(super) fn value(&mut self) -> Result<C, OperationsError> {
        self.next()?
            .ok_or_else(|| ColumnFault::Null.at(self.column))
    }

    /// Whether the whole column is read; one that is left out always is.
    pub(super) fn is_done(&self) -> bool {
        self.absent || (self.left == 0 && self.runs.is_done())
    }
}

/// A column of counters, stored as differences.
#[derive(Debug, Clone)]
pub(super) struct CounterCursor<'a> {
    differences: Cursor<'a, i64>,
    counter: i64,
}

impl<'a> CounterCursor<'a> {
    pub(super) fn new(parts: &ChangeParts<'a>, column: ColumnSpec) -> Self {
        Self {
            differences: Cursor::new(parts, column),
            counter: 0,
        }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<u64>, OperationsError> {
        let Some(difference) = self.differences.next()? else {
            return Ok(None);
        };
        let column = self.differences.column();
        let counter = self
            .counter
            .checked_add(difference)
            .ok_or(OperationsError::Counter { column })?;
        self.counter = counter;
        u64::try_from(counter)
            .map(Some)
            .map_err(|_| OperationsError::Counter { column })
    }
}

/// A column of booleans.
#[derive(Debug, Clone)]
pub(super) struct BooleanCursor<'a> {
    column: ColumnSpec,
    runs: BooleanRuns<'a>,
    left: u64,
    value: bool,
}

impl<'a> BooleanCursor<'a> {
    pub(super) fn new(parts: &ChangeParts<'a>, column: ColumnSpec) -> Self {
        Self {
            column,
            runs: BooleanRuns::new(parts.column(column)),
            left: 0,
            value: false,
        }
    }

    #[inline]
    pub(super) fn value(&mut self) -> Result<bool, OperationsError> {
        while self.left == 0 {
            (self.left, self.value) = self
                .runs
                .next()
                .map_err(|fault| fault.at(self.column))?
                .ok_or_else(|| ColumnFault::Truncated.at(self.column))?;
        }
        self.left -= 1;
        Ok(self.value)
    }
}
