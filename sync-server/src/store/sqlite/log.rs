//! The log in SQL.

use rusqlite::params;
use xunge_domain::ids::Digest;
use xunge_domain::time::Timestamp;
use xunge_evidence::tree::{Place, TreeError, append};

use super::Session;
use super::values::{digest, first, plain, run, signed, unsigned};
use crate::store::log::LogNodes;
use crate::store::rows::AuditRow;
use crate::store::{LIST_ROWS_MAX, ReadLog, ReadSystem, StoreError, WriteLog};

impl ReadLog for Session<'_> {
    fn log_size(&self) -> Result<u64, StoreError> {
        let sql = "SELECT number FROM log_node WHERE level = 0 ORDER BY number DESC LIMIT 1";
        let last = first(self.0, sql, [], |row| unsigned(row, "number"))?;
        Ok(last.map_or(0, |last| last.saturating_add(1)))
    }

    fn log_node(&self, place: Place) -> Result<Option<Digest>, StoreError> {
        first(
            self.0,
            "SELECT hash FROM log_node WHERE level = ?1 AND number = ?2",
            params![place.level, signed(place.number)],
            |row| digest(row, "hash"),
        )
    }

    fn log_size_at(&self, at: Timestamp) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT MIN(seq) AS seq FROM audit WHERE at >= ?1";
        let seq = first(self.0, sql, [at.as_millis()], |row| {
            plain::<Option<i64>>(row, "seq")
        })?;
        let seq = seq.flatten().map(u64::try_from).transpose();
        let seq = seq.map_err(|_| StoreError::Damaged { what: "log" })?;
        Ok(seq.map(|seq| seq.saturating_sub(1)))
    }
}

impl WriteLog for Session<'_> {
    fn enter_late_lines(&mut self, limit: usize) -> Result<u64, StoreError> {
        let late = self.audit_after(self.log_size()?, limit)?;
        let mut entered = 0;
        for (seq, line) in (self.log_size()? + 1..).zip(&late) {
            if line.seq != seq {
                break;
            }
            self.enter(line)?;
            entered += 1;
        }
        Ok(entered)
    }
}

impl Session<'_> {
    /// Enters a line as the next entry. One that is not the next is refused: a log with a gap would prove nothing.
    fn enter(&self, line: &AuditRow) -> Result<(), StoreError> {
        let size = self.log_size()?;
        if line.seq != size.saturating_add(1) {
            return Err(StoreError::Damaged { what: "log" });
        }
        let nodes = append(&LogNodes(self), size, line.entry().leaf());
        let nodes = nodes.map_err(|error| match error {
            TreeError::Source(error) => error,
            TreeError::Missing(_) | TreeError::Beyond { .. } => StoreError::Damaged { what: "log" },
        })?;
        for (place, hash) in nodes {
            run(
                self.0,
                "INSERT INTO log_node (level, number, hash) VALUES (?1, ?2, ?3)",
                params![
                    place.level,
                    signed(place.number),
                    hash.as_bytes().as_slice()
                ],
            )?;
        }
        Ok(())
    }

    /// Enters every line there is, when the table of hashes has just been made. A line that is missing by then was taken
    /// out before there was a log to tell: one that says so stands in its place, and the log has no gap.
    pub(super) fn enter_all(&mut self) -> Result<(), StoreError> {
        loop {
            while self.enter_late_lines(LIST_ROWS_MAX)? > 0 {}
            let size = self.log_size()?;
            let next = self.audit_after(size, 1)?.into_iter().next();
            let end = next
                .as_ref()
                .map_or(self.lines_counted()?, |line| line.seq - 1);
            if size >= end {
                return Ok(());
            }
            let at = next.map_or(Timestamp::default(), |line| line.at);
            for seq in size + 1..=end {
                let line = AuditRow {
                    seq,
                    at,
                    who: "system".to_owned(),
                    what: "line_missing".to_owned(),
                    detail: "{}".to_owned(),
                };
                self.add_line(&line)?;
            }
        }
    }

    /// Adds a line and enters it.
    pub(super) fn add_line(&self, line: &AuditRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO audit (seq, at, who, what, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                signed(line.seq),
                line.at.as_millis(),
                line.who,
                line.what,
                line.detail
            ],
        )?;
        self.enter(line)
    }

    /// How many lines were ever given a place.
    fn lines_counted(&self) -> Result<u64, StoreError> {
        let sql = "SELECT last FROM counter WHERE name = 'audit'";
        let last = first(self.0, sql, [], |row| unsigned(row, "last"))?;
        Ok(last.unwrap_or(0))
    }
}
