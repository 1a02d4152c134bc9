//! Map: what a screen draws of the beat from what is here: outlines of the unit grids, components and cases. No tiles and no
//! network.

use serde::Serialize;
use xunge_domain::component::{Component, ComponentCode};
use xunge_domain::geo::{Bounds, Point};
use xunge_domain::grid::UnitGrid;
use xunge_store::BoundingBox;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::CaseListItem;

/// Most components of one answer: as many points as a small screen has room for.
const COMPONENTS_MAX: usize = 1_000;
/// Most cases of one answer.
const CASES_MAX: usize = 500;

/// A component as a map shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapComponent {
    /// Its code.
    pub code: ComponentCode,
    /// Its minor class.
    pub class: String,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it is.
    pub point: Point,
}

impl From<&Component> for MapComponent {
    fn from(component: &Component) -> Self {
        Self {
            code: component.code,
            class: component.class.clone(),
            name: component.name.clone(),
            point: component.point,
        }
    }
}

/// What is in a rectangle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapView {
    /// The rectangle; `None` on a device without a beat, where there is nothing to draw.
    #[serde(skip)]
    pub area: Option<Bounds>,
    /// Every unit grid of this person's beats, by code, also those outside of the rectangle.
    pub grids: Vec<UnitGrid>,
    /// The components in it, by code. None, where there are more than a screen has room for.
    pub components: Vec<MapComponent>,
    /// How many were left out for that.
    pub components_left_out: u64,
    /// The cases in it, at most 500.
    pub cases: Vec<CaseListItem>,
}

impl FieldApp {
    /// The map of a rectangle, or of the whole beat. Unit grids and components from memory, a row a case.
    ///
    /// # Errors
    /// Not enrolled, the store's.
    pub fn map(&self, area: Option<Bounds>) -> Result<MapView, FieldError> {
        let tables = &self.identity()?.tables;
        let grids = tables.grids.grids();
        let corners = grids.iter().flat_map(|grid| grid.corners.iter().copied());
        let area = area.or_else(|| Bounds::of(corners));
        let mut view = MapView {
            area,
            grids: grids.to_vec(),
            components: Vec::new(),
            components_left_out: 0,
            cases: Vec::new(),
        };
        let Some(area) = area else {
            return Ok(view);
        };
        let Bounds {
            south_west,
            north_east,
        } = area;
        let square = BoundingBox {
            south_west,
            north_east,
        };
        view.cases = self.rows(|reader| reader.cases_near(&square, CASES_MAX))?;
        let inside = tables.components.within(area).count();
        if inside > COMPONENTS_MAX {
            view.components_left_out = inside as u64;
        } else {
            let components = tables.components.within(area);
            view.components = components.map(MapComponent::from).collect();
        }
        Ok(view)
    }
}
