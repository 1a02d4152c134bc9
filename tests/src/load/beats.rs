//! The beats of the city under load: squares of their own east of the demo city, each one unit grid.

use xunge_field::domain::geo::Point;
use xunge_field::domain::grid::{UnitGrid, UnitGridCode};
use xunge_field::domain::ids::DutyGridId;

use crate::workload::Area;

const WEST: f64 = 113.90;
const SOUTH: f64 = 34.00;
/// Degrees of an edge.
const EDGE: f64 = 0.01;
/// Share of an edge that is left free, so that no case lies on a border.
const MARGIN: f64 = 0.1;
const COLUMNS: usize = 32;
/// A county and a street that nobody has.
const COUNTY: u32 = 410_199;
const STREET: u16 = 900;
/// Unit grids of a community: their number has three digits.
const GRIDS_OF_COMMUNITY: usize = 900;

/// One beat.
#[derive(Debug, Clone)]
pub(super) struct Beat {
    pub(super) grid: UnitGrid,
    /// Where its workers report.
    pub(super) area: Area,
}

impl Beat {
    pub(super) fn id(&self) -> &DutyGridId {
        &self.grid.duty_grid
    }
}

/// So many beats; `None` when there are not so many codes.
pub(super) fn beats(count: usize) -> Option<Vec<Beat>> {
    (0..count).map(beat).collect()
}

fn beat(number: usize) -> Option<Beat> {
    let west = WEST + EDGE * (number % COLUMNS) as f64;
    let south = SOUTH + EDGE * (number / COLUMNS) as f64;
    let corner = |east: f64, north: f64| Point::from_degrees(west + east, south + north);
    let grid = UnitGrid {
        code: UnitGridCode::from_parts(
            COUNTY,
            STREET,
            u16::try_from(number / GRIDS_OF_COMMUNITY).ok()?,
            u16::try_from(number % GRIDS_OF_COMMUNITY).ok()? + 1,
        )?,
        name: format!("第{}责任网格", number + 1),
        duty_grid: format!("load-{}", number + 1).parse().ok()?,
        corners: vec![
            corner(0.0, 0.0)?,
            corner(EDGE, 0.0)?,
            corner(EDGE, EDGE)?,
            corner(0.0, EDGE)?,
        ],
    };
    let area = Area {
        west: west + EDGE * MARGIN,
        south: south + EDGE * MARGIN,
        width: EDGE * (1.0 - 2.0 * MARGIN),
        height: EDGE * (1.0 - 2.0 * MARGIN),
    };
    Some(Beat { grid, area })
}
