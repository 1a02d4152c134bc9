//! `people` 人员.

use xunge_domain::ids::{DutyGridId, OrganisationId};
use xunge_domain::person::{Person, Role};

use super::super::columns::Column;
use super::super::{Cells, Context, problems};
use super::{named, parts};
use crate::services::people::{DUTY_GRIDS_MAX, NAME_CHARACTERS_MAX};

/// A file must have them all: a column that is missing would take from everybody what it says.
pub(in super::super) const COLUMNS: &[Column] = &[
    Column::needed("id", &["编号", "人员编号", "工号"]),
    Column::needed("name", &["姓名"]),
    Column::needed("roles", &["角色", "岗位"]),
    Column::needed("organisation", &["单位", "部门", "部门编号"]),
    Column::needed("duty_grids", &["责任网格", "责任网格编号"]),
];

pub(super) fn read(cells: &mut Cells<'_>, context: &Context<'_>) -> Option<Person> {
    let known = context.known;
    let id = cells.needed("id", &problems::PERSON, |text| text.parse().ok());
    let name = cells.words("name", true, NAME_CHARACTERS_MAX);
    let roles = cells.needed("roles", &problems::ROLE, |text| {
        parts(text)
            .map(|part| named(&Role::ALL, part, |role| [role.id(), role.zh()]))
            .collect::<Option<Vec<Role>>>()
    });
    let organisation = cells.optional("organisation", &problems::DEPARTMENT_UNKNOWN, |text| {
        let id: OrganisationId = text.parse().ok()?;
        known.departments.contains(&id).then_some(id)
    });
    let duty_grids = cells.optional("duty_grids", &problems::DUTY_GRID_UNKNOWN, |text| {
        let beats = parts(text).map(|part| {
            let id: DutyGridId = part.parse().ok()?;
            known.duty_grids.contains(&id).then_some(id)
        });
        beats.collect::<Option<Vec<DutyGridId>>>()
    });
    let duty_grids = duty_grids?.unwrap_or_default();
    if duty_grids.len() > DUTY_GRIDS_MAX {
        cells.refuse("duty_grids", &problems::DUTY_GRIDS);
        return None;
    }
    Some(Person {
        id: id?,
        name: name?,
        roles: roles?,
        organisation: organisation?,
        duty_grids,
    })
}

pub(super) fn write(row: &Person) -> Vec<String> {
    let roles: Vec<&str> = row.roles.iter().map(|role| role.id()).collect();
    let beats: Vec<&str> = row.duty_grids.iter().map(DutyGridId::as_str).collect();
    let organisation = row
        .organisation
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    vec![
        row.id.to_string(),
        row.name.clone(),
        roles.join(";"),
        organisation,
        beats.join(";"),
    ]
}
