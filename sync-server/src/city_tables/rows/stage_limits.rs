//! `stage_limits` 环节时限.

use xunge_domain::case::clock::ClockKind;
use xunge_domain::tables::{
    AreaClass, HandlingClass, StageAllowance, StageLimitKey, StageLimitRow, StageUnit,
};

use super::super::columns::Column;
use super::super::{Cells, problems};
use super::{classes, grids, named};

/// A file must have them all: a column that is missing would make every row hold everywhere.
pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("stage", &["环节"]),
    Column::needed("area_class", &["管理区域类别"]),
    Column::needed("handling_class", &["处置类别"]),
    Column::needed("number", &["环节时限", "时限"]),
    Column::needed("unit", &["时限单位", "单位"]),
];

/// What a stage is called in files beside its id: 受理 for 受理环节.
const STAGE: &str = "环节";

pub(super) fn read(cells: &mut Cells<'_>) -> Option<StageLimitRow> {
    let stage = cells.needed("stage", &problems::STAGE, stage);
    let area_class = cells.optional("area_class", &problems::AREA_CLASS, grids::area_class);
    let handling_class = cells.optional("handling_class", &problems::HANDLING_CLASS, |text| {
        named(&HandlingClass::ALL, text, |class| [class.id(), class.zh()])
    });
    let number = classes::number(cells);
    let unit = cells.needed("unit", &problems::STAGE_UNIT, |text| {
        named(&StageUnit::ALL, text, |unit| [unit.id(), unit.zh()])
    });
    let (stage, handling_class) = (stage?, handling_class?);
    if stage.is_before_filing() && handling_class.is_some() {
        cells.refuse("handling_class", &problems::STAGE_BEFORE_FILING);
        return None;
    }
    Some(StageLimitRow {
        key: StageLimitKey {
            stage,
            area_class: area_class?,
            handling_class,
        },
        limit: StageAllowance {
            number: number?,
            unit: unit?,
        },
    })
}

/// The disposal has no row here: its limit is that of the table of limits.
fn stage(text: &str) -> Option<ClockKind> {
    let called = |kind: &ClockKind| {
        let zh = kind.zh();
        [kind.id(), zh, zh.trim_end_matches(STAGE)].contains(&text)
    };
    let stages = ClockKind::ALL.into_iter();
    let mut stages = stages.filter(|kind| *kind != ClockKind::Disposal);
    stages.find(called)
}

pub(super) fn key(key: &StageLimitKey) -> String {
    let area = key.area_class.map_or("", AreaClass::id);
    let handling = key.handling_class.map_or("", HandlingClass::id);
    format!("{}/{area}/{handling}", key.stage.id())
}

pub(super) fn write(row: &StageLimitRow) -> Vec<String> {
    let StageLimitRow { key, limit } = row;
    vec![
        key.stage.id().into(),
        key.area_class.map_or("", AreaClass::id).into(),
        key.handling_class.map_or("", HandlingClass::id).into(),
        limit.number.to_string(),
        limit.unit.id().into(),
    ]
}
