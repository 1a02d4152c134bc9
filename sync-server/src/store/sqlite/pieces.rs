//! Pieces in SQL.

use rusqlite::{Row, params};
use xunge_domain::case::{ActionName, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, PersonId};
use xunge_domain::time::Timestamp;
use xunge_evidence::record::Uptime;
use xunge_evidence::risk::{Piece, PieceId, Place, Sealed};

use super::Session;
use super::values::{
    digest_if_any, document, first, list, plain, rows, run, signed, text, time, time_if_any,
    unsigned,
};
use crate::store::{PieceRow, ReadPieces, StoreError, WaitingDocument, WritePieces};

const COLUMNS: &str = "document, intent, person, purpose, original, action, looked, look, \
     installation, at, not_before, received_at, boot, uptime_millis, \
     longitude_e7, latitude_e7, accuracy_metres, fixes, mocked";

const DAMAGED: StoreError = StoreError::Damaged { what: "piece" };

pub(super) fn piece_id(row: &Row<'_>) -> Result<PieceId, StoreError> {
    let intent = plain::<Vec<u8>>(row, "intent")?;
    Ok(PieceId {
        document: document(row)?,
        intent: IntentId::from_slice(&intent).map_err(|_| DAMAGED)?,
    })
}

fn sealed(row: &Row<'_>) -> Result<Sealed, StoreError> {
    let word = |column| plain::<Option<String>>(row, column);
    let purpose = word("purpose")?.map(|id| PhotoPurpose::from_id(&id).ok_or(DAMAGED));
    let action = word("action")?.map(|id| ActionName::from_id(&id).ok_or(DAMAGED));
    let look = plain::<Option<i64>>(row, "look")?.map(i64::cast_unsigned);
    match (purpose, digest_if_any(row, "original")?, action) {
        (Some(purpose), Some(original), None) => Ok(Sealed::Photo {
            purpose: purpose?,
            original,
            look,
        }),
        (None, None, Some(action)) => Ok(Sealed::Action(action?)),
        _ => Err(DAMAGED),
    }
}

fn uptime(row: &Row<'_>) -> Result<Option<Uptime>, StoreError> {
    let boot = plain::<Option<[u8; 16]>>(row, "boot")?;
    let millis = plain::<Option<i64>>(row, "uptime_millis")?;
    let uptime = boot.zip(millis).map(|(boot, millis)| Uptime {
        boot: boot.into(),
        millis: millis.cast_unsigned(),
    });
    Ok(uptime)
}

fn place(row: &Row<'_>) -> Result<Option<Place>, StoreError> {
    let number = |column| plain::<Option<i32>>(row, column);
    let point = number("longitude_e7")?.zip(number("latitude_e7")?);
    let accuracy_metres = plain::<Option<u32>>(row, "accuracy_metres")?;
    Ok(point.map(|(longitude_e7, latitude_e7)| Place {
        point: Point {
            longitude_e7,
            latitude_e7,
        },
        accuracy_metres,
    }))
}

fn piece(row: &Row<'_>) -> Result<PieceRow, StoreError> {
    let installation = plain::<[u8; 16]>(row, "installation")?;
    Ok(PieceRow {
        piece: Piece {
            id: piece_id(row)?,
            author: text(row, "person", "person id")?,
            sealed: sealed(row)?,
            installation: InstallationId::from_bytes(installation),
            at: time(row, "at")?,
            not_before: time_if_any(row, "not_before")?,
            received_at: time(row, "received_at")?,
            uptime: uptime(row)?,
            place: place(row)?,
            fixes: plain(row, "fixes")?,
            mocked: plain(row, "mocked")?,
        },
        looked: plain(row, "looked")?,
    })
}

impl ReadPieces for Session<'_> {
    fn waiting_documents(&self, limit: usize) -> Result<Vec<WaitingDocument>, StoreError> {
        list(
            self.0,
            "SELECT document, noted FROM examination WHERE noted > examined ORDER BY document LIMIT ?1",
            [rows(limit)],
            |row| {
                Ok(WaitingDocument {
                    document: document(row)?,
                    noted: unsigned(row, "noted")?,
                })
            },
        )
    }

    fn piece(&self, id: &PieceId) -> Result<Option<PieceRow>, StoreError> {
        first(
            self.0,
            &format!("SELECT {COLUMNS} FROM piece WHERE document = ?1 AND intent = ?2"),
            [
                id.document.as_bytes().as_slice(),
                id.intent.as_bytes().as_slice(),
            ],
            piece,
        )
    }

    fn pieces_of_person(
        &self,
        person: &PersonId,
        limit: usize,
    ) -> Result<Vec<PieceRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM piece WHERE person = ?1 \
                 ORDER BY received_at DESC, at DESC, document, intent LIMIT ?2"
            ),
            params![person.as_str(), rows(limit)],
            piece,
        )
    }

    fn pieces_of_original(
        &self,
        original: &Digest,
        limit: usize,
    ) -> Result<Vec<PieceRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM piece WHERE original = ?1 ORDER BY document, intent LIMIT ?2"
            ),
            params![original.as_bytes().as_slice(), rows(limit)],
            piece,
        )
    }

    fn looks_since(
        &self,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<(PieceId, u64)>, StoreError> {
        // Beyond what other lists answer, because the number is the whole point of it.
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        list(
            self.0,
            "SELECT document, intent, look FROM piece WHERE received_at >= ?1 AND look IS NOT NULL \
             ORDER BY received_at DESC LIMIT ?2",
            params![since.as_millis(), limit],
            |row| Ok((piece_id(row)?, plain::<i64>(row, "look")?.cast_unsigned())),
        )
    }

    fn looks_of(&self, document: &DocumentId) -> Result<Vec<u64>, StoreError> {
        list(
            self.0,
            "SELECT DISTINCT look FROM piece WHERE document = ?1 AND look IS NOT NULL ORDER BY look",
            [document.as_bytes().as_slice()],
            |row| Ok(plain::<i64>(row, "look")?.cast_unsigned()),
        )
    }
}

impl WritePieces for Session<'_> {
    fn note_examination(&mut self, document: &DocumentId) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO examination (document, noted, examined) VALUES (?1, 1, 0) \
             ON CONFLICT (document) DO UPDATE SET noted = examination.noted + 1",
            [document.as_bytes().as_slice()],
        )
        .map(drop)
    }

    fn note_examination_of_citing(
        &mut self,
        sha256: &Digest,
        limit: usize,
    ) -> Result<(), StoreError> {
        let citing = list(
            self.0,
            "SELECT document FROM blob_citation WHERE sha256 = ?1 ORDER BY document LIMIT ?2",
            params![sha256.as_bytes().as_slice(), rows(limit)],
            document,
        )?;
        citing.iter().try_for_each(|id| self.note_examination(id))
    }

    fn note_examined(&mut self, waiting: &WaitingDocument) -> Result<(), StoreError> {
        run(
            self.0,
            "UPDATE examination SET examined = ?2 WHERE document = ?1 AND examined < ?2",
            params![
                waiting.document.as_bytes().as_slice(),
                signed(waiting.noted)
            ],
        )
        .map(drop)
    }

    fn put_piece(&mut self, row: &PieceRow) -> Result<(), StoreError> {
        let piece = &row.piece;
        let (purpose, original, look, action) = match &piece.sealed {
            Sealed::Photo {
                purpose,
                original,
                look,
            } => (
                Some(purpose.id()),
                Some(original.as_bytes().as_slice()),
                look.map(u64::cast_signed),
                None,
            ),
            Sealed::Action(name) => (None, None, None, Some(name.id())),
        };
        run(
            self.0,
            "INSERT INTO piece (document, intent, person, purpose, original, action, looked, look, \
             installation, at, not_before, received_at, boot, uptime_millis, longitude_e7, latitude_e7, \
             accuracy_metres, fixes, mocked) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) \
             ON CONFLICT (document, intent) DO UPDATE SET looked = excluded.looked, look = excluded.look",
            params![
                piece.id.document.as_bytes().as_slice(),
                piece.id.intent.as_bytes().as_slice(),
                piece.author.as_str(),
                purpose,
                original,
                action,
                row.looked,
                look,
                piece.installation.as_bytes().as_slice(),
                piece.at.as_millis(),
                piece.not_before.map(Timestamp::as_millis),
                piece.received_at.as_millis(),
                piece.uptime.map(|uptime| uptime.boot.to_vec()),
                piece.uptime.map(|uptime| uptime.millis.cast_signed()),
                piece.place.map(|place| place.point.longitude_e7),
                piece.place.map(|place| place.point.latitude_e7),
                piece.place.and_then(|place| place.accuracy_metres),
                piece.fixes,
                piece.mocked,
            ],
        )
        .map(drop)
    }

    fn forget_pieces(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        run(
            self.0,
            "DELETE FROM piece WHERE received_at < ?1",
            [before.as_millis()],
        )
    }
}
