//! `holidays` 节假日: the days on which work is as on no other day of the week.

use xunge_domain::tables::{CalendarDay, is_day};

use super::super::columns::Column;
use super::super::{Cells, problems};

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("date", &["日期"]),
    Column::needed("working", &["是否上班"]),
    Column::optional("why", &["说明", "节日"]),
];

/// Longest name of a holiday.
const WHY_CHARACTERS_MAX: usize = 60;

pub(super) fn read(cells: &mut Cells<'_>) -> Option<CalendarDay> {
    let date = cells.needed("date", &problems::DAY, |text| {
        is_day(text).then(|| text.to_owned())
    });
    let working = cells.needed("working", &problems::YES_NO, yes_or_no);
    let why = cells.words("why", false, WHY_CHARACTERS_MAX);
    Some(CalendarDay {
        date: date?,
        working: working?,
        why: why?,
    })
}

fn yes_or_no(text: &str) -> Option<bool> {
    let words = |answer: bool| -> &[&str] {
        if answer {
            &["yes", "true", "1", "是", "上班"]
        } else {
            &["no", "false", "0", "否", "休息"]
        }
    };
    let says = |answer: &bool| {
        words(*answer)
            .iter()
            .any(|word| word.eq_ignore_ascii_case(text))
    };
    [true, false].into_iter().find(says)
}

pub(super) fn write(row: &CalendarDay) -> Vec<String> {
    let working = if row.working { "yes" } else { "no" };
    vec![row.date.clone(), working.into(), row.why.clone()]
}
