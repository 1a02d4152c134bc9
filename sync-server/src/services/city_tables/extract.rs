//! The extract of a person's beats: what a device holds of the city's tables, and what leads from what it holds to that.
//!
//! A device names each table it holds with the edition and a digest of its rows. Editions are never overwritten, so the hub can make
//! again what the device got; where the digest agrees, the difference is sent, and otherwise the whole table.

use std::collections::BTreeMap;

use minicbor::Encode;
use xunge_domain::ids::DutyGridId;
use xunge_domain::tables::{CityGrid, LimitRow, TableKind};
use xunge_sync::wire::{
    ExtractRow, HeldTable, TABLE_BYTES_MAX, TableDelta, difference, table_digest,
};

use super::places::{calendar, decoded, each_row, unit_grids_of};
use crate::services::people::DUTY_GRIDS_MAX;
use crate::store::{HubRead, StoreError, TableRow};
use crate::working_calendar::CARRIED_EDITION;

/// The tables of a device, those that matter most first.
pub(super) const ON_DEVICES: [TableKind; 9] = [
    TableKind::Grids,
    TableKind::Classes,
    TableKind::Departments,
    TableKind::Components,
    TableKind::Limits,
    TableKind::Holidays,
    TableKind::Hours,
    TableKind::StageLimits,
    TableKind::Phrases,
];

/// Those that only a device reads which names [`HOURS`](xunge_sync::wire::HOURS).
pub(super) const LATER: [TableKind; 2] = [TableKind::Hours, TableKind::StageLimits];

/// One table as a device is to have it.
pub(super) struct Extract {
    pub(super) kind: TableKind,
    edition: String,
    effective_date: String,
    sample: bool,
    rows: Vec<ExtractRow>,
}

/// Which day's city, and whose beats.
pub(super) struct Wanted<'a> {
    pub(super) day: &'a str,
    pub(super) duty_grids: &'a [DutyGridId],
}

/// The extract of a table as it is on a day.
///
/// # Errors
/// The store's trouble, or a row that cannot be read.
pub(super) fn extract(
    read: &dyn HubRead,
    kind: TableKind,
    wanted: &Wanted<'_>,
) -> Result<Extract, StoreError> {
    let edition = match kind {
        TableKind::Classes | TableKind::Departments | TableKind::People => None,
        kind => read.table_edition_on(kind, wanted.day)?,
    };
    let number = edition.as_ref().map(|edition| edition.number);
    let (name, effective_date) = edition
        .map(|edition| (edition.edition, edition.effective_date))
        .unwrap_or_default();
    let (mut name, mut effective_date, mut sample) = (name, effective_date, false);
    let mut rows = match (kind, number) {
        (TableKind::Grids, _) => grids(&unit_grids_of(read, wanted.duty_grids, wanted.day)?),
        (TableKind::Classes, _) => {
            let table = read.class_table_on(wanted.day)?;
            let classes = table.map(|table| {
                (name, effective_date, sample) =
                    (table.edition, table.effective_date, table.sample);
                table.classes
            });
            let classes = classes.unwrap_or_default();
            classes
                .iter()
                .map(|class| row(class.code.clone(), class))
                .collect()
        }
        (TableKind::Departments, _) => {
            let departments = read.organisations()?;
            departments
                .iter()
                .map(|department| row(department.id.to_string(), department))
                .collect()
        }
        (TableKind::Components, Some(number)) => {
            let grids = unit_grids_of(read, wanted.duty_grids, wanted.day)?;
            components(read, number, &grids)?
        }
        (TableKind::Holidays, number) => {
            let (calendar, rows) = days(read, number.map(|number| (name.clone(), number)))?;
            name = calendar;
            rows
        }
        (kind, Some(number)) => all(read, kind, number)?,
        (_, None) => Vec::new(),
    };
    rows.sort();
    Ok(Extract {
        kind,
        edition: name,
        effective_date,
        sample,
        rows,
    })
}

/// What a device holds that it names so: the extract of the day on which that edition held. Nothing where no edition is
/// called so.
///
/// # Errors
/// As [`extract`].
fn as_held(
    read: &dyn HubRead,
    held: &HeldTable,
    (grids_edition, duty_grids): (Option<&str>, &[DutyGridId]),
) -> Result<Option<Vec<ExtractRow>>, StoreError> {
    let number_of = |kind: TableKind, name: &str| -> Result<Option<u64>, StoreError> {
        let editions = read.table_editions(kind)?.into_iter();
        let mut named = editions.filter(|edition| edition.edition == name);
        Ok(named.next().map(|edition| edition.number))
    };
    let grids_of = |name: &str| -> Result<Option<Vec<CityGrid>>, StoreError> {
        let Some(number) = number_of(TableKind::Grids, name)? else {
            return Ok(None);
        };
        let mut grids = Vec::new();
        for beat in duty_grids.iter().take(DUTY_GRIDS_MAX) {
            for row in read.table_rows_of(TableKind::Grids, number, beat.as_str())? {
                grids.push(decoded(&row)?);
            }
        }
        Ok(Some(grids))
    };
    let mut rows = match held.kind {
        TableKind::Grids => match grids_of(&held.edition)? {
            Some(found) => grids(&found),
            None => return Ok(None),
        },
        TableKind::Classes => match read.class_table(&held.edition)? {
            Some(table) => table
                .classes
                .iter()
                .map(|class| row(class.code.clone(), class))
                .collect(),
            None => return Ok(None),
        },
        TableKind::Departments | TableKind::People => return Ok(None),
        TableKind::Holidays => match number_of(TableKind::Holidays, &held.edition)? {
            None if held.edition != CARRIED_EDITION => return Ok(None),
            number => days(read, number.map(|number| (held.edition.clone(), number)))?.1,
        },
        kind => {
            let Some(number) = number_of(kind, &held.edition)? else {
                return Ok(None);
            };
            match (kind, grids_edition) {
                (TableKind::Components, Some(name)) => match grids_of(name)? {
                    Some(found) => components(read, number, &found)?,
                    None => return Ok(None),
                },
                (TableKind::Components, None) => return Ok(None),
                _ => all(read, kind, number)?,
            }
        }
    };
    rows.sort();
    Ok(Some(rows))
}

impl Extract {
    /// Whether no edition of it is in force: a register, or a table that was never imported.
    pub(super) const fn has_no_edition(&self) -> bool {
        self.edition.is_empty()
    }

    /// What a device is to be told of this table; nothing when it has just this.
    ///
    /// # Errors
    /// As [`extract`].
    pub(super) fn against(
        self,
        read: &dyn HubRead,
        held: Option<&HeldTable>,
        chosen_for: (Option<&str>, &[DutyGridId]),
    ) -> Result<Option<TableDelta>, StoreError> {
        let too_large = self.bytes() > TABLE_BYTES_MAX;
        let rows = if too_large { Vec::new() } else { self.rows };
        let digest = table_digest(&rows);
        if held.is_some_and(|held| held.edition == self.edition && held.digest == digest) {
            return Ok(None);
        }
        let before = match held {
            // The rows are the same, only their edition is another.
            Some(held) if held.digest == digest => Some(rows.clone()),
            Some(held) => {
                as_held(read, held, chosen_for)?.filter(|rows| table_digest(rows) == held.digest)
            }
            None => None,
        };
        let (whole, (put, removed)) = match before {
            Some(before) => (false, difference(&before, &rows)),
            None => (true, (rows, Vec::new())),
        };
        Ok(Some(TableDelta {
            kind: self.kind,
            edition: self.edition,
            effective_date: self.effective_date,
            sample: self.sample,
            whole,
            put,
            removed,
            digest,
            too_large,
        }))
    }

    fn bytes(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.key.len() + row.content.len())
            .sum()
    }
}

/// Bytes of the rows that a difference carries.
pub(super) fn carried(delta: &TableDelta) -> usize {
    delta
        .put
        .iter()
        .map(|row| row.key.len() + row.content.len())
        .sum()
}

fn grids(grids: &[CityGrid]) -> Vec<ExtractRow> {
    grids
        .iter()
        .map(|grid| row(grid.grid.code.to_string(), grid))
        .collect()
}

fn components(
    read: &dyn HubRead,
    number: u64,
    grids: &[CityGrid],
) -> Result<Vec<ExtractRow>, StoreError> {
    let mut rows = Vec::new();
    for grid in grids {
        let part =
            read.table_rows_of(TableKind::Components, number, &grid.grid.code.to_string())?;
        rows.extend(part.into_iter().map(as_stored));
    }
    Ok(rows)
}

/// All rows of an edition; of limits a row a class, which is what changes together.
fn all(read: &dyn HubRead, kind: TableKind, number: u64) -> Result<Vec<ExtractRow>, StoreError> {
    let mut rows = Vec::new();
    let mut of_class: BTreeMap<String, Vec<LimitRow>> = BTreeMap::new();
    each_row(read, kind, number, &mut |stored| {
        if kind == TableKind::Limits {
            of_class
                .entry(stored.part.clone())
                .or_default()
                .push(decoded(stored)?);
        } else {
            rows.push(as_stored(stored.clone()));
        }
        Ok::<_, StoreError>(())
    })?;
    rows.extend(
        of_class
            .iter()
            .map(|(class, limits)| row(class.clone(), limits)),
    );
    Ok(rows)
}

/// The days of the calendar that the hub counts with, carried years among them: a device counts with the same. With the name
/// of its edition.
fn days(
    read: &dyn HubRead,
    edition: Option<(String, u64)>,
) -> Result<(String, Vec<ExtractRow>), StoreError> {
    let (_, calendar) = calendar(read, edition)?;
    let days = calendar.to_days();
    let rows = days.iter().map(|day| row(day.date.clone(), day)).collect();
    Ok((calendar.edition().to_owned(), rows))
}

fn as_stored(row: TableRow) -> ExtractRow {
    ExtractRow {
        key: row.key,
        content: row.content.into(),
    }
}

/// Writing to a vector cannot fail.
fn row(key: String, value: &impl Encode<()>) -> ExtractRow {
    let mut content = Vec::new();
    let _ = minicbor::encode(value, &mut content);
    ExtractRow {
        key,
        content: content.into(),
    }
}
