//! A row while it is read: cells by their column, and what is wrong with them.

use super::xlsx_source::{DIGITS_LOST, FORMULA_ERROR};
use super::{Bad, Headers, Problem, Record, problems};

/// Longest cell but for a boundary.
const CELL_CHARACTERS_MAX: usize = 1_000;

/// One row of a file.
pub struct Cells<'a> {
    headers: &'a Headers,
    record: &'a Record,
    bad: Vec<Bad>,
}

impl<'a> Cells<'a> {
    /// A row under its headers. What makes every table refuse it is noted at once.
    pub fn new(headers: &'a Headers, record: &'a Record) -> Self {
        let mut row = Self {
            headers,
            record,
            bad: Vec::new(),
        };
        let behind = record.cells.get(headers.width()..).unwrap_or_default();
        if let Some(cell) = behind.iter().find(|cell| !cell.trim().is_empty()) {
            row.bad
                .push(Bad::new(record.line, "", cell, &problems::CELLS));
        }
        row
    }

    /// The line of the file.
    pub const fn line(&self) -> u64 {
        self.record.line
    }

    /// A cell without the blanks around it; empty where the file has no such column.
    pub fn text(&self, column: &str) -> &'a str {
        let place = self.headers.place(column);
        place
            .and_then(|place| self.record.cells.get(place))
            .map_or("", |cell| cell.trim())
    }

    /// Notes that a cell cannot be taken.
    pub fn refuse(&mut self, column: &str, problem: &'static Problem) {
        let value = self.text(column);
        let (value, problem) = match value {
            DIGITS_LOST => ("", &problems::DIGITS_LOST),
            FORMULA_ERROR => ("", &problems::FORMULA),
            value if value.contains('\u{fffd}') => (value, &problems::LETTERS),
            value => (value, problem),
        };
        let column = self.headers.written(column);
        self.bad.push(Bad::new(self.line(), column, value, problem));
    }

    /// A cell that must be something. Nothing when it is not: then that is noted.
    pub fn needed<Value>(
        &mut self,
        column: &str,
        problem: &'static Problem,
        read: impl FnOnce(&str) -> Option<Value>,
    ) -> Option<Value> {
        match self.text(column) {
            "" => {
                self.refuse(column, &problems::MISSING);
                None
            }
            text => {
                let value = read(text);
                if value.is_none() {
                    self.refuse(column, problem);
                }
                value
            }
        }
    }

    /// A cell that may be empty: `Some(None)` then, and nothing when it holds something else.
    pub fn optional<Value>(
        &mut self,
        column: &str,
        problem: &'static Problem,
        read: impl FnOnce(&str) -> Option<Value>,
    ) -> Option<Option<Value>> {
        if self.text(column).is_empty() {
            return Some(None);
        }
        self.needed(column, problem, read).map(Some)
    }

    /// A text of at most so many letters; empty where it may be.
    pub fn words(&mut self, column: &str, needed: bool, most: usize) -> Option<String> {
        let text = self.text(column);
        let special = [DIGITS_LOST, FORMULA_ERROR].contains(&text) || text.contains('\u{fffd}');
        let problem = if text.is_empty() && needed {
            &problems::MISSING
        } else if special || text.chars().count() > most.min(CELL_CHARACTERS_MAX) {
            &problems::TOO_LONG
        } else {
            return Some(text.to_owned());
        };
        self.refuse(column, problem);
        None
    }

    /// What is wrong with the row.
    pub fn into_bad(self) -> Vec<Bad> {
        self.bad
    }
}
