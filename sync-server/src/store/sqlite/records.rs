//! Records in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{DocumentId, InstallationId, IntentId};
use xunge_domain::time::Timestamp;

use super::Session;
use super::values::{
    digest, digest_if_any, document, list, plain, rows, run, signed, time, unsigned,
};
use crate::store::RecordRow;
use crate::store::{ReadRecords, StoreError, WriteRecords};

const COLUMNS: &str = "document, intent, name, installation, seq, previous, received_at, line";

fn record(row: &Row<'_>) -> Result<RecordRow, StoreError> {
    let damaged = |_| StoreError::Damaged { what: "record" };
    let bytes = |column| plain::<Vec<u8>>(row, column);
    Ok(RecordRow {
        document: document(row)?,
        intent: IntentId::from_slice(&bytes("intent")?).map_err(damaged)?,
        name: digest(row, "name")?,
        installation: InstallationId::from_slice(&bytes("installation")?).map_err(damaged)?,
        seq: unsigned(row, "seq")?,
        previous: digest_if_any(row, "previous")?,
        received_at: time(row, "received_at")?,
        line: unsigned(row, "line")?,
    })
}

impl ReadRecords for Session<'_> {
    fn records(&self, document: &DocumentId) -> Result<Vec<RecordRow>, StoreError> {
        list(
            self.0,
            &format!("SELECT {COLUMNS} FROM record WHERE document = ?1 ORDER BY intent"),
            [document.as_bytes().as_slice()],
            record,
        )
    }

    fn chain(
        &self,
        installation: &InstallationId,
        (from, to): (u64, u64),
        limit: usize,
    ) -> Result<Vec<RecordRow>, StoreError> {
        list(
            self.0,
            &format!(
                "SELECT {COLUMNS} FROM record WHERE installation = ?1 AND seq BETWEEN ?2 AND ?3 \
                 ORDER BY seq, name LIMIT ?4"
            ),
            params![
                installation.as_bytes().as_slice(),
                signed(from),
                signed(to),
                rows(limit),
            ],
            record,
        )
    }

    fn documents_with_records(
        &self,
        (from, until): (Timestamp, Timestamp),
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>, StoreError> {
        let after: &[u8] = after.map_or(&[], |id| id.as_bytes());
        list(
            self.0,
            "SELECT DISTINCT document FROM record WHERE received_at >= ?1 AND received_at < ?2 \
             AND document > ?3 ORDER BY document LIMIT ?4",
            params![from.as_millis(), until.as_millis(), after, rows(limit)],
            document,
        )
    }
}

impl WriteRecords for Session<'_> {
    fn note_record(&mut self, row: &RecordRow) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO record (document, intent, name, installation, seq, previous, received_at, line) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (document, intent) DO NOTHING",
            params![
                row.document.as_bytes().as_slice(),
                row.intent.as_bytes().as_slice(),
                row.name.as_bytes().as_slice(),
                row.installation.as_bytes().as_slice(),
                signed(row.seq),
                row.previous.as_ref().map(|previous| previous.as_bytes().as_slice()),
                row.received_at.as_millis(),
                signed(row.line),
            ],
        )
        .map(drop)
    }
}
