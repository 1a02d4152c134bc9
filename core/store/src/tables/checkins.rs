//! What the lists show of each check-in, so that no document is opened to draw a list.

use rusqlite::{Row, params};
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::{CASE_TEXT_BYTES_MAX, CASE_VIEW_BYTES_MAX};
use crate::tables::page::PageCursor;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{document_id, page_rows, timestamp, within};

/// One check-in in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckinRow {
    /// Its document, which must be known.
    pub document: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// Title.
    pub title: String,
    /// State, by its id.
    pub state: String,
    /// The case it is about, where it is one.
    pub subject_case: Option<DocumentId>,
    /// When it last changed, as this device knows.
    pub updated_at: Timestamp,
    /// Everything else a list shows, encoded by the facade.
    pub view: Vec<u8>,
}

fn checkin(row: &Row<'_>) -> rusqlite::Result<CheckinRow> {
    let about: Option<Vec<u8>> = row.get(4)?;
    Ok(CheckinRow {
        document: document_id(row, 0)?,
        local_code: row.get(1)?,
        title: row.get(2)?,
        state: row.get(3)?,
        subject_case: match about {
            Some(_) => Some(document_id(row, 4)?),
            None => None,
        },
        updated_at: timestamp(row, 5)?,
        view: row.get(6)?,
    })
}

impl Reader<'_> {
    /// A page, last changed first.
    ///
    /// # Errors
    /// The store's.
    pub fn checkin_page(
        &self,
        after: Option<&PageCursor>,
        limit: usize,
    ) -> Result<Vec<CheckinRow>, StoreError> {
        let (updated_at, id) = PageCursor::seek(after);
        self.all(
            include_str!("../sql/checkin_page.sql"),
            params![updated_at, id, page_rows(limit)],
            checkin,
        )
    }

    /// The check-ins about a case, last changed first.
    ///
    /// # Errors
    /// The store's.
    pub fn checkins_of_case(
        &self,
        case: DocumentId,
        limit: usize,
    ) -> Result<Vec<CheckinRow>, StoreError> {
        self.all(
            include_str!("../sql/checkins_of_case.sql"),
            params![case.as_bytes(), page_rows(limit)],
            checkin,
        )
    }

    /// The check-in of this local code; of several the last changed.
    ///
    /// # Errors
    /// The store's.
    pub fn checkin_by_code(&self, local_code: &str) -> Result<Option<CheckinRow>, StoreError> {
        self.optional(
            include_str!("../sql/checkins_by_code.sql"),
            [local_code],
            checkin,
        )
    }
}

impl Tx<'_> {
    /// Writes a row, new or known.
    ///
    /// # Errors
    /// No such document, too large, or the store's.
    pub fn save_checkin_row(&self, row: &CheckinRow) -> Result<(), StoreError> {
        for text in [&row.local_code, &row.title, &row.state] {
            within("check-in text", text.len(), CASE_TEXT_BYTES_MAX)?;
        }
        within("check-in view", row.view.len(), CASE_VIEW_BYTES_MAX)?;
        if self.document(row.document)?.is_none() {
            return Err(StoreError::NotFound { what: "document" });
        }
        self.execute(
            Topic::Cases,
            include_str!("../sql/save_checkin_row.sql"),
            params![
                row.document.as_bytes(),
                row.local_code,
                row.title,
                row.state,
                row.subject_case.as_ref().map(|case| case.as_bytes()),
                row.updated_at.as_millis(),
                row.view,
            ],
        )?;
        Ok(())
    }
}
