//! Editions in SQL.

use rusqlite::{Row, params};
use xunge_domain::case::TextErasureCause;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::scope::Scope;

use super::Session;
use super::values::{digest, document, first, list, plain, run, signed, text, time, unsigned};
use crate::store::{ReadEditions, StoreError, TextErasureRow, WriteEditions};

const DAMAGED: StoreError = StoreError::Damaged {
    what: "text erasure",
};

fn erasure(row: &Row<'_>) -> Result<TextErasureRow, StoreError> {
    Ok(TextErasureRow {
        line: unsigned(row, "line")?,
        document: document(row)?,
        edition: u32::try_from(unsigned(row, "edition")?).map_err(|_| DAMAGED)?,
        place: text(row, "place", "place of a text")?,
        cause: TextErasureCause::from_id(&plain::<String>(row, "cause")?).ok_or(DAMAGED)?,
        at: time(row, "at")?,
        who: plain(row, "who")?,
        reason: plain(row, "reason")?,
    })
}

impl ReadEditions for Session<'_> {
    fn has_former_changes(&self, document: &DocumentId) -> Result<bool, StoreError> {
        let found = first(
            self.0,
            "SELECT 1 AS found FROM former_change WHERE document = ?1 LIMIT 1",
            [document.as_bytes().as_slice()],
            |row| plain::<i64>(row, "found"),
        )?;
        Ok(found.is_some())
    }

    fn is_former_change(&self, document: &DocumentId, hash: &Digest) -> Result<bool, StoreError> {
        let found = first(
            self.0,
            "SELECT 1 AS found FROM former_change WHERE document = ?1 AND hash = ?2",
            [document.as_bytes().as_slice(), hash.as_bytes()],
            |row| plain::<i64>(row, "found"),
        )?;
        Ok(found.is_some())
    }

    fn former_changes(&self, document: &DocumentId) -> Result<Vec<Digest>, StoreError> {
        list(
            self.0,
            "SELECT hash FROM former_change WHERE document = ?1 ORDER BY hash",
            [document.as_bytes().as_slice()],
            |row| digest(row, "hash"),
        )
    }

    fn text_erasures(&self, document: &DocumentId) -> Result<Vec<TextErasureRow>, StoreError> {
        list(
            self.0,
            "SELECT line, document, edition, place, cause, at, who, reason FROM text_erasure \
             WHERE document = ?1 ORDER BY line",
            [document.as_bytes().as_slice()],
            erasure,
        )
    }

    fn void_packs(&self) -> Result<Vec<(Scope, u64)>, StoreError> {
        list(
            self.0,
            "SELECT scope, below FROM void_pack ORDER BY scope",
            [],
            |row| Ok((text(row, "scope", "scope")?, unsigned(row, "below")?)),
        )
    }

    fn void_below(&self, scope: &Scope) -> Result<u64, StoreError> {
        let below = first(
            self.0,
            "SELECT below FROM void_pack WHERE scope = ?1",
            [scope.to_string()],
            |row| unsigned(row, "below"),
        )?;
        Ok(below.unwrap_or(0))
    }
}

impl WriteEditions for Session<'_> {
    fn replace_changes(
        &mut self,
        document: &DocumentId,
        also_former: &[Digest],
    ) -> Result<(), StoreError> {
        let id = document.as_bytes().as_slice();
        for former in also_former {
            run(
                self.0,
                "INSERT INTO former_change (document, hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                [id, former.as_bytes()],
            )?;
        }
        for sql in [
            "INSERT INTO former_change (document, hash) \
             SELECT document, hash FROM change WHERE document = ?1 ON CONFLICT DO NOTHING",
            "DELETE FROM change WHERE document = ?1",
            "DELETE FROM snapshot WHERE document = ?1",
            "UPDATE quarantine SET bytes = x'' WHERE document = ?1",
        ] {
            run(self.0, sql, [id])?;
        }
        Ok(())
    }

    fn add_text_erasure(&mut self, row: &TextErasureRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO text_erasure (line, document, edition, place, cause, at, who, reason) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                signed(row.line),
                row.document.as_bytes().as_slice(),
                row.edition,
                row.place.to_string(),
                row.cause.id(),
                row.at.as_millis(),
                row.who,
                row.reason,
            ],
        )
        .map(drop)
    }

    fn void_packs_of(&mut self, document: &DocumentId) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO void_pack (scope, below) \
             SELECT scope, MAX(seq) FROM feed WHERE document = ?1 GROUP BY scope \
             ON CONFLICT (scope) DO UPDATE SET below = excluded.below",
            [document.as_bytes().as_slice()],
        )
        .map(drop)
    }
}
