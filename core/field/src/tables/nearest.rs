//! Nearest: the components of a class around a point, without signal.

use serde::Serialize;
use xunge_domain::component::{ComponentCode, Near};
use xunge_domain::geo::Point;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::tables::Tables;

/// Most components of one answer.
const COMPONENTS_MAX: usize = 50;

/// A component and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearComponentView {
    /// Its code.
    pub code: ComponentCode,
    /// Its minor class.
    pub class: String,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it is.
    pub point: Point,
    /// How far from the point asked about.
    pub metres: f64,
    /// Within how many metres its place holds.
    pub accuracy_metres: f64,
    /// What became of it: intact, damaged, lost or abandoned.
    pub state: String,
    /// The body that owns it, by name where it is known here.
    pub owner: String,
    /// The body that maintains it, by name where it is known here.
    pub maintainer: String,
}

impl FieldApp {
    /// The components of a class (code or English id) within so many metres, the nearest first. From memory, well under a
    /// millisecond.
    ///
    /// # Errors
    /// Not enrolled, or no such class.
    pub fn nearest_components(
        &self,
        point: Point,
        class: &str,
        metres: f64,
        count: usize,
    ) -> Result<Vec<NearComponentView>, FieldError> {
        let tables = &self.identity()?.tables;
        let class = tables.classes.find(class);
        let class = class.ok_or(FieldError::Invalid { what: "class" })?;
        let count = count.min(COMPONENTS_MAX);
        let near = tables.components.nearest(point, &class.code, metres, count);
        let views = near.iter().map(|near| component_view(tables, near));
        Ok(views.collect())
    }
}

pub(crate) fn component_view(tables: &Tables, near: &Near<'_>) -> NearComponentView {
    let component = near.component;
    NearComponentView {
        code: component.code,
        class: component.class.clone(),
        name: component.name.clone(),
        point: component.point,
        metres: near.metres,
        accuracy_metres: component.accuracy.metres(),
        state: component.state.id().into(),
        owner: tables.body_name(&component.owner),
        maintainer: tables.body_name(&component.maintainer),
    }
}
