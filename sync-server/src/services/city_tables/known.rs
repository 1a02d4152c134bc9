//! What rows may refer to, as of the day from which they hold.

use std::collections::BTreeSet;
use std::sync::Arc;

use xunge_domain::class::ClassTable;
use xunge_domain::grid::GridIndex;
use xunge_domain::ids::PersonId;
use xunge_domain::person::Role;
use xunge_domain::tables::TableKind;

use super::PART;
use super::places::unit_grids_on;
use crate::city_tables::Known;
use crate::store::{HubRead, StoreError};

/// The city on a day, as far as the rows of a table refer to it: grids are read for those alone that need them.
///
/// # Errors
/// The store's trouble, or grids in it that cannot be right.
pub(super) fn known(read: &dyn HubRead, kind: TableKind, day: &str) -> Result<Known, StoreError> {
    let refers_to_grids = matches!(
        kind,
        TableKind::Components | TableKind::People | TableKind::Roster
    );
    let grids = if refers_to_grids {
        unit_grids_on(read, day)?
    } else {
        Vec::new()
    };
    let duty_grids = grids
        .iter()
        .map(|grid| grid.grid.duty_grid.clone())
        .collect();
    let grids = grids.into_iter().map(|grid| grid.grid).collect();
    let grids = GridIndex::new(grids).map_err(|_| StoreError::Damaged {
        what: "unit grid table",
    })?;
    let departments = read.organisations()?;
    Ok(Known {
        grids: Arc::new(grids),
        duty_grids,
        departments: departments.into_iter().map(|row| row.id).collect(),
        classes: read.class_table_on(day)?.unwrap_or_else(|| ClassTable {
            edition: String::new(),
            effective_date: day.to_owned(),
            sample: true,
            classes: Vec::new(),
        }),
        workers: if kind == TableKind::Roster {
            workers(read)?
        } else {
            BTreeSet::new()
        },
    })
}

fn workers(read: &dyn HubRead) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut workers = BTreeSet::new();
    let mut after: Option<PersonId> = None;
    loop {
        let part = read.people(after.as_ref(), PART)?;
        let Some(last) = part.last() else {
            return Ok(workers);
        };
        after = Some(last.id.clone());
        let in_field = part
            .into_iter()
            .filter(|person| person.has(Role::GridWorker));
        workers.extend(in_field.map(|person| person.id));
    }
}
