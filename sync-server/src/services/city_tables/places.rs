//! Unit grids, limits and days as the edition of a day has them. A hub that never imported grids has those that were entered
//! one by one, as the demo city does.

use minicbor::Decode;
use xunge_domain::ids::DutyGridId;
use xunge_domain::tables::{CalendarDay, CityGrid, LimitRow, LimitTable, TableKind};

use super::PART;
use crate::store::{HubRead, StoreError, TableRow};

/// All unit grids of a day, by code.
///
/// # Errors
/// The store's trouble, or a row that cannot be read.
pub fn unit_grids_on(read: &dyn HubRead, day: &str) -> Result<Vec<CityGrid>, StoreError> {
    match read.table_edition_on(TableKind::Grids, day)? {
        Some(edition) => rows(read, TableKind::Grids, edition.number),
        None => Ok(read
            .unit_grids()?
            .into_iter()
            .map(without_area_class)
            .collect()),
    }
}

/// The unit grids of some duty grids on a day, by code.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn unit_grids_of(
    read: &dyn HubRead,
    duty_grids: &[DutyGridId],
    day: &str,
) -> Result<Vec<CityGrid>, StoreError> {
    let Some(edition) = read.table_edition_on(TableKind::Grids, day)? else {
        let grids = read.unit_grids_of(duty_grids)?;
        return Ok(grids.into_iter().map(without_area_class).collect());
    };
    let mut grids: Vec<CityGrid> = Vec::new();
    for duty_grid in duty_grids {
        for row in read.table_rows_of(TableKind::Grids, edition.number, duty_grid.as_str())? {
            grids.push(decoded(&row)?);
        }
    }
    grids.sort_by_key(|grid| grid.grid.code);
    grids.dedup_by_key(|grid| grid.grid.code);
    Ok(grids)
}

const fn without_area_class(grid: xunge_domain::grid::UnitGrid) -> CityGrid {
    CityGrid {
        grid,
        area_class: None,
    }
}

/// The limits of a day; none where none were imported.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn limits_on(read: &dyn HubRead, day: &str) -> Result<LimitTable, StoreError> {
    let rows: Vec<LimitRow> = rows_on(read, TableKind::Limits, day)?;
    Ok(rows.into_iter().collect())
}

/// The holidays and swapped days of the edition of a day, by date; none where none were imported.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn holidays_on(read: &dyn HubRead, day: &str) -> Result<Vec<CalendarDay>, StoreError> {
    rows_on(read, TableKind::Holidays, day)
}

fn rows_on<Value>(read: &dyn HubRead, kind: TableKind, day: &str) -> Result<Vec<Value>, StoreError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    match read.table_edition_on(kind, day)? {
        Some(edition) => rows(read, kind, edition.number),
        None => Ok(Vec::new()),
    }
}

fn rows<Value>(read: &dyn HubRead, kind: TableKind, number: u64) -> Result<Vec<Value>, StoreError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    let mut values = Vec::new();
    each_row(read, kind, number, &mut |row| {
        values.push(decoded(row)?);
        Ok::<_, StoreError>(())
    })?;
    Ok(values)
}

/// Hands every row of an edition to `each`, by key. Memory: a part of the rows.
///
/// # Errors
/// The store's trouble, or what `each` answers.
pub(super) fn each_row<Failure: From<StoreError>>(
    read: &dyn HubRead,
    kind: TableKind,
    number: u64,
    each: &mut dyn FnMut(&TableRow) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = String::new();
    loop {
        let part = read.table_rows(kind, number, &after, PART)?;
        for row in &part {
            each(row)?;
        }
        match part.into_iter().last() {
            Some(last) => after = last.key,
            None => return Ok(()),
        }
    }
}

/// What a row says.
///
/// # Errors
/// Bytes that are none of ours.
pub(super) fn decoded<Value>(row: &TableRow) -> Result<Value, StoreError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    minicbor::decode(&row.content).map_err(|_| StoreError::Damaged { what: "table row" })
}
