//! Who is on duty in the demo city: every grid worker by day, for the weeks after it was built.

use xunge_domain::ids::Digest;
use xunge_domain::person::Role;
use xunge_domain::roster::{RosterKind, RosterRow};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;

use crate::city_tables::CityRow;
use crate::demo::city::City;
use crate::store::{EditionRow, HubTransaction, StoreError, TableRow};
use crate::tables::local_date;

/// Days that have shifts.
const DAYS: i64 = 30;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// Eight in the morning to eight in the evening.
const HOURS: (&str, &str) = ("08:00", "20:00");

pub(super) fn write(
    write: &mut dyn HubTransaction,
    city: &City,
    clock: Timestamp,
) -> Result<(), StoreError> {
    let workers = city
        .people
        .iter()
        .filter(|person| person.has(Role::GridWorker));
    let mut rows: Vec<TableRow> = Vec::new();
    for person in workers {
        for day in 0..DAYS {
            let date = local_date(clock.plus_millis(day * DAY_MILLIS));
            let at = |hour: &str| Timestamp::from_local(&format!("{date} {hour}"));
            let (Some(from), Some(until)) = (at(HOURS.0), at(HOURS.1)) else {
                continue;
            };
            let row = CityRow::Roster(RosterRow {
                person: person.id.clone(),
                kind: RosterKind::Shift,
                from,
                until,
                duty_grids: Vec::new(),
                to: None,
            });
            rows.push(TableRow {
                key: row.key(),
                part: row.part(),
                content: row.content(),
            });
        }
    }
    write.add_table_edition(&EditionRow {
        kind: TableKind::Roster,
        number: 1,
        edition: "演示排班".into(),
        effective_date: local_date(clock),
        rows: rows.len() as u64,
        sha256: Digest::of(b"made, not imported"),
        imported_at: clock,
        imported_by: "system".into(),
    })?;
    write.add_table_rows(TableKind::Roster, 1, &rows)
}
