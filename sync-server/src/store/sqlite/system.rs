//! The hub's own facts and the audit log in SQL.

use rusqlite::params;
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{first, list, plain, rows, run, signed, time, unsigned};
use crate::store::rows::{AuditRow, MetaKey};
use crate::store::{ReadSystem, StoreError, WriteSystem};

impl ReadSystem for Session<'_> {
    fn meta(&self, key: MetaKey) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = ?1";
        first(self.0, sql, [key.name()], |row| plain(row, "value"))
    }

    fn audit_after(&self, seq: u64, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        list(
            self.0,
            "SELECT seq, at, who, what, detail FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            params![signed(seq), rows(limit)],
            |row| {
                Ok(AuditRow {
                    seq: unsigned(row, "seq")?,
                    at: time(row, "at")?,
                    who: plain(row, "who")?,
                    what: plain(row, "what")?,
                    detail: plain(row, "detail")?,
                })
            },
        )
    }
}

impl WriteSystem for Session<'_> {
    fn put_meta(&mut self, key: MetaKey, value: &[u8]) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO meta (name, value) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![key.name(), value],
        )
        .map(drop)
    }

    fn remove_meta(&mut self, key: MetaKey) -> Result<bool, StoreError> {
        Ok(run(self.0, "DELETE FROM meta WHERE name = ?1", [key.name()])? > 0)
    }

    fn append_audit(
        &mut self,
        at: Timestamp,
        who: &str,
        what: &str,
        detail: &serde_json::Value,
    ) -> Result<u64, StoreError> {
        let seq = self.count_up("audit")?;
        let line = AuditRow {
            seq,
            at,
            who: who.to_owned(),
            what: what.to_owned(),
            detail: detail.to_string(),
        };
        self.add_line(&line)?;
        Ok(seq)
    }
}
