//! The case list: from projection rows, no document is opened.

use xunge_domain::case::CaseState;
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_store::{CaseFilter, CaseRow, PageCursor, Reader};

use crate::app::FieldApp;
use crate::cases::clocks::listed_anew;
use crate::error::FieldError;
use crate::projection::ListDetail;
use crate::sealing::hub_now;
use crate::sync::status::delivery;
use crate::tables::Tables;
use crate::views::{CaseListItem, Delivery};

/// How far "near" goes.
const NEAR_METRES: u32 = 1_000;

impl FieldApp {
    /// A page of cases, last changed first; `after` is the last one of the page before. ≤ 5 ms for 50 rows of 100,000.
    ///
    /// # Errors
    /// The store's.
    pub fn cases(
        &self,
        after: Option<(Timestamp, DocumentId)>,
        limit: usize,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.filtered_cases(CaseFilter::All, after, limit)
    }

    /// [`Self::cases`] of a filter.
    ///
    /// # Errors
    /// The store's.
    pub fn filtered_cases(
        &self,
        filter: CaseFilter,
        after: Option<(Timestamp, DocumentId)>,
        limit: usize,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        let after = after.map(|(updated_at, id)| PageCursor { updated_at, id });
        self.rows(|reader| reader.case_page(filter, after.as_ref(), limit))
    }

    /// Cases in which every word of `text` stands, in the title, class, address, code or number; last reported first. `after`
    /// is the last one of the page before. A few milliseconds of 100,000; some ten for a single character.
    ///
    /// # Errors
    /// Too long a text, or the store's.
    pub fn search(
        &self,
        text: &str,
        after: Option<DocumentId>,
        limit: usize,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.rows(|reader| reader.search_cases(text, after, limit))
    }

    /// Cases of a filter within a kilometre, nearest first. ≤ 5 ms of 100,000.
    ///
    /// # Errors
    /// The store's.
    pub fn near(
        &self,
        point: Point,
        filter: CaseFilter,
        limit: usize,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.rows(|reader| reader.nearest_cases(point, NEAR_METRES, filter, limit))
    }

    /// The rows that `read` finds, as lists show them.
    pub(crate) fn rows(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<Vec<CaseRow>, xunge_store::StoreError>,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        let tables = self.identity.as_ref().map(|identity| &identity.tables);
        self.store.read(|reader| {
            let now = hub_now(reader, &self.ports)?;
            read(reader)?
                .into_iter()
                .map(|row| item(reader, tables, row, now))
                .collect()
        })
    }
}

fn item(
    reader: &Reader<'_>,
    tables: Option<&Tables>,
    row: CaseRow,
    now: Timestamp,
) -> Result<CaseListItem, FieldError> {
    let detail: ListDetail =
        minicbor::decode(&row.view).map_err(|_| FieldError::Invalid { what: "case row" })?;
    let state = CaseState::from_id(&row.state).ok_or(FieldError::Invalid { what: "case row" })?;
    let clock = match (detail.clock, tables) {
        (Some(clock), _) => Some(clock),
        // Written before the calendar came that is here now. What had ended by an earlier one is not opened again: each new
        // edition would make every page of old cases slow.
        (None, Some(tables))
            if tables.calendar_edition() != detail.calendar
                && !(state.is_final() && detail.calendar.is_some()) =>
        {
            listed_anew(reader, tables, row.document, now)?
        }
        (None, _) => None,
    };
    Ok(CaseListItem {
        due: clock.as_ref().map(|clock| clock.due),
        light: clock.as_ref().map(|clock| clock.light(now)),
        delivery: if reader.may_wait(row.document)? {
            delivery(reader, row.document)?
        } else {
            Delivery::Received
        },
        id: row.document,
        local_code: row.local_code,
        case_no: row.case_no,
        title: row.title,
        class: row.class,
        state,
        state_zh: state.zh(),
        severity: row.severity,
        address: row.address,
        point: row.place,
        updated_at: row.updated_at,
        declined: detail.declined,
        thumb: detail.thumb,
    })
}
