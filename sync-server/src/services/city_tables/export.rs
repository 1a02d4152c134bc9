//! Export: an edition as a file, as the import reads it.

use std::path::PathBuf;

use serde::Serialize;
use xunge_domain::datum::Datum;
use xunge_domain::ids::PersonId;
use xunge_domain::tables::{CityGrid, TableKind};

use super::PART;
use super::places::each_row;
use crate::app::App;
use crate::city_tables::{CityRow, Encoding, Sink, SinkError, class_rows};
use crate::store::{EditionRow, HubRead, StoreError};
use crate::tables::local_date;

/// What is to be exported.
#[derive(Debug, Clone)]
pub struct ExportOrder {
    /// Which table.
    pub kind: TableKind,
    /// Where to: a workbook when it ends in `.xlsx`, CSV otherwise.
    pub file: PathBuf,
    /// Which edition; the one in force where nobody says.
    pub edition: Option<String>,
    /// In which datum degrees are written.
    pub datum: Datum,
    /// How a text file is written.
    pub encoding: Encoding,
    /// Whether the headers are English.
    pub english: bool,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Which table.
    pub table: TableKind,
    /// Which edition; empty for what was never imported.
    pub edition: String,
    /// How many rows.
    pub rows: u64,
}

/// Why a table was not exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No edition of this name, or none in force.
    #[error("{kind} has no edition {edition:?}")]
    NoEdition {
        /// Of which table.
        kind: TableKind,
        /// Its name; empty when none is in force.
        edition: String,
    },
    /// People and departments have one state.
    #[error("{0} are exported as they are now: give no edition")]
    Register(TableKind),
    /// The file.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a table to a file. Memory: a part of the rows.
///
/// # Errors
/// No such edition, a file that cannot be written, or the store's trouble.
pub fn export(app: &App, order: &ExportOrder) -> Result<Exported, ExportError> {
    let today = local_date(app.clock.now());
    app.store.reading(|read| {
        let edition = edition(read, order, &today)?;
        let mut sink = Sink::begin(&order.file, order.kind, order.encoding, !order.english)?;
        let mut rows = 0;
        let mut take = |row: CityRow| -> Result<(), ExportError> {
            rows += 1;
            Ok(sink.row(&row.cells(order.datum))?)
        };
        match (order.kind, &edition) {
            (TableKind::Classes, _) => classes(read, order, &today, &mut take)?,
            (TableKind::Departments, _) => {
                let departments = read.organisations()?.into_iter();
                departments
                    .map(CityRow::Department)
                    .try_for_each(&mut take)?;
            }
            (TableKind::People, _) => people(read, &mut take)?,
            (kind, Some(edition)) => each_row(read, kind, edition.number, &mut |row| {
                let row = CityRow::from_content(kind, &row.content);
                take(row.ok_or(StoreError::Damaged { what: "table row" })?)
            })?,
            // Grids that were entered one by one.
            (_, None) => {
                for grid in read.unit_grids()? {
                    let area_class = None;
                    take(CityRow::Grid(CityGrid { grid, area_class }))?;
                }
            }
        }
        sink.finish()?;
        Ok(Exported {
            table: order.kind,
            edition: edition.map(|edition| edition.edition).unwrap_or_default(),
            rows,
        })
    })
}

fn edition(
    read: &dyn HubRead,
    order: &ExportOrder,
    today: &str,
) -> Result<Option<EditionRow>, ExportError> {
    let kind = order.kind;
    let none = |edition: &str| ExportError::NoEdition {
        kind,
        edition: edition.to_owned(),
    };
    match &order.edition {
        Some(_) if !kind.is_edition() => Err(ExportError::Register(kind)),
        Some(name) => {
            let editions = read.table_editions(kind)?;
            let found = editions
                .into_iter()
                .find(|edition| edition.edition == *name);
            // A class table may be there that was never imported.
            let is_class_table = kind == TableKind::Classes && read.class_table(name)?.is_some();
            match found {
                None if is_class_table => Ok(None),
                None => Err(none(name)),
                found => Ok(found),
            }
        }
        None => {
            let found = read.table_edition_on(kind, today)?;
            let may_lack = matches!(
                kind,
                TableKind::Grids | TableKind::Classes | TableKind::Departments | TableKind::People
            );
            if found.is_none() && !may_lack {
                return Err(none(""));
            }
            Ok(found)
        }
    }
}

fn classes(
    read: &dyn HubRead,
    order: &ExportOrder,
    today: &str,
    take: &mut dyn FnMut(CityRow) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let table = match &order.edition {
        Some(name) => read.class_table(name)?,
        None => read.class_table_on(today)?,
    };
    let table = table.ok_or_else(|| ExportError::NoEdition {
        kind: TableKind::Classes,
        edition: order.edition.clone().unwrap_or_default(),
    })?;
    class_rows(&table).map(CityRow::Class).try_for_each(take)
}

fn people(
    read: &dyn HubRead,
    take: &mut dyn FnMut(CityRow) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut after: Option<PersonId> = None;
    loop {
        let part = read.people(after.as_ref(), PART)?;
        let Some(last) = part.last() else {
            return Ok(());
        };
        after = Some(last.id.clone());
        part.into_iter()
            .map(CityRow::Person)
            .try_for_each(&mut *take)?;
    }
}
