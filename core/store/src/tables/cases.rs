//! What the lists show of each case, so that no document is opened to draw a list.

use rusqlite::types::Type;
use rusqlite::{Row, params};
use xunge_domain::case::Severity;
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;

use crate::StoreError;
use crate::limits::{CASE_TEXT_BYTES_MAX, CASE_VIEW_BYTES_MAX, SEARCH_CHARACTERS_MAX};
use crate::tables::page::PageCursor;
use crate::topics::Topic;
use crate::transaction::{Reader, Tx};
use crate::values::{count, document_id, page_rows, timestamp, within, wrong};

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
    /// When it last changed, as this device knows.
    pub updated_at: Timestamp,
    /// How much of it the server has not received.
    pub unsent: u32,
    /// Everything else a list shows, encoded by the facade.
    pub view: Vec<u8>,
}

/// A rectangle on the map, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundingBox {
    /// South-western corner.
    pub south_west: Point,
    /// North-eastern corner.
    pub north_east: Point,
}

impl CaseRow {
    /// Where the page after this one starts.
    pub fn cursor(&self) -> PageCursor {
        PageCursor {
            updated_at: self.updated_at,
            id: self.document,
        }
    }
}

fn case(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
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
    })
}

/// A pattern that finds `text` anywhere, its own wildcards taken literally.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
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

    /// A page, last changed first.
    ///
    /// # Errors
    /// The store's.
    pub fn case_page(
        &self,
        after: Option<&PageCursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let (updated_at, id) = PageCursor::seek(after);
        self.all(
            include_str!("../sql/case_page.sql"),
            params![updated_at, id, page_rows(limit)],
            case,
        )
    }

    /// A page of the cases whose title, class, address, code or number holds `text`, last changed first. Surrounding
    /// spaces do not count; no text at all finds everything.
    ///
    /// # Errors
    /// Too long a text, or the store's.
    pub fn search_cases(
        &self,
        text: &str,
        after: Option<&PageCursor>,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let text = text.trim();
        within("search text", text.chars().count(), SEARCH_CHARACTERS_MAX)?;
        let (updated_at, id) = PageCursor::seek(after);
        self.all(
            include_str!("../sql/search_cases.sql"),
            params![updated_at, id, page_rows(limit), pattern(text)],
            case,
        )
    }

    /// The cases inside a rectangle, last changed first.
    ///
    /// # Errors
    /// The store's.
    pub fn cases_near(&self, area: &BoundingBox, limit: usize) -> Result<Vec<CaseRow>, StoreError> {
        self.all(
            include_str!("../sql/cases_near.sql"),
            params![
                area.south_west.latitude_e7,
                area.north_east.latitude_e7,
                area.south_west.longitude_e7,
                area.north_east.longitude_e7,
                page_rows(limit),
            ],
            case,
        )
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
            ],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(pattern("100%_\\井盖"), "%100\\%\\_\\\\井盖%");
    }
}
