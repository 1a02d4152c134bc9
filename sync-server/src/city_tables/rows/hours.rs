//! `hours` 工作时间: when each body works, through the seasons.

use xunge_domain::ids::OrganisationId;
use xunge_domain::tables::{HoursRow, Season, is_month_day};

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::BETWEEN;

/// A file must have them all: a season that is missing would hold all the year.
pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("department", &["部门编号", "部门"]),
    Column::needed("from", &["开始日期"]),
    Column::needed("until", &["结束日期"]),
    Column::needed("hours", &["工作时间"]),
];

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<HoursRow> {
    let departments = &context.known.departments;
    let organisation = cells.optional("department", &problems::DEPARTMENT_UNKNOWN, |text| {
        let id: OrganisationId = text.parse().ok()?;
        departments.contains(&id).then_some(id)
    });
    let day = |text: &str| is_month_day(text).then(|| text.to_owned());
    let from = cells.optional("from", &problems::MONTH_DAY, day);
    let until = cells.optional("until", &problems::MONTH_DAY, day);
    let hours = cells.needed("hours", &problems::HOURS, |text| {
        text.replace(BETWEEN, ",").parse().ok()
    });
    let season = match (from?, until?) {
        (Some(from), Some(until)) => Some(Season { from, until }),
        (None, None) => None,
        (from, _) => {
            let lacks = if from.is_none() { "from" } else { "until" };
            cells.refuse(lacks, &problems::SEASON);
            return None;
        }
    };
    Some(HoursRow {
        organisation: organisation?,
        season,
        hours: hours?,
    })
}

/// The city's own row has no body, and the row of the whole year no day.
pub(super) fn key(row: &HoursRow) -> String {
    let body = row.organisation.as_ref().map_or("", OrganisationId::as_str);
    let from = row.season.as_ref().map_or("", |season| &season.from);
    format!("{body}/{from}")
}

pub(super) fn write(row: &HoursRow) -> Vec<String> {
    let body = row.organisation.as_ref().map_or("", OrganisationId::as_str);
    let (from, until) = row.season.as_ref().map_or(("", ""), |season| {
        (season.from.as_str(), season.until.as_str())
    });
    vec![
        body.into(),
        from.into(),
        until.into(),
        row.hours.to_string(),
    ]
}
