//! Personal data that this device keeps until the server has it. What stands in a record is no business of this crate.

use std::fmt;

use rusqlite::{Row, params};
use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
use xunge_domain::private::PrivateKind;
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::{PRIVATE_BYTES_MAX, REASON_BYTES_MAX};
use crate::tables::intents::Reason;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{array, count, document_id, integer, page_rows, timestamp, within, wrong};

/// A record that is being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPrivate<'a> {
    /// Its name.
    pub id: PrivateRecordId,
    /// The case, or the draft that becomes it.
    pub document: DocumentId,
    /// Whom it is about.
    pub subject: SubjectId,
    /// How people tell the subjects of a case apart.
    pub number: u8,
    /// What sort.
    pub kind: PrivateKind,
    /// Bytes of what it says.
    pub length: u64,
    /// The record as it is sent.
    pub content: &'a [u8],
    /// The device's clock.
    pub made_at: Timestamp,
}

/// A kept record.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateRow {
    /// Its place among those that were kept.
    pub arrival: u64,
    /// Its name.
    pub id: PrivateRecordId,
    /// The case, or the draft that becomes it.
    pub document: DocumentId,
    /// Whom it is about.
    pub subject: SubjectId,
    /// How people tell the subjects of a case apart.
    pub number: u8,
    /// What sort.
    pub kind: PrivateKind,
    /// Bytes of what it says.
    pub length: u64,
    /// The record as it is sent; `None` once it is not here any more.
    pub content: Option<Vec<u8>>,
    /// The device's clock.
    pub made_at: Timestamp,
    /// What became of it.
    pub state: PrivateState,
}

/// Without what it says.
impl fmt::Debug for PrivateRow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateRow")
            .field("id", &self.id)
            .field("document", &self.document)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What became of a kept record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrivateState {
    /// It is to be sent.
    Waiting,
    /// The server keeps it.
    Kept,
    /// The server will not, and said why.
    Refused(Reason),
}

const COLUMNS: &str = "arrival, id, document, subject, number, kind, length, content, made_at, state, reason_code, \
     reason_zh, reason_en";

fn record(row: &Row<'_>) -> rusqlite::Result<PrivateRow> {
    use rusqlite::types::Type;
    let kind: String = row.get(5)?;
    let state = match row.get(9)? {
        0 => PrivateState::Waiting,
        1 => PrivateState::Kept,
        2 => PrivateState::Refused(Reason {
            code: row.get(10)?,
            zh: row.get(11)?,
            en: row.get(12)?,
        }),
        _ => return Err(wrong(9, Type::Integer, "no state of a private record")),
    };
    Ok(PrivateRow {
        arrival: count(row, 0)?,
        id: PrivateRecordId::from_bytes(array(row, 1)?),
        document: document_id(row, 2)?,
        subject: SubjectId::from_bytes(array(row, 3)?),
        number: row.get(4)?,
        kind: PrivateKind::from_id(&kind).ok_or_else(|| wrong(5, Type::Text, "no kind"))?,
        length: count(row, 6)?,
        content: row.get(7)?,
        made_at: timestamp(row, 8)?,
        state,
    })
}

impl Reader<'_> {
    /// The records of a case or draft, oldest first.
    ///
    /// # Errors
    /// The store's.
    pub fn private_of(&self, document: DocumentId) -> Result<Vec<PrivateRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM private_record WHERE document = ?1 ORDER BY arrival");
        self.all(&sql, [document.as_bytes()], record)
    }

    /// A record.
    ///
    /// # Errors
    /// The store's.
    pub fn private_record(&self, id: PrivateRecordId) -> Result<Option<PrivateRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM private_record WHERE id = ?1");
        self.optional(&sql, [id.as_bytes()], record)
    }

    /// Records behind this place that may be sent: the server has the report of their case. 0 is before all.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting_private(
        &self,
        behind: u64,
        limit: usize,
    ) -> Result<Vec<PrivateRow>, StoreError> {
        self.all(
            include_str!("../sql/waiting_private.sql"),
            params![behind.cast_signed(), page_rows(limit)],
            record,
        )
    }

    /// How many records of a case the server keeps, and how many are to be sent.
    ///
    /// # Errors
    /// The store's.
    pub fn private_counts(&self, document: DocumentId) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 0) \
             FROM private_record WHERE document = ?1";
        self.one(sql, [document.as_bytes()], |row| {
            Ok((count(row, 0)?, count(row, 1)?))
        })
    }

    /// How many records the server does not keep yet.
    ///
    /// # Errors
    /// The store's.
    pub fn waiting_private_count(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM private_record WHERE state = 0";
        self.one(sql, [], |row| count(row, 0))
    }
}

impl Tx<'_> {
    /// Keeps a record to be sent.
    ///
    /// # Errors
    /// Larger than any record, or the store's.
    pub fn keep_private(&self, new: &NewPrivate<'_>) -> Result<(), StoreError> {
        within("private record", new.content.len(), PRIVATE_BYTES_MAX)?;
        self.execute(
            Topic::Sync,
            "INSERT INTO private_record (id, document, subject, number, kind, length, content, made_at, state) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
            params![
                new.id.as_bytes(),
                new.document.as_bytes(),
                new.subject.as_bytes(),
                new.number,
                new.kind.id(),
                integer("private record", new.length)?,
                new.content,
                new.made_at.as_millis()
            ],
        )?;
        Ok(())
    }

    /// The server keeps a record: what it says goes, that there was one stays. Fine when it is not here.
    ///
    /// # Errors
    /// The store's.
    pub fn private_kept(&self, id: PrivateRecordId) -> Result<(), StoreError> {
        self.execute(
            Topic::Sync,
            "UPDATE private_record SET state = 1, content = NULL WHERE id = ?1 AND state = 0",
            [id.as_bytes()],
        )?;
        Ok(())
    }

    /// The server will not keep a record. What it says stays for its author, unless `forget`. Fine when it is not here.
    ///
    /// # Errors
    /// The store's.
    pub fn private_refused(
        &self,
        id: PrivateRecordId,
        reason: &Reason,
        forget: bool,
    ) -> Result<(), StoreError> {
        for text in [&reason.code, &reason.zh, &reason.en] {
            within("reason", text.len(), REASON_BYTES_MAX)?;
        }
        self.execute(
            Topic::Sync,
            "UPDATE private_record SET state = 2, reason_code = ?2, reason_zh = ?3, reason_en = ?4, \
             content = CASE WHEN ?5 THEN NULL ELSE content END WHERE id = ?1 AND state = 0",
            params![id.as_bytes(), reason.code, reason.zh, reason.en, forget],
        )?;
        Ok(())
    }

    /// Lets go of a record that waits or was refused. Whether it was here.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_private(&self, id: PrivateRecordId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM private_record WHERE id = ?1 AND state <> 1";
        Ok(self.execute(Topic::Sync, sql, [id.as_bytes()])? > 0)
    }

    /// Lets go of all records of a draft that is thrown away.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_private_of(&self, draft: DocumentId) -> Result<(), StoreError> {
        let sql = "DELETE FROM private_record WHERE document = ?1 AND state = 0";
        self.execute(Topic::Sync, sql, [draft.as_bytes()])?;
        Ok(())
    }
}
