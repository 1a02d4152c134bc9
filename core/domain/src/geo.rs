//! Points and distances. WGS-84 in ten-millionths of a degree: integers, so that phone and server agree to the bit.

use geo::{Distance, Haversine};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Ten-millionths of a degree in one degree; one unit is about 1 cm.
pub const UNITS_PER_DEGREE: i32 = 10_000_000;

/// A place, WGS-84.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize,
)]
pub struct Point {
    /// Longitude in ten-millionths of a degree.
    #[n(0)]
    pub longitude_e7: i32,
    /// Latitude in ten-millionths of a degree.
    #[n(1)]
    pub latitude_e7: i32,
}

/// A rectangle on the map, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// South-western corner.
    pub south_west: Point,
    /// North-eastern corner.
    pub north_east: Point,
}

impl Bounds {
    /// The square that holds every place within so many metres of a point, for who looks for what is near. One that would
    /// reach beyond the last meridian ends there.
    pub fn around(point: Point, metres: u32) -> Self {
        // A little less than there are, so that the square is a little larger.
        const METRES_PER_DEGREE: f64 = 111_100.0;
        let units = |metres_per_degree: f64| {
            (f64::from(metres) / metres_per_degree * f64::from(UNITS_PER_DEGREE)).ceil() as i32
        };
        let north = units(METRES_PER_DEGREE);
        let east = units((METRES_PER_DEGREE * point.latitude().to_radians().cos()).max(1.0));
        let corner = |east: i32, north: i32| Point {
            longitude_e7: point.longitude_e7.saturating_add(east),
            latitude_e7: point.latitude_e7.saturating_add(north),
        };
        Self {
            south_west: corner(-east, -north),
            north_east: corner(east, north),
        }
    }

    /// The smallest rectangle that holds all of these; `None` of nothing.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |bounds, point| {
            let Self {
                south_west: low,
                north_east: high,
            } = bounds.unwrap_or(Self {
                south_west: point,
                north_east: point,
            });
            Some(Self {
                south_west: Point {
                    longitude_e7: low.longitude_e7.min(point.longitude_e7),
                    latitude_e7: low.latitude_e7.min(point.latitude_e7),
                },
                north_east: Point {
                    longitude_e7: high.longitude_e7.max(point.longitude_e7),
                    latitude_e7: high.latitude_e7.max(point.latitude_e7),
                },
            })
        })
    }

    /// Whether a place lies in it.
    pub const fn holds(&self, point: Point) -> bool {
        let (west, south) = (self.south_west.longitude_e7, self.south_west.latitude_e7);
        let (east, north) = (self.north_east.longitude_e7, self.north_east.latitude_e7);
        west <= point.longitude_e7
            && point.longitude_e7 <= east
            && south <= point.latitude_e7
            && point.latitude_e7 <= north
    }
}

/// Numbers that are no place on Earth.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no place: give longitude,latitude in degrees, e.g. 113.7861,34.7552")]
pub struct ParsePointError {
    text: String,
}

impl Point {
    /// From degrees, rounded to the nearest unit; `None` outside ±180 / ±90 or when not a number.
    pub fn from_degrees(longitude: f64, latitude: f64) -> Option<Self> {
        if !(longitude.abs() <= 180.0 && latitude.abs() <= 90.0) {
            return None;
        }
        let unit = f64::from(UNITS_PER_DEGREE);
        Some(Self {
            longitude_e7: (longitude * unit).round() as i32,
            latitude_e7: (latitude * unit).round() as i32,
        })
    }

    /// Degrees east.
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude_e7) / f64::from(UNITS_PER_DEGREE)
    }

    /// Degrees north.
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude_e7) / f64::from(UNITS_PER_DEGREE)
    }

    /// Great-circle distance in metres.
    pub fn distance_metres(self, other: Self) -> f64 {
        Haversine.distance(
            geo::Point::new(self.longitude(), self.latitude()),
            geo::Point::new(other.longitude(), other.latitude()),
        )
    }
}

/// `longitude,latitude` in degrees.
impl std::str::FromStr for Point {
    type Err = ParsePointError;
    fn from_str(text: &str) -> Result<Self, ParsePointError> {
        let point = text.split_once(',').and_then(|(longitude, latitude)| {
            Self::from_degrees(
                longitude.trim().parse().ok()?,
                latitude.trim().parse().ok()?,
            )
        });
        point.ok_or_else(|| ParsePointError {
            text: text.chars().take(80).collect(),
        })
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn reads_degrees_and_refuses_nonsense() {
        let point: Point = "113.7861,34.7552".parse().expect("a point");
        assert_eq!(
            (point.longitude_e7, point.latitude_e7),
            (1_137_861_000, 347_552_000)
        );
        for bad in ["", "113.7", "200,0", "0,91", "nan,1", "a,b"] {
            assert!(bad.parse::<Point>().is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_square_holds_everything_that_is_so_near(metres in 1_u32..3_000, angle in 0.0_f64..6.25, share in 0.0_f64..1.0, latitude in 18.0_f64..53.0) {
            let middle = Point::from_degrees(113.78, latitude).expect("a point");
            let (east, north) = (angle.cos(), angle.sin());
            let degrees = f64::from(metres) * share / 111_195.0;
            let place = Point::from_degrees(113.78 + degrees * east / latitude.to_radians().cos(), latitude + degrees * north).expect("a point");
            if place.distance_metres(middle) <= f64::from(metres) {
                proptest::prop_assert!(Bounds::around(middle, metres).holds(place));
            }
        }
    }

    #[test]
    fn one_hundredth_of_a_degree_north_is_about_1112_metres() {
        let here: Point = "113.78,34.75".parse().expect("a point");
        let there: Point = "113.78,34.76".parse().expect("a point");
        assert!((here.distance_metres(there) - 1_112.0).abs() < 1.0);
    }
}
