//! The roster in force, as far as an instant needs it, with the leaves that people said themselves.

use xunge_domain::roster::{Roster, RosterKind, RosterRow, SHIFT_HOURS_MAX};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;

use crate::city_tables::roster_part;
use crate::store::{HubRead, StoreError};
use crate::tables::local_date;

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

/// The roster of an instant; nothing where no edition is in force. Cost: the rows of two days, all leaves of the table, and those
/// that were said and are not over.
///
/// # Errors
/// The store's trouble, or a row that cannot be read.
pub(super) fn roster_at(
    read: &dyn HubRead,
    instant: Timestamp,
) -> Result<Option<Roster>, StoreError> {
    let day = local_date(instant);
    let Some(edition) = read.table_edition_on(TableKind::Roster, &day)? else {
        return Ok(None);
    };
    // A shift that runs began a day ago at the earliest, and it is handed over within itself.
    let began = instant.plus_millis(-SHIFT_HOURS_MAX * HOUR_MILLIS);
    let mut parts = vec![
        roster_part(RosterKind::Shift, began),
        roster_part(RosterKind::Shift, instant),
        roster_part(RosterKind::Leave, instant),
    ];
    parts.dedup();
    let mut rows: Vec<RosterRow> = Vec::new();
    for part in &parts {
        for row in read.table_rows_of(TableKind::Roster, edition.number, part)? {
            let row = minicbor::decode(&row.content);
            rows.push(row.map_err(|_| StoreError::Damaged { what: "roster" })?);
        }
    }
    let said = read.leaves_at(instant)?.into_iter();
    rows.extend(said.map(|leave| RosterRow {
        person: leave.person,
        kind: RosterKind::Leave,
        from: leave.from,
        until: leave.until,
        duty_grids: Vec::new(),
        to: None,
    }));
    Ok(Some(rows.into_iter().collect()))
}
