//! `roster` 排班: shifts, leave, hand-overs.

use xunge_domain::ids::{DutyGridId, PersonId};
use xunge_domain::roster::{LEAVE_DAYS_MAX, RosterKind, RosterRow, SHIFT_HOURS_MAX};
use xunge_domain::tables::is_day;
use xunge_domain::time::Timestamp;

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::{named, parts};
use crate::services::people::DUTY_GRIDS_MAX;

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("person", &["人员编号", "编号", "工号"]),
    Column::needed("kind", &["类型"]),
    Column::needed("from", &["开始", "开始时间", "交接时间"]),
    Column::needed("until", &["结束", "结束时间"]),
    Column::optional("duty_grids", &["责任网格", "责任网格编号"]),
    Column::optional("to", &["交接给", "接班人"]),
];

const HOUR_MILLIS: i64 = 60 * 60 * 1_000;

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<RosterRow> {
    let known = context.known;
    let worker = |text: &str| {
        let id: PersonId = text.parse().ok()?;
        known.workers.contains(&id).then_some(id)
    };
    let person = cells.needed("person", &problems::WORKER_UNKNOWN, worker);
    let kind = cells.needed("kind", &problems::ROSTER_KIND, |text| {
        named(&RosterKind::ALL, text, |kind| [kind.id(), kind.zh()])
    });
    let from = cells.needed("from", &problems::MOMENT, moment);
    let until = cells.optional("until", &problems::MOMENT, moment);
    let beats = cells.optional("duty_grids", &problems::DUTY_GRID_UNKNOWN, |text| {
        let beats = parts(text).map(|part| {
            let id: DutyGridId = part.parse().ok()?;
            known.duty_grids.contains(&id).then_some(id)
        });
        beats.collect::<Option<Vec<DutyGridId>>>()
    });
    let to = cells.optional("to", &problems::WORKER_UNKNOWN, worker);
    let row = RosterRow {
        person: person?,
        kind: kind?,
        from: from?,
        until: until?.unwrap_or(from?),
        duty_grids: beats?.unwrap_or_default(),
        to: to?,
    };
    if row.duty_grids.len() > DUTY_GRIDS_MAX {
        cells.refuse("duty_grids", &problems::DUTY_GRIDS);
        return None;
    }
    fits(cells, row)
}

/// What only the cells together show.
fn fits(cells: &mut Cells<'_>, row: RosterRow) -> Option<RosterRow> {
    let millis = row.until.millis_since(row.from);
    let longest = match row.kind {
        RosterKind::Shift => SHIFT_HOURS_MAX * HOUR_MILLIS,
        RosterKind::Leave => LEAVE_DAYS_MAX * 24 * HOUR_MILLIS,
        RosterKind::HandOver => 0,
    };
    let lasts = row.kind == RosterKind::HandOver || millis > 0;
    if !lasts || !(0..=longest).contains(&millis) {
        cells.refuse("until", &problems::ROSTER_SPAN);
        return None;
    }
    let handed = match &row.to {
        Some(to) => row.kind == RosterKind::HandOver && *to != row.person,
        None => row.kind != RosterKind::HandOver,
    };
    if !handed {
        cells.refuse("to", &problems::HAND_OVER);
        return None;
    }
    if row.kind != RosterKind::Shift && !row.duty_grids.is_empty() {
        cells.refuse("duty_grids", &problems::BEATS_OF_SHIFT);
        return None;
    }
    Some(row)
}

/// A minute; a day alone is its beginning, as a spreadsheet writes midnight.
fn moment(text: &str) -> Option<Timestamp> {
    if is_day(text) {
        return Timestamp::from_local(&format!("{text} 00:00"));
    }
    Timestamp::from_local(text)
}

/// One row of a kind begins at an instant for a person.
pub(super) fn key(row: &RosterRow) -> String {
    let begins = row.from.as_millis();
    format!("{}/{}/{begins}", row.person, row.kind.id())
}

pub(super) fn write(row: &RosterRow) -> Vec<String> {
    let beats: Vec<&str> = row.duty_grids.iter().map(DutyGridId::as_str).collect();
    let until = match row.kind {
        RosterKind::HandOver => String::new(),
        _ => row.until.to_local_minute(),
    };
    vec![
        row.person.to_string(),
        row.kind.id().to_owned(),
        row.from.to_local_minute(),
        until,
        beats.join(";"),
        row.to
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    ]
}
