//! Personal data in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{DocumentId, PrivateRecordId, SubjectId};
use xunge_domain::private::{Erasure, ErasureCause, PrivateKind};
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{
    document, first, list, plain, rows, run, signed, text, time, time_if_any, unsigned,
};
use crate::store::{
    PrivateRow, ReadPrivate, StoreError, SubjectRow, WRAPPED_KEY_BYTES, WritePrivate,
};

const SUBJECT: &str = "id, document, created_at, retain_until, erased_at, cause, reason";
const RECORD: &str = "id, document, subject, number, kind, author, made_at, received_at, length";

const fn damaged(what: &'static str) -> StoreError {
    StoreError::Damaged { what }
}

fn subject_id(row: &Row<'_>, column: &str) -> Result<SubjectId, StoreError> {
    SubjectId::from_slice(&plain::<Vec<u8>>(row, column)?).map_err(|_| damaged("subject id"))
}

fn subject(row: &Row<'_>) -> Result<SubjectRow, StoreError> {
    let erased = match time_if_any(row, "erased_at")? {
        None => None,
        Some(at) => Some(Erasure {
            at,
            cause: ErasureCause::from_id(&plain::<String>(row, "cause")?)
                .ok_or_else(|| damaged("erasure"))?,
            reason: plain(row, "reason")?,
        }),
    };
    Ok(SubjectRow {
        id: subject_id(row, "id")?,
        document: document(row)?,
        created_at: time(row, "created_at")?,
        retain_until: time(row, "retain_until")?,
        erased,
    })
}

fn record(row: &Row<'_>) -> Result<PrivateRow, StoreError> {
    let id = plain::<Vec<u8>>(row, "id")?;
    Ok(PrivateRow {
        id: PrivateRecordId::from_slice(&id).map_err(|_| damaged("private record id"))?,
        document: document(row)?,
        subject: subject_id(row, "subject")?,
        number: u8::try_from(unsigned(row, "number")?).map_err(|_| damaged("subject number"))?,
        kind: PrivateKind::from_id(&plain::<String>(row, "kind")?)
            .ok_or_else(|| damaged("private kind"))?,
        author: text(row, "author", "person id")?,
        made_at: time(row, "made_at")?,
        received_at: time(row, "received_at")?,
        length: unsigned(row, "length")?,
    })
}

impl ReadPrivate for Session<'_> {
    fn subject(&self, id: &SubjectId) -> Result<Option<SubjectRow>, StoreError> {
        let sql = format!("SELECT {SUBJECT} FROM subject WHERE id = ?1");
        first(self.0, &sql, [id.as_bytes().as_slice()], subject)
    }

    fn subject_key(&self, id: &SubjectId) -> Result<Option<[u8; WRAPPED_KEY_BYTES]>, StoreError> {
        first(
            self.0,
            "SELECT wrapped FROM subject_key WHERE place = \
             (SELECT place FROM subject WHERE id = ?1 AND erased_at IS NULL)",
            [id.as_bytes().as_slice()],
            |row| {
                let wrapped = plain::<Vec<u8>>(row, "wrapped")?;
                wrapped.try_into().map_err(|_| damaged("subject key"))
            },
        )
    }

    fn subjects_of(&self, document: &DocumentId) -> Result<Vec<SubjectRow>, StoreError> {
        list(
            self.0,
            &format!("SELECT {SUBJECT} FROM subject WHERE document = ?1 ORDER BY created_at, id"),
            [document.as_bytes().as_slice()],
            subject,
        )
    }

    fn expired_subjects(
        &self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<SubjectRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {SUBJECT} FROM subject WHERE erased_at IS NULL AND retain_until <= ?1 \
                 ORDER BY retain_until LIMIT ?2"
            ),
            params![now.as_millis(), rows(limit)],
            subject,
        )
    }

    fn any_subject_key(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM subject WHERE erased_at IS NULL) AS any_key";
        let found = first(self.0, sql, [], |row| plain::<bool>(row, "any_key"))?;
        Ok(found == Some(true))
    }

    fn private_record(&self, id: &PrivateRecordId) -> Result<Option<PrivateRow>, StoreError> {
        let sql = format!("SELECT {RECORD} FROM private_record WHERE id = ?1");
        first(self.0, &sql, [id.as_bytes().as_slice()], record)
    }

    fn private_records(&self, document: &DocumentId) -> Result<Vec<PrivateRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {RECORD} FROM private_record WHERE document = ?1 ORDER BY received_at, made_at, id"
            ),
            [document.as_bytes().as_slice()],
            record,
        )
    }

    fn private_ciphertext(&self, id: &PrivateRecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT ciphertext FROM private_record WHERE id = ?1";
        first(self.0, sql, [id.as_bytes().as_slice()], |row| {
            plain(row, "ciphertext")
        })
    }
}

impl WritePrivate for Session<'_> {
    fn add_subject(
        &mut self,
        row: &SubjectRow,
        wrapped: &[u8; WRAPPED_KEY_BYTES],
    ) -> Result<(), StoreError> {
        securely(self, |session| add(session, row, wrapped))
    }

    fn retain_subject(&mut self, id: &SubjectId, until: Timestamp) -> Result<(), StoreError> {
        run(
            self.0,
            "UPDATE subject SET retain_until = ?2 WHERE id = ?1 AND retain_until < ?2",
            params![id.as_bytes().as_slice(), until.as_millis()],
        )
        .map(drop)
    }

    fn add_private_record(
        &mut self,
        row: &PrivateRow,
        ciphertext: &[u8],
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO private_record \
             (id, document, subject, number, kind, author, made_at, received_at, length, ciphertext) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                row.id.as_bytes().as_slice(),
                row.document.as_bytes().as_slice(),
                row.subject.as_bytes().as_slice(),
                row.number,
                row.kind.id(),
                row.author.as_str(),
                row.made_at.as_millis(),
                row.received_at.as_millis(),
                signed(row.length),
                ciphertext,
            ],
        )
        .map(drop)
    }

    fn erase_subject(&mut self, id: &SubjectId, erasure: &Erasure) -> Result<bool, StoreError> {
        securely(self, |session| erase(session, id, erasure))
    }
}

/// Runs statements that touch keys: what they free or move is overwritten, the page that a table outgrows with it. Not on for
/// all others, which would write each page that they free once more.
fn securely<Answer>(
    session: &Session<'_>,
    work: impl FnOnce(&Session<'_>) -> Result<Answer, StoreError>,
) -> Result<Answer, StoreError> {
    session.0.pragma_update(None, "secure_delete", "ON")?;
    let done = work(session);
    session.0.pragma_update(None, "secure_delete", "OFF")?;
    done
}

fn add(
    session: &Session<'_>,
    row: &SubjectRow,
    wrapped: &[u8; WRAPPED_KEY_BYTES],
) -> Result<(), StoreError> {
    // The next place behind all: nothing that is there moves.
    let place = first(
        session.0,
        "INSERT INTO subject_key (place, wrapped) \
         VALUES ((SELECT coalesce(max(place), 0) + 1 FROM subject_key), ?1) RETURNING place",
        [wrapped.as_slice()],
        |row| unsigned(row, "place"),
    )?;
    let erased = row.erased.as_ref();
    run(
        session.0,
        "INSERT INTO subject (id, document, place, created_at, retain_until, erased_at, cause, reason) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            row.id.as_bytes().as_slice(),
            row.document.as_bytes().as_slice(),
            signed(place.ok_or_else(|| damaged("subject key"))?),
            row.created_at.as_millis(),
            row.retain_until.as_millis(),
            erased.map(|erased| erased.at.as_millis()),
            erased.map(|erased| erased.cause.id()),
            erased.map(|erased| erased.reason.as_str()),
        ],
    )
    .map(drop)
}

fn erase(session: &Session<'_>, id: &SubjectId, erasure: &Erasure) -> Result<bool, StoreError> {
    let id = id.as_bytes().as_slice();
    // As long as what it replaces, so that it takes its very place in the page.
    run(
        session.0,
        "UPDATE subject_key SET wrapped = zeroblob(48) WHERE place = \
         (SELECT place FROM subject WHERE id = ?1 AND erased_at IS NULL)",
        [id],
    )?;
    let erased = run(
        session.0,
        "UPDATE subject SET erased_at = ?2, cause = ?3, reason = ?4 \
         WHERE id = ?1 AND erased_at IS NULL",
        params![
            id,
            erasure.at.as_millis(),
            erasure.cause.id(),
            erasure.reason
        ],
    )?;
    if erased > 0 {
        run(
            session.0,
            "UPDATE private_record SET ciphertext = x'' WHERE subject = ?1",
            [id],
        )?;
    }
    Ok(erased > 0)
}
