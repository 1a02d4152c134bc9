//! The map of a rectangle.

use xunge_field::MapComponent;
use xunge_field::domain::geo::Bounds;
use xunge_field::domain::grid::UnitGrid;

use crate::views::case_list::CaseListItem;

/// What is in a rectangle.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct MapView {
    /// The rectangle; nothing on a device without a beat.
    pub area: Option<Bounds>,
    /// Every unit grid of this person's beats, also those outside of the rectangle.
    pub grids: Vec<UnitGrid>,
    /// The components in it; none, where there are more than a screen has room for.
    pub components: Vec<MapComponent>,
    /// How many were left out for that.
    pub components_left_out: u64,
    /// The cases in it, at most 500.
    pub cases: Vec<CaseListItem>,
}

impl From<xunge_field::MapView> for MapView {
    fn from(map: xunge_field::MapView) -> Self {
        Self {
            area: map.area,
            grids: map.grids,
            components: map.components,
            components_left_out: map.components_left_out,
            cases: map.cases.into_iter().map(CaseListItem::from).collect(),
        }
    }
}
