//! Change counters: the app polls three numbers to learn that a list moved. They are bumped in the transaction that
//! moved it, so a rolled-back write is never announced, and kept in the file, so a restart does not look like silence.

use std::cell::Cell;

use rusqlite::Connection;

use crate::StoreError;
use crate::values::count;

/// How often each topic changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeCounters {
    /// Rows of cases and check-ins.
    pub cases: u64,
    /// Changes, intents, photos on their way, cursors, the session.
    pub sync: u64,
    /// Drafts.
    pub drafts: u64,
}

/// A topic a write belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Cases,
    Sync,
    Drafts,
}

impl Topic {
    const ALL: [Self; 3] = [Self::Cases, Self::Sync, Self::Drafts];

    const fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Sync => "sync",
            Self::Drafts => "drafts",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The topics one transaction touched.
#[derive(Debug, Default)]
pub(crate) struct Touched(Cell<u8>);

impl Touched {
    pub(crate) fn mark(&self, topic: Topic) {
        self.0.set(self.0.get() | topic.bit());
    }

    /// Bumps what was touched and returns all counters as they will be after the commit.
    pub(crate) fn bump(
        &self,
        connection: &Connection,
        before: ChangeCounters,
    ) -> Result<ChangeCounters, StoreError> {
        if self.0.get() == 0 {
            return Ok(before);
        }
        let mut statement = connection
            .prepare_cached("UPDATE change_counter SET value = value + 1 WHERE topic = ?1")?;
        for topic in Topic::ALL {
            if self.0.get() & topic.bit() != 0 {
                statement.execute([topic.name()])?;
            }
        }
        read(connection)
    }
}

/// Reads the counters.
pub(crate) fn read(connection: &Connection) -> Result<ChangeCounters, StoreError> {
    let mut counters = ChangeCounters::default();
    let mut statement = connection.prepare_cached("SELECT topic, value FROM change_counter")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let value = count(row, 1)?;
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            "cases" => counters.cases = value,
            "sync" => counters.sync = value,
            "drafts" => counters.drafts = value,
            _ => {}
        }
    }
    Ok(counters)
}
