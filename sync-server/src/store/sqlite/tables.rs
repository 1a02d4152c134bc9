//! The city's tables in SQL.

use rusqlite::{Row, params};
use xunge_domain::tables::TableKind;

use super::Session;
use super::values::{digest, first, list, plain, rows, run, signed, text, time, unsigned};
use crate::store::{EditionRow, ReadTables, StoreError, TableRow, WriteTables};

fn edition(row: &Row<'_>) -> Result<EditionRow, StoreError> {
    Ok(EditionRow {
        kind: text(row, "kind", "table kind")?,
        number: unsigned(row, "number")?,
        edition: plain(row, "edition")?,
        effective_date: plain(row, "effective_date")?,
        rows: unsigned(row, "rows")?,
        sha256: digest(row, "sha256")?,
        imported_at: time(row, "imported_at")?,
        imported_by: plain(row, "imported_by")?,
    })
}

fn table_row(row: &Row<'_>) -> Result<TableRow, StoreError> {
    Ok(TableRow {
        key: plain(row, "key")?,
        part: plain(row, "part")?,
        content: plain(row, "content")?,
    })
}

impl ReadTables for Session<'_> {
    fn table_edition_on(
        &self,
        kind: TableKind,
        day: &str,
    ) -> Result<Option<EditionRow>, StoreError> {
        first(
            self.0,
            "SELECT kind, number, edition, effective_date, rows, sha256, imported_at, imported_by FROM table_edition \
             WHERE kind = ?1 AND effective_date <= ?2 ORDER BY effective_date DESC, number DESC LIMIT 1",
            [kind.id(), day],
            edition,
        )
    }

    fn table_editions(&self, kind: TableKind) -> Result<Vec<EditionRow>, StoreError> {
        list(
            self.0,
            "SELECT kind, number, edition, effective_date, rows, sha256, imported_at, imported_by FROM table_edition \
             WHERE kind = ?1 ORDER BY number",
            [kind.id()],
            edition,
        )
    }

    fn table_rows(
        &self,
        kind: TableKind,
        number: u64,
        after: &str,
        limit: usize,
    ) -> Result<Vec<TableRow>, StoreError> {
        list(
            self.0,
            "SELECT key, part, content FROM table_row \
             WHERE kind = ?1 AND key > ?2 AND since <= ?3 AND last >= ?3 ORDER BY key LIMIT ?4",
            params![kind.id(), after, signed(number), rows(limit)],
            table_row,
        )
    }

    fn table_rows_of(
        &self,
        kind: TableKind,
        number: u64,
        part: &str,
    ) -> Result<Vec<TableRow>, StoreError> {
        list(
            self.0,
            "SELECT key, part, content FROM table_row \
             WHERE kind = ?1 AND part = ?2 AND since <= ?3 AND last >= ?3 ORDER BY key",
            params![kind.id(), part, signed(number)],
            table_row,
        )
    }

    fn table_row(
        &self,
        kind: TableKind,
        number: u64,
        key: &str,
    ) -> Result<Option<TableRow>, StoreError> {
        first(
            self.0,
            "SELECT key, part, content FROM table_row \
             WHERE kind = ?1 AND key = ?2 AND since <= ?3 AND last >= ?3",
            params![kind.id(), key, signed(number)],
            table_row,
        )
    }
}

impl WriteTables for Session<'_> {
    fn add_table_edition(&mut self, row: &EditionRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO table_edition (kind, number, edition, effective_date, rows, sha256, imported_at, imported_by) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                row.kind.id(),
                signed(row.number),
                row.edition,
                row.effective_date,
                signed(row.rows),
                row.sha256.as_bytes().as_slice(),
                row.imported_at.as_millis(),
                row.imported_by,
            ],
        )
        .map(drop)
    }

    fn add_table_rows(
        &mut self,
        kind: TableKind,
        number: u64,
        rows: &[TableRow],
    ) -> Result<(), StoreError> {
        let goes_on = number > 1;
        for row in rows {
            let (key, part, content) = (&row.key, &row.part, &row.content);
            let number = signed(number);
            let as_before = goes_on
                && run(
                    self.0,
                    "UPDATE table_row SET last = ?3 \
                     WHERE kind = ?1 AND key = ?2 AND last = ?3 - 1 AND part = ?4 AND content = ?5",
                    params![kind.id(), key, number, part, content],
                )? > 0;
            if as_before {
                continue;
            }
            let added = run(
                self.0,
                "INSERT INTO table_row (kind, key, since, last, part, content) \
                 SELECT ?1, ?2, ?3, ?3, ?4, ?5 WHERE NOT EXISTS \
                 (SELECT 1 FROM table_row WHERE kind = ?1 AND key = ?2 AND last >= ?3)",
                params![kind.id(), key, number, part, content],
            )?;
            if added == 0 {
                return Err(StoreError::Conflict(format!("{kind}: {key} stands twice")));
            }
        }
        Ok(())
    }
}
