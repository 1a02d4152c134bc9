//! The case list: from projection rows, no document is opened.

use xunge_domain::case::CaseState;
use xunge_domain::geo::{Point, UNITS_PER_DEGREE};
use xunge_domain::ids::DocumentId;
use xunge_domain::time::Timestamp;
use xunge_store::{BoundingBox, CaseRow, PageCursor, Reader};

use crate::app::FieldApp;
use crate::cases::clocks::listed_anew;
use crate::error::FieldError;
use crate::projection::ListDetail;
use crate::sealing::hub_now;
use crate::sync::status::delivery;
use crate::tables::Tables;
use crate::views::CaseListItem;

/// Half the side of the square that "near" searches, in ten-millionths of a degree: about a kilometre.
const NEAR_UNITS: i32 = UNITS_PER_DEGREE / 100;

impl FieldApp {
    /// A page of cases, newest first; `after` is the last one of the page before. ≤ 5 ms for 50 rows.
    ///
    /// # Errors
    /// The store's.
    pub fn cases(
        &self,
        after: Option<(Timestamp, DocumentId)>,
        limit: usize,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        let after = after.map(|(updated_at, id)| PageCursor { updated_at, id });
        self.rows(|reader| reader.case_page(after.as_ref(), limit))
    }

    /// Cases whose text holds `text`, newest first.
    ///
    /// # Errors
    /// The store's.
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<CaseListItem>, FieldError> {
        self.rows(|reader| reader.search_cases(text, None, limit))
    }

    /// Cases within about a kilometre, nearest first.
    ///
    /// # Errors
    /// The store's.
    pub fn near(&self, point: Point, limit: usize) -> Result<Vec<CaseListItem>, FieldError> {
        let corner = |sign: i32| Point {
            longitude_e7: point.longitude_e7.saturating_add(sign * NEAR_UNITS),
            latitude_e7: point.latitude_e7.saturating_add(sign * NEAR_UNITS),
        };
        let area = BoundingBox {
            south_west: corner(-1),
            north_east: corner(1),
        };
        let mut items = self.rows(|reader| reader.cases_near(&area, limit))?;
        let distance = |item: &CaseListItem| {
            item.point
                .map_or(f64::MAX, |place| place.distance_metres(point))
        };
        items.sort_by(|left, right| distance(left).total_cmp(&distance(right)));
        Ok(items)
    }

    fn rows(
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
        // Written before the calendar came that is here now.
        (None, Some(tables)) if tables.calendar_edition() != detail.calendar => {
            listed_anew(reader, tables, row.document, now)?
        }
        (None, _) => None,
    };
    Ok(CaseListItem {
        due: clock.as_ref().map(|clock| clock.due),
        light: clock.as_ref().map(|clock| clock.light(now)),
        delivery: delivery(reader, row.document)?,
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
