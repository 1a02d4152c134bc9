//! Ranked unit grids of a poor fix: its accuracy circle crosses grids, and the worker may say which one it is.

use std::cmp::Reverse;

use geo::{Closest, ClosestPoint, Coord, InteriorPoint, LineString, Polygon};
use rstar::AABB;

use super::circle::{Corner, common_area};
use super::{GridIndex, METRES_PER_UNIT, UnitGrid, UnitGridCode};
use crate::geo::Point;

/// Most candidates of one fix.
pub const CANDIDATES_MAX: usize = 8;
/// Circles are taken as no larger: a fix of kilometres says nothing of a unit grid.
pub const ACCURACY_METRES_MAX: u32 = 500;
/// A smaller share is rounding.
const SHARE_MIN: f64 = 1e-6;

/// A unit grid that a fix may lie in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridCandidate<'index> {
    /// The grid.
    pub grid: &'index UnitGrid,
    /// How much of the fix's circle lies in it, 0 to 1. What is missing to 1 over all candidates lies in no known grid.
    pub share: f64,
}

/// A plane in metres that touches the Earth at a point.
#[derive(Clone, Copy)]
struct Plane {
    origin: Point,
    east: f64,
}

impl Plane {
    fn at(origin: Point) -> Self {
        let east = METRES_PER_UNIT * origin.latitude().to_radians().cos();
        Self { origin, east }
    }

    fn place(&self, point: &Point) -> Corner {
        let from =
            |coordinate: i32, origin: i32| (i64::from(coordinate) - i64::from(origin)) as f64;
        (
            from(point.longitude_e7, self.origin.longitude_e7) * self.east,
            from(point.latitude_e7, self.origin.latitude_e7) * METRES_PER_UNIT,
        )
    }

    fn point(&self, (east, north): Corner) -> Point {
        let longitude = (east / self.east).round() as i32;
        let latitude = (north / METRES_PER_UNIT).round() as i32;
        Point {
            longitude_e7: self.origin.longitude_e7.saturating_add(longitude),
            latitude_e7: self.origin.latitude_e7.saturating_add(latitude),
        }
    }
}

impl GridIndex {
    /// The grids that a fix of this accuracy may lie in, the largest share first, of equal ones the lower code; at most
    /// [`CANDIDATES_MAX`]. A circle within one grid gives that one with share 1, and so does a fix without a circle: then by
    /// the boundary rule of [`Self::locate`]. Cost: linear in the corners of the grids around.
    pub fn candidates(&self, point: Point, accuracy_metres: u32) -> Vec<GridCandidate<'_>> {
        let radius = f64::from(accuracy_metres.min(ACCURACY_METRES_MAX));
        if accuracy_metres == 0 {
            let located = self.locate(point);
            return located
                .map(|grid| GridCandidate { grid, share: 1.0 })
                .into_iter()
                .collect();
        }
        let plane = Plane::at(point);
        let whole = std::f64::consts::PI * radius * radius;
        let mut candidates: Vec<GridCandidate<'_>> = self
            .around(point, radius, plane)
            .map(|grid| {
                let ring: Vec<Corner> = grid.corners.iter().map(|at| plane.place(at)).collect();
                let share = (common_area(&ring, radius) / whole).min(1.0);
                GridCandidate { grid, share }
            })
            .filter(|candidate| candidate.share > SHARE_MIN)
            .collect();
        // To a thousandth: what is farther behind the point is rounding, not a larger share.
        let rank = |candidate: &GridCandidate<'_>| (candidate.share * 1_000.0).round() as u32;
        candidates.sort_by_key(|candidate| (Reverse(rank(candidate)), candidate.grid.code));
        candidates.truncate(CANDIDATES_MAX);
        candidates
    }

    /// The place in this grid that is nearest to a point, to a metre or so; the point itself where it lies in it. For a fix
    /// that a person says belongs to a neighbouring grid. `None` for a grid that is not known or encloses nothing.
    pub fn nearest_in(&self, code: UnitGridCode, point: Point) -> Option<Point> {
        let grid = self.get(code)?;
        let holds = |at: &Point| self.locate(*at).is_some_and(|found| found.code == code);
        if holds(&point) {
            return Some(point);
        }
        let plane = Plane::at(point);
        let ring = grid.corners.iter().map(|at| Coord::from(plane.place(at)));
        let shape = Polygon::new(LineString::new(ring.collect()), Vec::new());
        let middle = shape.interior_point()?;
        let edge = match shape.closest_point(&geo::Point::new(0.0, 0.0)) {
            Closest::Intersection(at) | Closest::SinglePoint(at) => at,
            Closest::Indeterminate => middle,
        };
        // The boundary may belong to a neighbour: a step or some towards the middle.
        let (east, north) = (middle.x() - edge.x(), middle.y() - edge.y());
        let length = east.hypot(north).max(f64::MIN_POSITIVE);
        let steps = [0.5, 1.0, 2.0, 4.0, 8.0].into_iter();
        let inward = steps
            .filter(|step| *step < length)
            .map(|step| {
                (
                    edge.x() + east / length * step,
                    edge.y() + north / length * step,
                )
            })
            .chain([(middle.x(), middle.y())]);
        inward.map(|at| plane.point(at)).find(holds)
    }

    /// The grids whose bounds touch those of a circle.
    fn around(
        &self,
        point: Point,
        radius: f64,
        plane: Plane,
    ) -> impl Iterator<Item = &UnitGrid> + '_ {
        let reach = |metres_per_unit: f64| (radius / metres_per_unit).ceil() as i64;
        let (east, north) = (reach(plane.east), reach(METRES_PER_UNIT));
        let (x, y) = (i64::from(point.longitude_e7), i64::from(point.latitude_e7));
        let bounds = AABB::from_corners([x - east, y - north], [x + east, y + north]);
        let cells = self.tree.locate_in_envelope_intersecting(&bounds);
        cells.filter_map(|cell| self.grids.get(cell.index))
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    /// Squares of 100 m, ten a row.
    fn city() -> GridIndex {
        let here = Point::from_degrees(113.78, 34.75).expect("a point");
        let plane = Plane::at(here);
        let square = |index: u16| {
            let (west, south) = (f64::from(index % 10) * 100.0, f64::from(index / 10) * 100.0);
            let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
            UnitGrid {
                code: UnitGridCode::from_parts(410_104, 101, 1, index + 1).expect("a code"),
                name: String::new(),
                duty_grid: "putian-1".parse().expect("an id"),
                corners: corners
                    .map(|(x, y)| plane.point((west + x, south + y)))
                    .to_vec(),
            }
        };
        GridIndex::new((0..100).map(square).collect()).expect("a city")
    }

    fn at(east: f64, north: f64) -> Point {
        let here = Point::from_degrees(113.78, 34.75).expect("a point");
        Plane::at(here).point((east, north))
    }

    fn sequences(city: &GridIndex, point: Point, metres: u32) -> Vec<(u64, u32)> {
        let candidates = city.candidates(point, metres).into_iter();
        let percent = |candidate: GridCandidate<'_>| (candidate.share * 100.0).round() as u32;
        candidates
            .map(|candidate| {
                let code: u64 = candidate.grid.code.to_string().parse().expect("digits");
                (code % 1_000, percent(candidate))
            })
            .collect()
    }

    #[test]
    fn a_good_fix_has_one_candidate_and_a_poor_one_all_that_its_circle_touches() {
        let city = city();
        assert_eq!(sequences(&city, at(50.0, 50.0), 20), [(1, 100)]);
        assert_eq!(sequences(&city, at(50.0, 50.0), 0), [(1, 100)]);
        // On the edge of two, in the corner of four, and at the rim of what is known.
        assert_eq!(sequences(&city, at(100.0, 50.0), 20), [(1, 50), (2, 50)]);
        let corner = sequences(&city, at(100.0, 100.0), 20);
        assert_eq!(corner, [(1, 25), (2, 25), (11, 25), (12, 25)]);
        assert_eq!(sequences(&city, at(0.0, 50.0), 20), [(1, 50)]);
        assert_eq!(sequences(&city, at(-50.0, 50.0), 20), []);
        let off = sequences(&city, at(95.0, 50.0), 20);
        assert_eq!(
            off.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
            [1, 2]
        );
        assert!(off[0].1 > off[1].1);
    }

    #[test]
    fn a_chosen_grid_holds_the_place_that_is_made_of_the_fix() {
        let city = city();
        let fix = at(95.0, 50.0);
        for candidate in city.candidates(fix, 60) {
            let code = candidate.grid.code;
            let place = city.nearest_in(code, fix).expect("a place");
            assert_eq!(city.locate(place).map(|grid| grid.code), Some(code));
            assert!(place.distance_metres(fix) <= 62.0, "{code}");
        }
        let own = UnitGridCode::from_parts(410_104, 101, 1, 1).expect("a code");
        assert_eq!(city.nearest_in(own, fix), Some(fix));
        let unknown = UnitGridCode::from_parts(410_104, 101, 1, 900).expect("a code");
        assert_eq!(city.nearest_in(unknown, fix), None);
    }

    proptest::proptest! {
        #[test]
        fn shares_of_a_tiled_city_make_the_whole_circle(x in 200.0_f64..800.0, y in 200.0_f64..800.0, metres in 1_u32..50) {
            let city = city();
            let point = at(x, y);
            let candidates = city.candidates(point, metres);
            let sum: f64 = candidates.iter().map(|candidate| candidate.share).sum();
            proptest::prop_assert!((sum - 1.0).abs() < 1e-3, "{}", sum);
            proptest::prop_assert!(candidates.windows(2).all(|pair| pair[0].share + 0.001 >= pair[1].share));
            let located = city.locate(point).map(|grid| grid.code);
            proptest::prop_assert!(candidates.iter().any(|candidate| Some(candidate.grid.code) == located));
        }
    }
}
