//! What the lists show of each case, so that no document is opened to draw a list.

use rusqlite::types::Type;
use rusqlite::{Row, params};
use xunge_domain::case::{CaseState, Severity};
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::{CASE_TEXT_BYTES_MAX, CASE_VIEW_BYTES_MAX};
use crate::tables::case_filter::CaseFilter;
use crate::tables::case_index::Indexed;
use crate::tables::page::PageCursor;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, document_id, page_rows, timestamp, within, wrong};

/// Numbers are looked for up from here, so that there is always a free one behind.
const WANTED_NUMBER_MAX: i64 = 1 << 62;

/// One case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its document, which must be known.
    pub document: DocumentId,
    /// What people say over the phone.
    pub local_code: String,
    /// The number the server gave, when it did.
    pub case_no: Option<String>,
    /// Title.
    pub title: String,
    /// Class, as text to show and search.
    pub class: String,
    /// State, by its id.
    pub state: String,
    /// Severity.
    pub severity: Severity,
    /// Address.
    pub address: String,
    /// Where it is.
    pub place: Option<Point>,
    /// When it was reported, as this device first knew: a search finds the last reported first.
    pub reported_at: Timestamp,
    /// When it last changed, as this device knows.
    pub updated_at: Timestamp,
    /// How much of it the server has not received.
    pub unsent: u32,
    /// Everything else a list shows, encoded by the facade.
    pub view: Vec<u8>,
}

impl CaseRow {
    /// Where the page after this one starts.
    pub fn cursor(&self) -> PageCursor {
        PageCursor {
            updated_at: self.updated_at,
            id: self.document,
        }
    }

    /// Whether its state is an end.
    pub(crate) fn has_ended(&self) -> bool {
        CaseState::from_id(&self.state).is_some_and(CaseState::is_final)
    }
}

pub(crate) fn case(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    let severity: String = row.get(6)?;
    let place = match (row.get(8)?, row.get(9)?) {
        (Some(longitude_e7), Some(latitude_e7)) => Some(Point {
            longitude_e7,
            latitude_e7,
        }),
        _ => None,
    };
    Ok(CaseRow {
        document: document_id(row, 0)?,
        local_code: row.get(1)?,
        case_no: row.get(2)?,
        title: row.get(3)?,
        class: row.get(4)?,
        state: row.get(5)?,
        severity: Severity::from_id(&severity)
            .ok_or_else(|| wrong(6, Type::Text, "no severity"))?,
        address: row.get(7)?,
        place,
        updated_at: timestamp(row, 10)?,
        unsent: row.get(11)?,
        view: row.get(12)?,
        reported_at: timestamp(row, 13)?,
    })
}

impl Reader<'_> {
    /// One row.
    ///
    /// # Errors
    /// The store's.
    pub fn case_row(&self, document: DocumentId) -> Result<Option<CaseRow>, StoreError> {
        self.optional(
            include_str!("../sql/case_row.sql"),
            [document.as_bytes()],
            case,
        )
    }

    /// A page of the cases of a filter, last changed first.
    ///
    /// # Errors
    /// The store's.
    pub fn case_page(
        &self,
        filter: CaseFilter,
        after: Option<&PageCursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let (updated_at, id) = PageCursor::seek(after);
        let limit = page_rows(limit);
        let page = params![updated_at, id, limit];
        match filter {
            CaseFilter::All => self.all(include_str!("../sql/case_page.sql"), page, case),
            CaseFilter::Unsent => self.all(include_str!("../sql/case_page_unsent.sql"), page, case),
            CaseFilter::Open | CaseFilter::Ended => self.all(
                include_str!("../sql/case_page_by_end.sql"),
                params![updated_at, id, limit, filter.ended()],
                case,
            ),
        }
    }

    /// How many cases there are.
    ///
    /// # Errors
    /// The store's.
    pub fn case_count(&self) -> Result<u64, StoreError> {
        self.one("SELECT count(*) FROM case_row", [], |row| count(row, 0))
    }
}

impl Tx<'_> {
    /// Counts anew how much of a case the server has not received; fine when it has no row.
    ///
    /// # Errors
    /// The store's.
    pub fn renew_unsent(&self, document: DocumentId) -> Result<(), StoreError> {
        self.execute(
            Topic::Cases,
            "UPDATE case_row SET unsent = (
               SELECT count(*) FROM change WHERE change.document = case_row.document AND state = 0)
             WHERE document = ?1",
            [document.as_bytes()],
        )?;
        Ok(())
    }

    /// Writes a row, new or known.
    ///
    /// # Errors
    /// No such document, too large, or the store's.
    pub fn save_case_row(&self, row: &CaseRow) -> Result<(), StoreError> {
        for text in [
            &row.local_code,
            &row.title,
            &row.class,
            &row.state,
            &row.address,
        ] {
            within("case text", text.len(), CASE_TEXT_BYTES_MAX)?;
        }
        within(
            "case text",
            row.case_no.as_ref().map_or(0, String::len),
            CASE_TEXT_BYTES_MAX,
        )?;
        within("case view", row.view.len(), CASE_VIEW_BYTES_MAX)?;
        if self.document(row.document)?.is_none() {
            return Err(StoreError::NotFound { what: "document" });
        }
        let before = self.indexed(row.document)?;
        let number = match &before {
            Some(before) => before.number,
            None => self.free_number(row.reported_at.as_millis().clamp(0, WANTED_NUMBER_MAX))?,
        };
        self.execute(
            Topic::Cases,
            include_str!("../sql/save_case_row.sql"),
            params![
                row.document.as_bytes(),
                row.local_code,
                row.case_no,
                row.title,
                row.class,
                row.state,
                row.severity.id(),
                row.address,
                row.place.map(|place| place.longitude_e7),
                row.place.map(|place| place.latitude_e7),
                row.updated_at.as_millis(),
                row.unsent,
                row.view,
                row.reported_at.as_millis(),
                row.has_ended(),
                number,
            ],
        )?;
        self.index_case(before.as_ref(), &Indexed::of(row, number))
    }
}
