//! What keeps the index of texts and that of places in step with the list rows. Both are made of the rows alone and can be
//! made anew from them.

use rusqlite::{Connection, Row, params};
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;

use crate::StoreError;
use crate::search_text;
use crate::tables::cases::CaseRow;
use crate::topics::Topic;
use crate::transaction::Tx;

/// What the indexes hold of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Indexed {
    pub(crate) number: i64,
    /// Code, number, title, class, address.
    texts: [Option<String>; 5],
    place: Option<Point>,
    ended: bool,
}

impl Indexed {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let place = match (row.get(6)?, row.get(7)?) {
            (Some(longitude_e7), Some(latitude_e7)) => Some(Point {
                longitude_e7,
                latitude_e7,
            }),
            _ => None,
        };
        Ok(Self {
            number: row.get(0)?,
            texts: [
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
            ],
            place,
            ended: row.get(8)?,
        })
    }

    /// Of a row that is to have this number.
    pub(crate) fn of(row: &CaseRow, number: i64) -> Self {
        Self {
            number,
            texts: [
                Some(row.local_code.clone()),
                row.case_no.clone(),
                Some(row.title.clone()),
                Some(row.class.clone()),
                Some(row.address.clone()),
            ],
            place: row.place,
            ended: row.has_ended(),
        }
    }

    fn pairs(&self) -> String {
        search_text::pairs(self.texts.iter().flatten().map(String::as_str))
    }
}

impl Tx<'_> {
    /// What the indexes hold of a case, where it has a row.
    pub(crate) fn indexed(&self, document: DocumentId) -> Result<Option<Indexed>, StoreError> {
        let sql = include_str!("../sql/indexed_of_case.sql");
        self.optional(sql, [document.as_bytes()], Indexed::read)
    }

    /// The first number that is free from `wanted` on.
    pub(crate) fn free_number(&self, wanted: i64) -> Result<i64, StoreError> {
        let taken = "SELECT 1 FROM case_row WHERE number = ?1";
        if self.optional(taken, [wanted], |_| Ok(()))?.is_none() {
            return Ok(wanted);
        }
        self.one(include_str!("../sql/free_number.sql"), [wanted], |row| {
            row.get(0)
        })
    }

    /// Brings the indexes to what a row holds now. What did not change is left alone: most writes of a row change neither
    /// its texts nor its place.
    pub(crate) fn index_case(
        &self,
        before: Option<&Indexed>,
        now: &Indexed,
    ) -> Result<(), StoreError> {
        if before.map(|before| &before.texts) != Some(&now.texts) {
            if before.is_some() {
                self.unindex_text(now.number)?;
            }
            self.execute(
                Topic::Cases,
                "INSERT INTO case_text (rowid, pairs) VALUES (?1, ?2)",
                params![now.number, now.pairs()],
            )?;
        }
        let place = |indexed: &Indexed| indexed.place.map(|place| (place, indexed.ended));
        let (was, is) = (before.and_then(place), place(now));
        if was != is {
            if was.is_some() {
                self.unindex_place(now.number)?;
            }
            if let Some((place, ended)) = is {
                self.execute(
                    Topic::Cases,
                    "INSERT INTO case_place VALUES (?1, ?2, ?2, ?3, ?3, ?4)",
                    params![now.number, place.longitude_e7, place.latitude_e7, ended],
                )?;
            }
        }
        Ok(())
    }

    /// Takes a case out of the indexes: before its row goes.
    pub(crate) fn unindex_case(&self, document: DocumentId) -> Result<(), StoreError> {
        if let Some(indexed) = self.indexed(document)? {
            self.unindex_text(indexed.number)?;
            self.unindex_place(indexed.number)?;
        }
        Ok(())
    }

    fn unindex_text(&self, number: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM case_text WHERE rowid = ?1";
        self.execute(Topic::Cases, sql, [number]).map(drop)
    }

    fn unindex_place(&self, number: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM case_place WHERE number = ?1";
        self.execute(Topic::Cases, sql, [number]).map(drop)
    }
}

/// Makes both indexes from the rows: of a store that had none yet, or that was salvaged. They must be empty.
pub(crate) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    let mut rows = connection.prepare(
        "SELECT number, local_code, case_no, title, class, address, longitude_e7, latitude_e7, ended FROM case_row",
    )?;
    let mut text = connection.prepare("INSERT INTO case_text (rowid, pairs) VALUES (?1, ?2)")?;
    let mut place = connection.prepare("INSERT INTO case_place VALUES (?1, ?2, ?2, ?3, ?3, ?4)")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let row = Indexed::read(row)?;
        text.execute(params![row.number, row.pairs()])?;
        if let Some(point) = row.place {
            place.execute(params![
                row.number,
                point.longitude_e7,
                point.latitude_e7,
                row.ended
            ])?;
        }
    }
    Ok(())
}

/// Writes the index of texts anew without what it still holds of texts that were changed or taken away.
pub(crate) fn forget_former_texts(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("INSERT INTO case_text (case_text) VALUES ('optimize')")
}
