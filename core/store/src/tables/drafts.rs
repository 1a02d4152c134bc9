//! Drafts: saved at every step, as many as the worker likes. A draft is no document yet; it takes its id along.

use rusqlite::{Row, params};
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::DRAFT_BYTES_MAX;
use crate::tables::page::PageCursor;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, document_id, page_rows, timestamp, within};

/// A draft as it was last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id the case will have.
    pub id: DocumentId,
    /// What the facade wrote.
    pub content: Vec<u8>,
    /// When it was saved.
    pub updated_at: Timestamp,
}

impl Draft {
    /// Where the page after this one starts.
    pub fn cursor(&self) -> PageCursor {
        PageCursor {
            updated_at: self.updated_at,
            id: self.id,
        }
    }
}

fn draft(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: document_id(row, 0)?,
        content: row.get(1)?,
        updated_at: timestamp(row, 2)?,
    })
}

impl Reader<'_> {
    /// One draft.
    ///
    /// # Errors
    /// The store's.
    pub fn draft(&self, id: DocumentId) -> Result<Option<Draft>, StoreError> {
        let sql = "SELECT id, content, updated_at FROM draft WHERE id = ?1";
        self.optional(sql, [id.as_bytes()], draft)
    }

    /// A page of drafts, newest first.
    ///
    /// # Errors
    /// The store's.
    pub fn drafts(
        &self,
        after: Option<&PageCursor>,
        limit: usize,
    ) -> Result<Vec<Draft>, StoreError> {
        let (updated_at, id) = PageCursor::seek(after);
        self.all(
            include_str!("../sql/draft_page.sql"),
            params![updated_at, id, page_rows(limit)],
            draft,
        )
    }

    /// How many drafts there are.
    ///
    /// # Errors
    /// The store's.
    pub fn draft_count(&self) -> Result<u64, StoreError> {
        self.one("SELECT count(*) FROM draft", [], |row| count(row, 0))
    }
}

impl Tx<'_> {
    /// Saves a draft, new or known.
    ///
    /// # Errors
    /// Too large, or the store's.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), StoreError> {
        within("draft", draft.content.len(), DRAFT_BYTES_MAX)?;
        self.execute(
            Topic::Drafts,
            include_str!("../sql/save_draft.sql"),
            params![
                draft.id.as_bytes(),
                draft.content,
                draft.updated_at.as_millis()
            ],
        )?;
        Ok(())
    }

    /// Removes a draft, when it became a document or its author threw it away; fine when there is none. Its photos stay:
    /// the document has them now, and [`Tx::forget_draft_blobs`] lets go of a discarded draft's.
    ///
    /// # Errors
    /// The store's.
    pub fn delete_draft(&self, id: DocumentId) -> Result<(), StoreError> {
        self.execute(
            Topic::Drafts,
            "DELETE FROM draft WHERE id = ?1",
            [id.as_bytes()],
        )?;
        Ok(())
    }
}
