//! What a map is drawn from.

use xunge_field::MapComponent;
use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::geo::{Bounds, Point};
use xunge_field::domain::grid::{UnitGrid, UnitGridCode};
use xunge_field::domain::ids::DutyGridId;

#[uniffi::remote(Record)]
pub struct Bounds {
    pub south_west: Point,
    pub north_east: Point,
}

#[uniffi::remote(Record)]
pub struct UnitGrid {
    pub code: UnitGridCode,
    pub name: String,
    pub duty_grid: DutyGridId,
    pub corners: Vec<Point>,
}

#[uniffi::remote(Record)]
pub struct MapComponent {
    pub code: ComponentCode,
    pub class: String,
    pub name: String,
    pub point: Point,
}
