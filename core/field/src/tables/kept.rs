//! The tables as the hub sent them, row by row: what the next difference builds on.

use minicbor::{Decode, Encode};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::{GridIndex, UnitGrid};
use xunge_domain::ids::DutyGridId;
use xunge_domain::person::Organisation;
use xunge_domain::tables::{CityGrid, TableKind};
use xunge_store::{Reader, Tx};
use xunge_sync::wire::{ExtractRow, TableDelta};

use super::{CLASSES, ORGANISATIONS, Tables, encode};
use crate::error::FieldError;

/// The beats that the rows here were chosen for.
const BEATS: &str = "tables_beats";

/// A table of this device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct KeptTable {
    #[n(0)]
    pub(crate) edition: String,
    #[n(1)]
    pub(crate) effective_date: String,
    #[n(2)]
    pub(crate) sample: bool,
    #[n(3)]
    pub(crate) too_large: bool,
    #[n(4)]
    pub(crate) rows: Vec<ExtractRow>,
}

impl KeptTable {
    /// What the rows say. A row of a later version that this one cannot read is passed over, and kept all the same.
    pub(crate) fn values<Value>(&self) -> Vec<Value>
    where
        Value: for<'bytes> Decode<'bytes, ()>,
    {
        let rows = self.rows.iter();
        rows.filter_map(|row| minicbor::decode(&row.content).ok())
            .collect()
    }
}

/// A table of this device; nothing where none came yet.
pub(crate) fn kept(reader: &Reader<'_>, kind: TableKind) -> Result<Option<KeptTable>, FieldError> {
    let bytes = reader.setting(&key(kind))?;
    // What cannot be read is asked for anew.
    Ok(bytes.and_then(|bytes| minicbor::decode(&bytes).ok()))
}

/// The beats that the tables here were chosen for.
pub(crate) fn beats(reader: &Reader<'_>) -> Result<Vec<DutyGridId>, FieldError> {
    let bytes = reader.setting(BEATS)?;
    Ok(bytes
        .and_then(|bytes| minicbor::decode(&bytes).ok())
        .unwrap_or_default())
}

pub(crate) fn set_beats(tx: &Tx<'_>, beats: &[DutyGridId]) -> Result<(), FieldError> {
    Ok(tx.set_setting(BEATS, &encode(beats))?)
}

/// Takes a difference in. False when it does not lead to what the hub means: then the table is asked for whole.
pub(crate) fn take(tx: &Tx<'_>, delta: &TableDelta) -> Result<bool, FieldError> {
    let held = kept(tx, delta.kind)?.unwrap_or_default();
    let Some(rows) = delta.apply(&held.rows) else {
        tx.delete_setting(&key(delta.kind))?;
        return Ok(false);
    };
    let table = KeptTable {
        edition: delta.edition.clone(),
        effective_date: delta.effective_date.clone(),
        sample: delta.sample,
        too_large: delta.too_large,
        rows,
    };
    put_to_use(tx, delta.kind, &table)?;
    tx.set_setting(&key(delta.kind), &encode(&table))?;
    Ok(true)
}

/// Grids, classes and bodies stand where enrolment put them, too.
fn put_to_use(tx: &Tx<'_>, kind: TableKind, table: &KeptTable) -> Result<(), FieldError> {
    match kind {
        TableKind::Grids => {
            let grids = table.values::<CityGrid>().into_iter();
            let grids: Vec<UnitGrid> = grids.map(|grid| grid.grid).collect();
            // Grids that cannot be right must not keep the app from opening.
            if GridIndex::new(grids.clone()).is_ok() {
                Tables::save_grids(tx, &grids)?;
            }
        }
        TableKind::Classes => {
            let classes = ClassTable {
                edition: table.edition.clone(),
                effective_date: table.effective_date.clone(),
                sample: table.sample,
                classes: table.values(),
            };
            tx.set_setting(CLASSES, &encode(&classes))?;
        }
        TableKind::Departments => {
            let bodies: Vec<Organisation> = table.values();
            tx.set_setting(ORGANISATIONS, &encode(&bodies))?;
        }
        _ => {}
    }
    Ok(())
}

fn key(kind: TableKind) -> String {
    format!("table_{kind}")
}
