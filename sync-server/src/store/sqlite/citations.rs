//! Citations in SQL.

use rusqlite::params;
use xunge_domain::ids::{Digest, DocumentId};

use super::Session;
use super::documents::quarantined;
use super::values::{first, list, rows, run};
use crate::store::rows::QuarantineRow;
use crate::store::{QuarantineCursor, ReadCitations, StoreError, WriteCitations};

/// Before the first row: no id is empty.
const START: (&[u8], &[u8]) = (&[], &[]);

fn place(after: Option<&QuarantineCursor>) -> (&[u8], &[u8]) {
    after.map_or(START, |(document, hash)| {
        (document.as_bytes(), hash.as_bytes())
    })
}

impl ReadCitations for Session<'_> {
    fn cites(&self, document: &DocumentId, sha256: &Digest) -> Result<bool, StoreError> {
        let found = first(
            self.0,
            "SELECT document FROM blob_citation WHERE sha256 = ?1 AND document = ?2",
            [sha256.as_bytes().as_slice(), document.as_bytes()],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    fn quarantine_after(
        &self,
        after: Option<&QuarantineCursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError> {
        let (document, hash) = place(after);
        list(
            self.0,
            "SELECT document, hash, installation, code, reason, bytes, at FROM quarantine \
             WHERE (document, hash) > (?1, ?2) ORDER BY document, hash LIMIT ?3",
            params![document, hash, rows(limit)],
            quarantined,
        )
    }

    fn unread_quarantine(
        &self,
        after: Option<&QuarantineCursor>,
        limit: usize,
    ) -> Result<Vec<QuarantineRow>, StoreError> {
        let (document, hash) = place(after);
        list(
            self.0,
            "SELECT quarantine.document, quarantine.hash, installation, code, reason, bytes, at \
             FROM unread_quarantine JOIN quarantine \
             ON quarantine.document = unread_quarantine.document AND quarantine.hash = unread_quarantine.hash \
             WHERE (unread_quarantine.document, unread_quarantine.hash) > (?1, ?2) \
             ORDER BY unread_quarantine.document, unread_quarantine.hash LIMIT ?3",
            params![document, hash, rows(limit)],
            quarantined,
        )
    }
}

impl WriteCitations for Session<'_> {
    fn cite_blobs(&mut self, document: &DocumentId, cited: &[Digest]) -> Result<(), StoreError> {
        for sha256 in cited {
            run(
                self.0,
                "INSERT INTO blob_citation (sha256, document) VALUES (?1, ?2) \
                 ON CONFLICT (sha256, document) DO NOTHING",
                [sha256.as_bytes().as_slice(), document.as_bytes()],
            )?;
        }
        Ok(())
    }

    fn note_unread(&mut self, document: &DocumentId, hash: &Digest) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO unread_quarantine (document, hash) VALUES (?1, ?2) \
             ON CONFLICT (document, hash) DO NOTHING",
            [document.as_bytes().as_slice(), hash.as_bytes()],
        )
        .map(drop)
    }
}
