//! The cases of this device as the rule on duplicates looks at them: from list rows, no document is opened.

use xunge_domain::case::CaseState;
use xunge_domain::case::duplicate::KnownCase;
use xunge_domain::geo::{Bounds, Point};
use xunge_store::limits::PAGE_ROWS_MAX;
use xunge_store::{BoundingBox, CaseRow, Reader};

use crate::error::FieldError;
use crate::projection::ListDetail;
use crate::tables::Tables;

/// A case with its row.
pub(crate) struct Known {
    pub(crate) case: KnownCase,
    pub(crate) row: CaseRow,
    pub(crate) detail: ListDetail,
}

/// The cases within so many metres of a place, those in a square around it.
pub(crate) fn known_around(
    reader: &Reader<'_>,
    tables: &Tables,
    point: Point,
    metres: u32,
) -> Result<Vec<Known>, FieldError> {
    let Bounds {
        south_west,
        north_east,
    } = Bounds::around(point, metres);
    let area = BoundingBox {
        south_west,
        north_east,
    };
    let rows = reader.cases_near(&area, PAGE_ROWS_MAX)?;
    rows.into_iter()
        .map(|row| known(reader, tables, row))
        .collect()
}

fn known(reader: &Reader<'_>, tables: &Tables, row: CaseRow) -> Result<Known, FieldError> {
    let wrong = || FieldError::Invalid { what: "case row" };
    let detail: ListDetail = minicbor::decode(&row.view).map_err(|_| wrong())?;
    // A row of an older version has the class by name alone, and no times but that of its last change.
    let named = || {
        let mut classes = tables.classes.classes.iter();
        classes.find(|class| class.zh == row.class)
    };
    let class = detail.class_code.clone();
    let state = CaseState::from_id(&row.state).ok_or_else(wrong)?;
    let case = KnownCase {
        id: row.document,
        class: class.or_else(|| named().map(|class| class.code.clone())),
        point: row.place.ok_or_else(wrong)?,
        state,
        reported_at: detail.reported_at.unwrap_or(row.updated_at),
        ended_at: state
            .is_final()
            .then(|| detail.ended_at.unwrap_or(row.updated_at)),
        looks: reader.looks_of(row.document)?,
    };
    Ok(Known { case, row, detail })
}
