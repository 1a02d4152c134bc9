//! How far each scope's feed was read.

use rusqlite::params;

use crate::StoreError;
use crate::limits::SCOPE_BYTES_MAX;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{u64_bits, within};

/// A place in a scope's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The scope, as text.
    pub scope: String,
    /// The server's epoch the number belongs to.
    pub epoch: u64,
    /// The last entry that was taken in.
    pub seq: u64,
}

impl Reader<'_> {
    /// The cursor of a scope.
    ///
    /// # Errors
    /// The store's.
    pub fn cursor(&self, scope: &str) -> Result<Option<Cursor>, StoreError> {
        let sql = "SELECT scope, epoch, seq FROM cursor WHERE scope = ?1";
        self.optional(sql, [scope], cursor)
    }

    /// All cursors, by scope.
    ///
    /// # Errors
    /// The store's.
    pub fn cursors(&self) -> Result<Vec<Cursor>, StoreError> {
        self.all(
            "SELECT scope, epoch, seq FROM cursor ORDER BY scope",
            [],
            cursor,
        )
    }
}

fn cursor(row: &rusqlite::Row<'_>) -> rusqlite::Result<Cursor> {
    Ok(Cursor {
        scope: row.get(0)?,
        epoch: u64_bits(row, 1)?,
        seq: u64_bits(row, 2)?,
    })
}

impl Tx<'_> {
    /// Writes a cursor, together with what the feed brought.
    ///
    /// # Errors
    /// A scope beyond its limit, or the store's.
    pub fn set_cursor(&self, cursor: &Cursor) -> Result<(), StoreError> {
        within("scope", cursor.scope.len(), SCOPE_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "INSERT INTO cursor (scope, epoch, seq) VALUES (?1, ?2, ?3)
             ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq",
            params![
                cursor.scope,
                cursor.epoch.cast_signed(),
                cursor.seq.cast_signed()
            ],
        )?;
        Ok(())
    }

    /// Forgets a scope this person no longer has; fine when there is none.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_cursor(&self, scope: &str) -> Result<(), StoreError> {
        self.execute(Topic::Sync, "DELETE FROM cursor WHERE scope = ?1", [scope])?;
        Ok(())
    }
}
