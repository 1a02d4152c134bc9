//! A cell that cannot be taken.

use std::fmt;

use serde::Serialize;

use super::Problem;

/// Longest part of a value that is shown.
const SHOWN_CHARACTERS: usize = 60;

/// Where something is wrong, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bad {
    /// The line of the file, from 1; of a sheet its row.
    pub line: u64,
    /// The header of the column as the file has it; empty where the whole row is meant.
    pub column: String,
    /// What stands there, its beginning.
    pub value: String,
    /// Stable code.
    pub code: &'static str,
    /// Why, in Chinese.
    pub zh: &'static str,
    /// Why, in English.
    pub en: &'static str,
}

impl Bad {
    /// A cell and what is wrong with it.
    pub fn new(line: u64, column: &str, value: &str, problem: &'static Problem) -> Self {
        let mut shown: String = value.chars().take(SHOWN_CHARACTERS).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self {
            line,
            column: column.to_owned(),
            value: shown,
            code: problem.code,
            zh: problem.zh,
            en: problem.en,
        }
    }
}

impl fmt::Display for Bad {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "第 {0} 行 line {0}", self.line)?;
        if !self.column.is_empty() {
            write!(out, "，列 column {}", self.column)?;
        }
        let Self {
            value,
            zh,
            en,
            code,
            ..
        } = self;
        write!(out, "：{value:?} {zh}；{en} [{code}]")
    }
}
