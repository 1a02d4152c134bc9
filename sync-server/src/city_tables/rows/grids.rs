//! `grids` 单元网格.

use xunge_domain::datum::Datum;
use xunge_domain::grid::UnitGrid;
use xunge_domain::tables::{AreaClass, CityGrid};

use super::super::columns::Column;
use super::super::{Cells, Context, boundary, problems};
use super::named;

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("code", &["单元网格代码", "单元网格编码", "网格编码"]),
    Column::needed("name", &["名称", "单元网格名称", "网格名称"]),
    Column::needed("duty_grid", &["责任网格", "责任网格编号"]),
    Column::optional("area_class", &["管理区域类别"]),
    Column::optional("datum", &["坐标系"]),
    Column::needed("boundary", &["边界", "坐标", "几何"]),
];

/// Longest name.
const NAME_CHARACTERS_MAX: usize = 100;

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<CityGrid> {
    let code = cells.needed("code", &problems::UNIT_GRID_CODE, |text| text.parse().ok());
    let name = cells.words("name", true, NAME_CHARACTERS_MAX);
    let duty_grid = cells.needed("duty_grid", &problems::DUTY_GRID, |text| text.parse().ok());
    let area_class = cells.optional("area_class", &problems::AREA_CLASS, area_class);
    let datum = cells.optional("datum", &problems::DATUM, |text| text.parse().ok());
    let corners = match cells.text("boundary") {
        "" => Err(&problems::MISSING),
        text => boundary::read(text, datum.flatten().unwrap_or(context.datum)),
    };
    let corners = corners
        .map_err(|problem| cells.refuse("boundary", problem))
        .ok();
    datum?;
    Some(CityGrid {
        grid: UnitGrid {
            code: code?,
            name: name?,
            duty_grid: duty_grid?,
            corners: corners?,
        },
        area_class: area_class?,
    })
}

pub(super) fn area_class(text: &str) -> Option<AreaClass> {
    named(&AreaClass::ALL, text, |class| [class.id(), class.zh()])
}

pub(super) fn write(row: &CityGrid, datum: Datum) -> Vec<String> {
    let CityGrid { grid, area_class } = row;
    vec![
        grid.code.to_string(),
        grid.name.clone(),
        grid.duty_grid.to_string(),
        area_class.map_or_else(String::new, |class| class.id().into()),
        datum.id().into(),
        boundary::write(&grid.corners, datum),
    ]
}
