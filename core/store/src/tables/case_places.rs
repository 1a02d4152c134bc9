//! The cases around a place.

use rusqlite::params;
use xunge_domain::geo::{Bounds, Point};

use crate::StoreError;
use crate::limits::PAGE_ROWS_MAX;
use crate::tables::case_filter::CaseFilter;
use crate::tables::cases::{CaseRow, case};
use crate::transaction::Reader;
use crate::values::page_rows;

/// A rectangle on the map, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundingBox {
    /// South-western corner.
    pub south_west: Point,
    /// North-eastern corner.
    pub north_east: Point,
}

/// How far the first look for what is nearest goes.
const FIRST_METRES: u32 = 40;
/// How much farther each look goes than the one before.
const FARTHER: u32 = 2;

impl Reader<'_> {
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

    /// The cases of a filter within so many metres of a point, nearest first; of equally near ones that which was reported
    /// last. Looks around the point first, and farther only while there are too few.
    ///
    /// # Errors
    /// The store's.
    pub fn nearest_cases(
        &self,
        point: Point,
        metres: u32,
        filter: CaseFilter,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let limit = limit.min(PAGE_ROWS_MAX);
        let mut reach = FIRST_METRES.min(metres);
        loop {
            let near = self.places_within(point, reach, filter)?;
            let farthest = reach >= metres;
            if farthest || near.len() >= limit {
                let found = self.rows_of(&near, filter, limit)?;
                if farthest || found.len() >= limit {
                    return Ok(found);
                }
            }
            reach = reach.saturating_mul(FARTHER).min(metres);
        }
    }

    /// Numbers of the places so near, nearest first.
    fn places_within(
        &self,
        point: Point,
        metres: u32,
        filter: CaseFilter,
    ) -> Result<Vec<i64>, StoreError> {
        let area = Bounds::around(point, metres);
        let places = self.all(
            include_str!("../sql/places_in.sql"),
            params![
                area.south_west.latitude_e7,
                area.north_east.latitude_e7,
                area.south_west.longitude_e7,
                area.north_east.longitude_e7,
                filter.ended(),
            ],
            |row| {
                let place = Point {
                    longitude_e7: row.get(1)?,
                    latitude_e7: row.get(2)?,
                };
                Ok((place.distance_metres(point), row.get::<_, i64>(0)?))
            },
        )?;
        let mut near: Vec<(f64, i64)> = places
            .into_iter()
            .filter(|(distance, _)| *distance <= f64::from(metres))
            .collect();
        near.sort_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)));
        Ok(near.into_iter().map(|(_, number)| number).collect())
    }

    /// The rows of these numbers that the filter holds, up to the limit.
    fn rows_of(
        &self,
        numbers: &[i64],
        filter: CaseFilter,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let mut rows = Vec::new();
        for number in numbers {
            if rows.len() >= limit {
                break;
            }
            let sql = include_str!("../sql/case_of_number.sql");
            let row = self.optional(sql, [number], case)?;
            rows.extend(row.filter(|row| filter.holds(row)));
        }
        Ok(rows)
    }
}
