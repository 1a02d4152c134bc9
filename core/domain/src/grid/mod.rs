//! Unit grids: 15-digit codes and the polygon → grid rule (domain.md §2).

mod candidates;
mod circle;

pub use candidates::{ACCURACY_METRES_MAX, CANDIDATES_MAX, GridCandidate};

use std::fmt;
use std::str::FromStr;

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Coord, Distance, Euclidean, LineString, Polygon};
use minicbor::{Decode, Encode};
use rstar::{AABB, RTree, RTreeObject};
use serde::{Deserialize, Serialize};

use crate::geo::{Point, UNITS_PER_DEGREE};
use crate::ids::{DutyGridId, ParseIdError, text_form};

/// Digits of a unit grid code: 6 county + 3 street + 3 community + 3 sequence.
pub const UNIT_GRID_DIGITS: usize = 15;
/// Most corners one unit grid may have.
pub const CORNERS_MAX: usize = 2_000;

/// Metres of one unit of a latitude, on the sphere of [`Point::distance_metres`]: 11 mm.
const METRES_PER_UNIT: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0 / UNITS_PER_DEGREE as f64;

/// Code of a unit grid 单元网格.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
#[cbor(transparent)]
pub struct UnitGridCode(#[n(0)] u64);

impl UnitGridCode {
    /// From its parts; `None` when a part does not fit or the sequence is 000.
    pub fn from_parts(county: u32, street: u16, community: u16, sequence: u16) -> Option<Self> {
        let fits = (100_000..1_000_000).contains(&county)
            && street < 1_000
            && community < 1_000
            && (1..1_000).contains(&sequence);
        fits.then(|| {
            Self(
                ((u64::from(county) * 1_000 + u64::from(street)) * 1_000 + u64::from(community))
                    * 1_000
                    + u64::from(sequence),
            )
        })
    }

    fn from_number(number: u64) -> Option<Self> {
        let part = |divisor: u64| u16::try_from(number / divisor % 1_000).ok();
        Self::from_parts(
            u32::try_from(number / 1_000_000_000).ok()?,
            part(1_000_000)?,
            part(1_000)?,
            part(1)?,
        )
    }

    /// The county 区县, six digits.
    pub const fn county(self) -> u64 {
        self.0 / 1_000_000_000
    }
}

impl fmt::Display for UnitGridCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:015}", self.0)
    }
}

impl FromStr for UnitGridCode {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let wrong = || ParseIdError::new("unit grid code (15 digits)", text);
        if text.len() != UNIT_GRID_DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        text.parse()
            .ok()
            .and_then(Self::from_number)
            .ok_or_else(wrong)
    }
}

impl<'bytes, C> Decode<'bytes, C> for UnitGridCode {
    fn decode(
        input: &mut minicbor::Decoder<'bytes>,
        _: &mut C,
    ) -> Result<Self, minicbor::decode::Error> {
        Self::from_number(input.u64()?)
            .ok_or_else(|| minicbor::decode::Error::message("no unit grid code"))
    }
}

text_form!(UnitGridCode);

/// One unit grid with its boundary.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct UnitGrid {
    /// Its code.
    #[n(0)]
    pub code: UnitGridCode,
    /// Its name, e.g. the estate or street block.
    #[n(1)]
    pub name: String,
    /// The beat it belongs to.
    #[n(2)]
    pub duty_grid: DutyGridId,
    /// Outer ring, in order; the last corner joins the first.
    #[n(3)]
    pub corners: Vec<Point>,
}

impl UnitGrid {
    /// How many metres outside of this grid a point lies; 0 inside and on the boundary. Flat around the point, which is exact
    /// to a thousandth for the few kilometres that matter.
    pub fn metres_outside(&self, point: Point) -> f64 {
        let east = METRES_PER_UNIT * point.latitude().to_radians().cos();
        let from_point = |corner: &Point| Coord {
            x: (f64::from(corner.longitude_e7) - f64::from(point.longitude_e7)) * east,
            y: (f64::from(corner.latitude_e7) - f64::from(point.latitude_e7)) * METRES_PER_UNIT,
        };
        if self.corners.is_empty() {
            return 0.0;
        }
        let ring: Vec<Coord<f64>> = self.corners.iter().map(from_point).collect();
        let shape = Polygon::new(LineString::new(ring), Vec::new());
        Euclidean.distance(&geo::Point::new(0.0, 0.0), &shape)
    }
}

/// What is wrong with a set of unit grids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// Fewer than three corners, or more than [`CORNERS_MAX`].
    #[error("unit grid {code} has {corners} corners; give 3 to {CORNERS_MAX}")]
    Corners {
        /// Which grid.
        code: UnitGridCode,
        /// How many it has.
        corners: usize,
    },
    /// One code twice.
    #[error("unit grid {code} stands twice in the table; codes must be unique")]
    Twice {
        /// Which grid.
        code: UnitGridCode,
    },
}

struct Cell {
    index: usize,
    shape: Polygon<i64>,
    bounds: AABB<[i64; 2]>,
}

impl RTreeObject for Cell {
    type Envelope = AABB<[i64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

/// All unit grids somebody knows, ready for look-ups.
pub struct GridIndex {
    grids: Vec<UnitGrid>,
    tree: RTree<Cell>,
}

fn corner(point: Point) -> Coord<i64> {
    Coord {
        x: i64::from(point.longitude_e7),
        y: i64::from(point.latitude_e7),
    }
}

impl GridIndex {
    /// Checks and indexes `grids`.
    ///
    /// # Errors
    /// A grid without an area to speak of, or a code that stands twice.
    pub fn new(mut grids: Vec<UnitGrid>) -> Result<Self, GridError> {
        grids.sort_by_key(|grid| grid.code);
        if let Some(pair) = grids.windows(2).find(|pair| pair[0].code == pair[1].code) {
            return Err(GridError::Twice { code: pair[0].code });
        }
        let mut cells = Vec::with_capacity(grids.len());
        for (index, grid) in grids.iter().enumerate() {
            if !(3..=CORNERS_MAX).contains(&grid.corners.len()) {
                return Err(GridError::Corners {
                    code: grid.code,
                    corners: grid.corners.len(),
                });
            }
            let ring: Vec<Coord<i64>> = grid.corners.iter().copied().map(corner).collect();
            let points: Vec<[i64; 2]> = ring.iter().map(|coord| [coord.x, coord.y]).collect();
            let shape = Polygon::new(LineString::new(ring), Vec::new());
            cells.push(Cell {
                index,
                shape,
                bounds: AABB::from_points(points.iter()),
            });
        }
        Ok(Self {
            grids,
            tree: RTree::bulk_load(cells),
        })
    }

    /// The unit grid of a point. A point on a boundary belongs to the lowest code that touches it, so that
    /// phone and server never differ.
    pub fn locate(&self, point: Point) -> Option<&UnitGrid> {
        let at = [i64::from(point.longitude_e7), i64::from(point.latitude_e7)];
        self.tree
            .locate_in_envelope_intersecting(&AABB::from_point(at))
            .filter(|cell| cell.shape.coordinate_position(&corner(point)) != CoordPos::Outside)
            .map(|cell| cell.index)
            .min()
            .and_then(|index| self.grids.get(index))
    }

    /// A grid by its code.
    pub fn get(&self, code: UnitGridCode) -> Option<&UnitGrid> {
        self.grids
            .binary_search_by_key(&code, |grid| grid.code)
            .ok()
            .and_then(|index| self.grids.get(index))
    }

    /// All grids, by code.
    pub fn grids(&self) -> &[UnitGrid] {
        &self.grids
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn square(sequence: u16, west: i32, south: i32) -> UnitGrid {
        let at = |x, y| Point {
            longitude_e7: west + x,
            latitude_e7: south + y,
        };
        UnitGrid {
            code: UnitGridCode::from_parts(410_104, 101, 1, sequence).expect("a code"),
            name: format!("格{sequence}"),
            duty_grid: "putian-1".parse().expect("an id"),
            corners: vec![at(0, 0), at(100, 0), at(100, 100), at(0, 100)],
        }
    }

    fn code_at(index: &GridIndex, x: i32, y: i32) -> Option<UnitGridCode> {
        index
            .locate(Point {
                longitude_e7: x,
                latitude_e7: y,
            })
            .map(|grid| grid.code)
    }

    #[test]
    fn the_lowest_code_wins_on_a_boundary_whatever_the_order_of_the_table() {
        let (one, two) = (square(1, 0, 0), square(2, 100, 0));
        for table in [
            vec![one.clone(), two.clone()],
            vec![two.clone(), one.clone()],
        ] {
            let index = GridIndex::new(table).expect("two grids");
            assert_eq!(code_at(&index, 50, 50), Some(one.code));
            assert_eq!(code_at(&index, 150, 50), Some(two.code));
            assert_eq!(code_at(&index, 100, 50), Some(one.code), "shared edge");
            assert_eq!(code_at(&index, 200, 100), Some(two.code), "outer corner");
            assert_eq!(code_at(&index, 201, 50), None);
        }
    }

    #[test]
    fn refuses_tables_that_cannot_be_right() {
        assert!(matches!(
            GridIndex::new(vec![square(1, 0, 0), square(1, 5, 5)]),
            Err(GridError::Twice { .. })
        ));
        let mut line = square(1, 0, 0);
        line.corners.truncate(2);
        assert!(matches!(
            GridIndex::new(vec![line]),
            Err(GridError::Corners { corners: 2, .. })
        ));
        let mut many = square(1, 0, 0);
        many.corners = vec![many.corners[0]; CORNERS_MAX + 1];
        assert!(GridIndex::new(vec![many]).is_err());
    }

    #[test]
    fn metres_outside_agree_with_the_great_circle_and_are_none_inside() {
        let at = |x: f64, y: f64| Point::from_degrees(113.78 + x, 34.75 + y).expect("a point");
        let grid = UnitGrid {
            corners: vec![
                at(0.0, 0.0),
                at(0.004, 0.0),
                at(0.004, 0.003),
                at(0.0, 0.003),
            ],
            ..square(1, 0, 0)
        };
        for inside in [at(0.002, 0.001), at(0.0, 0.0), at(0.004, 0.002)] {
            assert!(grid.metres_outside(inside) < 0.01);
        }
        for (outside, nearest) in [
            (at(0.002, 0.01), at(0.002, 0.003)),
            (at(-0.02, 0.001), at(0.0, 0.001)),
            (at(0.03, 0.02), at(0.004, 0.003)),
        ] {
            let (flat, sphere) = (
                grid.metres_outside(outside),
                outside.distance_metres(nearest),
            );
            assert!((flat - sphere).abs() < sphere / 500.0, "{flat} {sphere}");
        }
        let nowhere = UnitGrid {
            corners: Vec::new(),
            ..grid
        };
        assert!(nowhere.metres_outside(at(9.0, 9.0)).abs() < f64::EPSILON);
    }

    #[test]
    fn a_code_has_fifteen_digits_and_a_sequence() {
        let code: UnitGridCode = "410104101001001".parse().expect("a code");
        assert_eq!(code.to_string(), "410104101001001");
        assert_eq!(code.county(), 410_104);
        for bad in [
            "",
            "41010410100100",
            "410104101001000",
            "0101041010010011",
            "41010410100100a",
        ] {
            assert!(bad.parse::<UnitGridCode>().is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_point_of_a_tiled_city_has_exactly_the_tile_that_arithmetic_says(x in 1_i32..999, y in 1_i32..999) {
            let tiles = (0..100).map(|i| square(i + 1, i32::from(i % 10) * 100, i32::from(i / 10) * 100)).collect();
            let index = GridIndex::new(tiles).expect("a city");
            // The lower tile owns its upper edges, because its code is lower.
            let tile = |value: i32| (value - 1) / 100;
            let expected = UnitGridCode::from_parts(410_104, 101, 1, (tile(y) * 10 + tile(x) + 1) as u16);
            proptest::prop_assert_eq!(code_at(&index, x, y), expected);
        }
    }
}
