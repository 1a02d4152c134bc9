//! Datums at the edges. Everything inside is WGS-84 (CGCS2000 is the same at this accuracy); tables and maps of others come in
//! GCJ-02 (national maps, Amap) or BD-09 (Baidu) and are converted once, on their way in or out.
//!
//! GCJ-02 is not published by its owner. The formula is the one that all open implementations share since it became public in
//! 2013 (eviltransform; npm gcoord 1.0.7): a polynomial with sines on the Krasovsky ellipsoid, and for BD-09 a second shift in
//! polar coordinates on top. `tests/datum.rs` holds it against vectors of gcoord. The way back has no formula: it is found by
//! iteration, to a micrometre, where gcoord stops at a tenth of a metre and takes a rough inverse for BD-09.

use std::f64::consts::PI;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::geo::Point;

/// What the degrees of a table mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// WGS-84, as positioning gives it and as everything is stored; CGCS2000 as well.
    #[default]
    #[n(0)]
    Wgs84,
    /// GCJ-02 火星坐标: shifted by some hundred metres within China.
    #[n(1)]
    Gcj02,
    /// BD-09: GCJ-02 shifted once more.
    #[n(2)]
    Bd09,
}

/// A text that names no datum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no datum: give wgs84, gcj02 or bd09")]
pub struct ParseDatumError {
    text: String,
}

/// The box within which the shift is applied, in degrees: everybody's rough outline of China. Within a kilometre of its
/// edges (at sea and abroad) a round trip may not come back; nowhere in China is that near.
const WEST: f64 = 72.004;
const EAST: f64 = 137.8347;
const SOUTH: f64 = 0.8293;
const NORTH: f64 = 55.8271;

/// Krasovsky 1940: semi-major axis in metres, first eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_823;

/// Degrees in radians, as BD-09 has them.
const BAIDU_FACTOR: f64 = PI * 3_000.0 / 180.0;
/// The iteration ends once it is this near, in degrees: a micrometre.
const NEAR_ENOUGH: f64 = 1e-11;
/// The shift changes by less than a hundredth of a step, so each step gains two digits and more.
const STEPS_MAX: usize = 20;

/// Longitude and latitude in degrees.
type Degrees = (f64, f64);

impl Datum {
    /// Its name in files and on command lines.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// Longitude and latitude of WGS-84, in degrees, in this datum. Outside China they stay what they are.
    pub fn from_wgs84(self, degrees: Degrees) -> Degrees {
        if self == Self::Wgs84 || !is_in_china(degrees) {
            return degrees;
        }
        self.shifted(degrees)
    }

    /// Longitude and latitude of this datum, in degrees, in WGS-84. Outside China they stay what they are. Cost: about a
    /// microsecond.
    pub fn to_wgs84(self, degrees: Degrees) -> Degrees {
        if self == Self::Wgs84 || !is_in_china(degrees) {
            return degrees;
        }
        let (mut longitude, mut latitude) = degrees;
        for _ in 0..STEPS_MAX {
            let there = self.shifted((longitude, latitude));
            let (east, north) = (degrees.0 - there.0, degrees.1 - there.1);
            longitude += east;
            latitude += north;
            if east.abs() < NEAR_ENOUGH && north.abs() < NEAR_ENOUGH {
                break;
            }
        }
        (longitude, latitude)
    }

    /// [`Self::to_wgs84`] of degrees as a place; `None` when they are no place on Earth.
    pub fn place(self, degrees: Degrees) -> Option<Point> {
        Point::from_degrees(degrees.0, degrees.1)?;
        let (longitude, latitude) = self.to_wgs84(degrees);
        Point::from_degrees(longitude, latitude)
    }

    /// A place in this datum, in degrees.
    pub fn degrees(self, place: Point) -> Degrees {
        self.from_wgs84((place.longitude(), place.latitude()))
    }

    fn shifted(self, degrees: Degrees) -> Degrees {
        match self {
            Self::Wgs84 => degrees,
            Self::Gcj02 => gcj02_of_wgs84(degrees),
            Self::Bd09 => bd09_of_gcj02(gcj02_of_wgs84(degrees)),
        }
    }
}

impl std::fmt::Display for Datum {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.id())
    }
}

/// As [`Datum::id`], with capitals, hyphens and `CGCS2000` allowed.
impl std::str::FromStr for Datum {
    type Err = ParseDatumError;
    fn from_str(text: &str) -> Result<Self, ParseDatumError> {
        let plain: String = text
            .chars()
            .filter(|letter| !matches!(letter, '-' | '_' | ' '))
            .collect();
        match plain.to_ascii_lowercase().as_str() {
            "wgs84" | "cgcs2000" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" => Ok(Self::Bd09),
            _ => Err(ParseDatumError {
                text: text.chars().take(80).collect(),
            }),
        }
    }
}

fn is_in_china((longitude, latitude): Degrees) -> bool {
    (WEST..=EAST).contains(&longitude) && (SOUTH..=NORTH).contains(&latitude)
}

fn gcj02_of_wgs84((longitude, latitude): Degrees) -> Degrees {
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let radians = latitude / 180.0 * PI;
    let sine = radians.sin();
    let magic = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
    let root = magic.sqrt();
    let east = metres_east(x, y) * 180.0 / (AXIS / root * radians.cos() * PI);
    let north =
        metres_north(x, y) * 180.0 / (AXIS * (1.0 - ECCENTRICITY_SQUARED) / (magic * root) * PI);
    (longitude + east, latitude + north)
}

/// Two sines of the east that both shifts share.
fn waves(x: f64) -> f64 {
    (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0
}

fn metres_east(x: f64, y: f64) -> f64 {
    300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves(x)
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0
}

fn metres_north(x: f64, y: f64) -> f64 {
    -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves(x)
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0
}

fn bd09_of_gcj02((x, y): Degrees) -> Degrees {
    let length = x.hypot(y) + 0.000_02 * (y * BAIDU_FACTOR).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BAIDU_FACTOR).cos();
    (length * angle.cos() + 0.006_5, length * angle.sin() + 0.006)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datum_reads_back_and_nonsense_does_not() {
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
            assert_eq!(datum.id().parse(), Ok(datum));
        }
        assert_eq!("GCJ-02".parse(), Ok(Datum::Gcj02));
        assert_eq!("CGCS2000".parse(), Ok(Datum::Wgs84));
        assert!("mars".parse::<Datum>().is_err());
    }

    #[test]
    fn abroad_nothing_moves() {
        for abroad in [
            (-0.1276, 51.5072),
            (151.2, -33.9),
            (72.0, 39.0),
            (100.0, 0.8),
        ] {
            for datum in [Datum::Gcj02, Datum::Bd09] {
                assert_eq!(datum.from_wgs84(abroad), abroad);
                assert_eq!(datum.to_wgs84(abroad), abroad);
            }
        }
    }

    #[test]
    fn what_is_no_place_stays_none() {
        assert_eq!(Datum::Gcj02.place((200.0, 0.0)), None);
        assert_eq!(Datum::Bd09.place((f64::NAN, 1.0)), None);
    }
}
