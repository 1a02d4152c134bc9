//! `limits` 处置时限.

use xunge_domain::tables::{HandlingClass, LimitKey, LimitRow};

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::{classes, grids, named};

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("class", &["小类代码", "小类"]),
    Column::needed("condition", &["立案条件代码", "条件代码"]),
    Column::needed("area_class", &["管理区域类别"]),
    Column::needed("handling_class", &["处置类别"]),
    Column::needed("number", &["处置时限", "时限"]),
    Column::needed("unit", &["时限单位", "单位"]),
];

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<LimitRow> {
    let classes = &context.known.classes;
    let class = cells.needed("class", &problems::CLASS_UNKNOWN, |text| classes.find(text));
    let condition = classes::condition(cells);
    if let (Some(class), Some(condition)) = (class, &condition)
        && class.condition(condition).is_none()
    {
        cells.refuse("condition", &problems::CONDITION_UNKNOWN);
        return None;
    }
    let area_class = cells.needed("area_class", &problems::AREA_CLASS, grids::area_class);
    let handling_class = cells.needed("handling_class", &problems::HANDLING_CLASS, |text| {
        named(&HandlingClass::ALL, text, |class| [class.id(), class.zh()])
    });
    let limit = classes::limit(cells);
    Some(LimitRow {
        key: LimitKey {
            class: class?.code.clone(),
            condition: condition?,
            area_class: area_class?,
            handling_class: handling_class?,
        },
        limit: limit?,
    })
}

pub(super) fn key(key: &LimitKey) -> String {
    let LimitKey {
        class,
        condition,
        area_class,
        handling_class,
    } = key;
    format!(
        "{class}/{condition}/{}/{}",
        area_class.id(),
        handling_class.id()
    )
}

pub(super) fn write(row: &LimitRow) -> Vec<String> {
    vec![
        row.key.class.clone(),
        row.key.condition.clone(),
        row.key.area_class.id().into(),
        row.key.handling_class.id().into(),
        row.limit.number.to_string(),
        row.limit.unit.id().into(),
    ]
}
