//! `components` 部件.

use xunge_domain::class::ClassKind;
use xunge_domain::component::{AccuracyClass, Component, ComponentState};
use xunge_domain::datum::Datum;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::OrganisationId;

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::named;

pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("code", &["部件标识码", "标识码", "部件编码"]),
    Column::optional("layout", &["编码版式"]),
    Column::needed("class", &["小类代码", "小类"]),
    Column::optional("name", &["名称", "部件名称"]),
    Column::needed("longitude", &["经度"]),
    Column::needed("latitude", &["纬度"]),
    Column::optional("datum", &["坐标系"]),
    Column::optional("unit_grid", &["单元网格", "所在单元网格"]),
    Column::needed("owner", &["权属单位"]),
    Column::needed("maintainer", &["养护单位"]),
    Column::optional("state", &["状态", "部件状态"]),
    Column::optional("accuracy", &["精度", "数据精度"]),
];

/// Longest name.
const NAME_CHARACTERS_MAX: usize = 100;

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<Component> {
    let known = context.known;
    let code = cells.needed("code", &problems::COMPONENT_CODE, |text| text.parse().ok());
    let layout = cells.optional("layout", &problems::LAYOUT, |text| text.parse().ok());
    let layout = layout.map(|layout| layout.unwrap_or(context.layout));
    let class = cells.needed("class", &problems::CLASS_UNKNOWN, |text| {
        known.classes.find(text)
    });
    if class.is_some_and(|class| class.kind == ClassKind::Event) {
        cells.refuse("class", &problems::CLASS_OF_EVENTS);
    }
    let class = class.filter(|class| class.kind == ClassKind::Component);
    let name = cells.words("name", false, NAME_CHARACTERS_MAX);
    let owner = department(cells, "owner", context);
    let maintainer = department(cells, "maintainer", context);
    let state = cells.optional("state", &problems::STATE, |text| {
        named(&ComponentState::ALL, text, |state| [state.id(), state.zh()])
    });
    let accuracy = cells.optional("accuracy", &problems::ACCURACY, |text| {
        named(&AccuracyClass::ALL, text, |class| [class.id(), class.id()])
    });
    if let (Some(code), Some(layout), Some(class)) = (code, layout, class)
        && !layout.names_class(code, &class.code)
    {
        cells.refuse("code", &problems::CODE_OF_CLASS);
        return None;
    }
    let point = place(cells, context);
    let unit_grid = cells.optional("unit_grid", &problems::UNIT_GRID_UNKNOWN, |text| {
        let code: UnitGridCode = text.parse().ok()?;
        known.grids.get(code).map(|grid| grid.code)
    });
    let (point, unit_grid) = (point?, unit_grid?);
    let unit_grid = unit_grid.or_else(|| known.grids.locate(point).map(|grid| grid.code));
    if unit_grid.is_none() {
        cells.refuse("longitude", &problems::NO_UNIT_GRID);
    }
    Some(Component {
        code: code?,
        layout: layout?,
        class: class?.code.clone(),
        name: name?,
        point,
        unit_grid: unit_grid?,
        owner: owner?,
        maintainer: maintainer?,
        state: state?.unwrap_or_default(),
        accuracy: accuracy?.unwrap_or(AccuracyClass::C),
    })
}

fn department(
    cells: &mut Cells<'_>,
    column: &str,
    context: &Context<'_>,
) -> Option<OrganisationId> {
    let id: OrganisationId =
        cells.needed(column, &problems::DEPARTMENT, |text| text.parse().ok())?;
    if !context.known.departments.contains(&id) {
        cells.refuse(column, &problems::DEPARTMENT_UNKNOWN);
        return None;
    }
    Some(id)
}

fn place(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<xunge_domain::geo::Point> {
    let datum = cells.optional("datum", &problems::DATUM, |text| text.parse().ok());
    let degrees = |text: &str| text.parse::<f64>().ok();
    let longitude = cells.needed("longitude", &problems::DEGREES, degrees);
    let latitude = cells.needed("latitude", &problems::DEGREES, degrees);
    let datum: Datum = datum?.unwrap_or(context.datum);
    let point = datum.place((longitude?, latitude?));
    if point.is_none() {
        cells.refuse("longitude", &problems::DEGREES);
    }
    point
}

pub(super) fn write(row: &Component, datum: Datum) -> Vec<String> {
    let (longitude, latitude) = datum.degrees(row.point);
    vec![
        row.code.to_string(),
        row.layout.id().into(),
        row.class.clone(),
        row.name.clone(),
        format!("{longitude:.7}"),
        format!("{latitude:.7}"),
        datum.id().into(),
        row.unit_grid.to_string(),
        row.owner.to_string(),
        row.maintainer.to_string(),
        row.state.id().into(),
        row.accuracy.id().into(),
    ]
}
