//! What people said of their duty, in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{DutyNoteId, PersonId};
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{first, list, plain, rows, run, text, time, time_if_any};
use crate::store::{LeaveRow, ReadDuty, StoreError, WriteDuty};

const COLUMNS: &str = "id, person, from_at, until_at, words, made_at, received_at, taken_back_at";

fn leave(row: &Row<'_>) -> Result<LeaveRow, StoreError> {
    let id = plain::<Vec<u8>>(row, "id")?;
    Ok(LeaveRow {
        id: DutyNoteId::from_slice(&id).map_err(|_| StoreError::Damaged { what: "leave" })?,
        person: text(row, "person", "person id")?,
        from: time(row, "from_at")?,
        until: time(row, "until_at")?,
        words: plain(row, "words")?,
        made_at: time(row, "made_at")?,
        received_at: time(row, "received_at")?,
        taken_back_at: time_if_any(row, "taken_back_at")?,
    })
}

impl ReadDuty for Session<'_> {
    fn leave(&self, id: &DutyNoteId) -> Result<Option<LeaveRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM said_leave WHERE id = ?1");
        first(self.0, &sql, [id.as_bytes().as_slice()], leave)
    }

    fn leaves_after(
        &self,
        instant: Timestamp,
        person: Option<&PersonId>,
        limit: usize,
    ) -> Result<Vec<LeaveRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM said_leave WHERE until_at > ?1 AND taken_back_at IS NULL \
             AND (?2 IS NULL OR person = ?2) ORDER BY from_at, id LIMIT ?3"
        );
        let person = person.map(PersonId::as_str);
        list(
            self.0,
            &sql,
            params![instant.as_millis(), person, rows(limit)],
            leave,
        )
    }

    fn leaves_at(&self, instant: Timestamp) -> Result<Vec<LeaveRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM said_leave WHERE until_at > ?1 AND from_at <= ?1 AND taken_back_at IS NULL \
             ORDER BY from_at, id"
        );
        list(self.0, &sql, [instant.as_millis()], leave)
    }
}

impl WriteDuty for Session<'_> {
    fn add_leave(&mut self, row: &LeaveRow) -> Result<(), StoreError> {
        run(
            self.0,
            &format!("INSERT INTO said_leave ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            params![
                row.id.as_bytes().as_slice(),
                row.person.as_str(),
                row.from.as_millis(),
                row.until.as_millis(),
                row.words,
                row.made_at.as_millis(),
                row.received_at.as_millis(),
                row.taken_back_at.map(Timestamp::as_millis),
            ],
        )
        .map(drop)
    }

    fn take_back_leave(&mut self, id: &DutyNoteId, at: Timestamp) -> Result<(), StoreError> {
        run(
            self.0,
            "UPDATE said_leave SET taken_back_at = ?2 WHERE id = ?1 AND taken_back_at IS NULL",
            params![id.as_bytes().as_slice(), at.as_millis()],
        )
        .map(drop)
    }
}
