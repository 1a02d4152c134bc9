//! Changes, snapshots and quarantine in SQL.

use rusqlite::{Row, params};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};

use super::Session;
use super::values::{
    digest, document, first, heads, installation_if_any, joined, list, plain, rows, run, signed,
    time, unsigned,
};
use crate::store::rows::{ACTOR_BYTES, ChangeRow, QuarantineRow, SnapshotRow, StoredDocument};
use crate::store::{ReadDocuments, StoreError, WriteDocuments};

fn change(row: &Row<'_>) -> Result<ChangeRow, StoreError> {
    Ok(ChangeRow {
        hash: digest(row, "hash")?,
        arrival: unsigned(row, "arrival")?,
        actor: <[u8; ACTOR_BYTES]>::try_from(plain::<Vec<u8>>(row, "actor")?.as_slice())
            .map_err(|_| StoreError::Damaged { what: "actor" })?,
        sequence: unsigned(row, "sequence")?,
        operations: unsigned(row, "operations")?,
        installation: installation_if_any(row, "installation")?,
        signature: plain(row, "signature")?,
        bytes: plain(row, "bytes")?,
        received_at: time(row, "received_at")?,
    })
}

pub(super) fn quarantined(row: &Row<'_>) -> Result<QuarantineRow, StoreError> {
    Ok(QuarantineRow {
        document: document(row)?,
        hash: digest(row, "hash")?,
        installation: installation_if_any(row, "installation")?,
        code: plain(row, "code")?,
        reason: plain(row, "reason")?,
        bytes: plain(row, "bytes")?,
        at: time(row, "at")?,
    })
}

impl ReadDocuments for Session<'_> {
    fn document(&self, document: &DocumentId) -> Result<Option<StoredDocument>, StoreError> {
        let id = document.as_bytes().as_slice();
        // An aggregate without a group always answers; of no rows, with nothing.
        let last = first(
            self.0,
            "SELECT MAX(arrival) AS last FROM change WHERE document = ?1",
            [id],
            |row| plain::<Option<i64>>(row, "last"),
        )?;
        let Some(last) = last.flatten() else {
            return Ok(None);
        };
        let mut stored = StoredDocument {
            last_arrival: u64::try_from(last)
                .map_err(|_| StoreError::Damaged { what: "arrival" })?,
            ..StoredDocument::default()
        };
        stored.snapshot = first(
            self.0,
            "SELECT heads, upto_arrival, bytes FROM snapshot WHERE document = ?1",
            [id],
            |row| {
                Ok(SnapshotRow {
                    heads: heads(row)?,
                    upto_arrival: unsigned(row, "upto_arrival")?,
                    bytes: plain(row, "bytes")?,
                })
            },
        )?;
        stored.newer = self.changes(document, stored.covered().saturating_add(1), u64::MAX)?;
        Ok(Some(stored))
    }

    fn changes(
        &self,
        document: &DocumentId,
        from_arrival: u64,
        upto_arrival: u64,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        list(
            self.0,
            "SELECT hash, arrival, actor, sequence, operations, installation, signature, bytes, received_at \
             FROM change WHERE document = ?1 AND arrival BETWEEN ?2 AND ?3 ORDER BY arrival",
            params![
                document.as_bytes().as_slice(),
                signed(from_arrival),
                signed(upto_arrival)
            ],
            change,
        )
    }

    fn change(
        &self,
        document: &DocumentId,
        hash: &Digest,
    ) -> Result<Option<ChangeRow>, StoreError> {
        first(
            self.0,
            "SELECT hash, arrival, actor, sequence, operations, installation, signature, bytes, received_at \
             FROM change WHERE document = ?1 AND hash = ?2",
            [document.as_bytes().as_slice(), hash.as_bytes()],
            change,
        )
    }

    fn documents(
        &self,
        after: Option<&DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>, StoreError> {
        // Along the primary key. The first arrival of a document is 1 in its first edition alone.
        let after: &[u8] = after.map_or(&[], |id| id.as_bytes());
        list(
            self.0,
            "SELECT document FROM change WHERE document > ?1 GROUP BY document ORDER BY document LIMIT ?2",
            params![after, rows(limit)],
            document,
        )
    }

    fn has_quarantined(&self, document: &DocumentId) -> Result<bool, StoreError> {
        let found = first(
            self.0,
            "SELECT 1 AS found FROM quarantine WHERE document = ?1 LIMIT 1",
            [document.as_bytes().as_slice()],
            |row| plain::<i64>(row, "found"),
        )?;
        Ok(found.is_some())
    }

    fn quarantined(
        &self,
        document: &DocumentId,
        hash: &Digest,
    ) -> Result<Option<QuarantineRow>, StoreError> {
        first(
            self.0,
            "SELECT document, hash, installation, code, reason, bytes, at FROM quarantine \
             WHERE document = ?1 AND hash = ?2",
            [document.as_bytes().as_slice(), hash.as_bytes()],
            quarantined,
        )
    }

    fn quarantine_of(
        &self,
        installation: &InstallationId,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError> {
        list(
            self.0,
            "SELECT document, hash, installation, code, reason, bytes, at FROM quarantine \
             WHERE installation = ?1 ORDER BY at, document, hash LIMIT ?2",
            params![installation.as_bytes().as_slice(), rows(limit)],
            quarantined,
        )
    }
}

impl WriteDocuments for Session<'_> {
    fn append_changes(
        &mut self,
        document: &DocumentId,
        changes: &[ChangeRow],
    ) -> Result<(), StoreError> {
        for change in changes {
            run(
                self.0,
                "INSERT INTO change (document, arrival, hash, actor, sequence, operations, installation, \
                 signature, bytes, received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    document.as_bytes().as_slice(),
                    signed(change.arrival),
                    change.hash.as_bytes().as_slice(),
                    change.actor.as_slice(),
                    signed(change.sequence),
                    signed(change.operations),
                    change
                        .installation
                        .as_ref()
                        .map(|id| id.as_bytes().as_slice()),
                    change.signature,
                    change.bytes,
                    change.received_at.as_millis(),
                ],
            )?;
        }
        Ok(())
    }

    fn replace_snapshot(
        &mut self,
        document: &DocumentId,
        snapshot: &SnapshotRow,
    ) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO snapshot (document, heads, upto_arrival, bytes) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (document) DO UPDATE SET heads = excluded.heads, \
             upto_arrival = excluded.upto_arrival, bytes = excluded.bytes",
            params![
                document.as_bytes().as_slice(),
                joined(&snapshot.heads),
                signed(snapshot.upto_arrival),
                snapshot.bytes,
            ],
        )
        .map(drop)
    }

    fn quarantine(&mut self, row: &QuarantineRow) -> Result<bool, StoreError> {
        let added = run(
            self.0,
            "INSERT INTO quarantine (document, hash, installation, code, reason, bytes, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (document, hash) DO NOTHING",
            params![
                row.document.as_bytes().as_slice(),
                row.hash.as_bytes().as_slice(),
                row.installation.as_ref().map(|id| id.as_bytes().as_slice()),
                row.code,
                row.reason,
                row.bytes,
                row.at.as_millis(),
            ],
        )?;
        Ok(added > 0)
    }
}
