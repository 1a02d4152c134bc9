//! Pages that start after a known row: steady while rows come and go, and as quick on the last page as on the first.

use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

/// The last row of the page before; lists run from the newest to the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageCursor {
    /// When that row was updated.
    pub updated_at: Timestamp,
    /// Which row it was.
    pub id: DocumentId,
}

impl PageCursor {
    /// The two columns to seek with; no cursor means before everything.
    pub(crate) fn seek(cursor: Option<&Self>) -> (i64, Vec<u8>) {
        match cursor {
            Some(cursor) => (cursor.updated_at.as_millis(), cursor.id.as_bytes().to_vec()),
            // 17 bytes of 0xff sort after every id, also for a row of the last millisecond there is.
            None => (i64::MAX, vec![0xff; 17]),
        }
    }
}
