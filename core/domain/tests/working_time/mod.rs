//! What the tests of working time share.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]
#![allow(dead_code, reason = "each test binary uses a part of it")]

use xunge_domain::class::{Limit, LimitUnit};
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Calendar, Hours};

/// The file the hub ships with.
pub(crate) const DAYS: &[u8] = include_bytes!("../../../../sync-server/data/china-days.csv");
pub(crate) const ORDINARY: &str = "08:30-12:00,14:00-18:00";

pub(crate) fn calendar() -> Calendar {
    Calendar::from_csv("china-days", DAYS).unwrap()
}

pub(crate) fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

/// `2025-06-28 10:00`, with seconds where it has some.
pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

pub(crate) fn limit(number: u32, unit: &str) -> Limit {
    let unit = LimitUnit::from_id(unit).unwrap();
    Limit { number, unit }
}

/// Cells of a line, some of them in quotes.
pub(crate) fn cells(line: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => rest.split_at(rest.find(',').unwrap_or(rest.len())),
        };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            None => return cells,
        }
    }
}
