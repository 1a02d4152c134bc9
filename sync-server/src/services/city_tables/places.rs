//! Unit grids, limits and days as the edition of a day has them. A hub that never imported grids has those that were entered
//! one by one, as the demo city does.

use minicbor::Decode;
use xunge_domain::ids::DutyGridId;
use xunge_domain::tables::{
    CalendarDay, CityGrid, HoursTable, LimitRow, LimitTable, StageLimitTable, TableKind,
};
use xunge_domain::working_time::Calendar;

use super::PART;
use crate::store::{HubRead, StoreError, TableRow};
use crate::working_calendar::{CARRIED_EDITION, in_force};

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
    let Some(edition) = read.table_edition_on(TableKind::Limits, day)? else {
        return Ok(LimitTable::default());
    };
    let rows: Vec<LimitRow> = rows(read, TableKind::Limits, edition.number)?;
    let (name, effective_date) = (edition.edition, edition.effective_date);
    Ok(LimitTable::of_checked(name, effective_date, rows))
}

/// The hours of a day's edition; none where none were imported.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn hours_on(read: &dyn HubRead, day: &str) -> Result<HoursTable, StoreError> {
    let Some(edition) = read.table_edition_on(TableKind::Hours, day)? else {
        return Ok(HoursTable::default());
    };
    let rows: Vec<_> = rows(read, TableKind::Hours, edition.number)?;
    Ok(HoursTable::of_checked(edition.edition, rows))
}

/// The stage limits of a day's edition; none where none were imported.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn stage_limits_on(read: &dyn HubRead, day: &str) -> Result<StageLimitTable, StoreError> {
    let Some(edition) = read.table_edition_on(TableKind::StageLimits, day)? else {
        return Ok(StageLimitTable::default());
    };
    let rows: Vec<_> = rows(read, TableKind::StageLimits, edition.number)?;
    Ok(StageLimitTable::of_checked(edition.edition, rows))
}

/// The holidays and swapped days of the edition of a day, by date, none where none were imported; and the calendar that is in
/// force with them.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn calendar_on(
    read: &dyn HubRead,
    day: &str,
) -> Result<(Vec<CalendarDay>, Calendar), StoreError> {
    let edition = read.table_edition_on(TableKind::Holidays, day)?;
    let named = edition.map(|edition| (edition.edition, edition.number));
    calendar(read, named)
}

/// A calendar by the name of its edition: what a case is measured by that was filed under it. Nothing where no edition is
/// called so.
///
/// # Errors
/// As [`unit_grids_on`].
pub fn calendar_named(read: &dyn HubRead, name: &str) -> Result<Option<Calendar>, StoreError> {
    let editions = read.table_editions(TableKind::Holidays)?.into_iter();
    let mut named = editions.filter(|edition| edition.edition == name);
    let number = named
        .next_back()
        .map(|edition| (edition.edition, edition.number));
    if number.is_none() && name != CARRIED_EDITION {
        return Ok(None);
    }
    Ok(Some(calendar(read, number)?.1))
}

/// The calendar of an edition by its name and number, or the carried one.
pub(super) fn calendar(
    read: &dyn HubRead,
    edition: Option<(String, u64)>,
) -> Result<(Vec<CalendarDay>, Calendar), StoreError> {
    let (name, days) = match edition {
        Some((name, number)) => (name, rows(read, TableKind::Holidays, number)?),
        None => (String::new(), Vec::new()),
    };
    let calendar = in_force(Some((&name, &days))).map_err(|_| StoreError::Damaged {
        what: "holiday table",
    })?;
    Ok((days, calendar))
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
