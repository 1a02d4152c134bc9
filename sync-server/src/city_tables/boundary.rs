//! The boundary of a grid: one ring as WKT or GeoJSON, converted to WGS-84 on its way in.

use serde::Deserialize;
use xunge_domain::datum::Datum;
use xunge_domain::geo::Point;
use xunge_domain::grid::CORNERS_MAX;

use super::{Problem, problems};

/// Longest boundary as text: [`CORNERS_MAX`] corners of forty letters.
const BOUNDARY_BYTES_MAX: usize = 100 * 1024;

type Degrees = (f64, f64);

#[derive(Deserialize)]
struct GeoJson {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Vec<Vec<Vec<f64>>>,
    #[serde(default)]
    geometry: Option<Box<GeoJson>>,
}

/// The corners in order, without the one that closes the ring.
///
/// # Errors
/// What is wrong with the boundary.
pub(super) fn read(text: &str, datum: Datum) -> Result<Vec<Point>, &'static Problem> {
    if text.len() > BOUNDARY_BYTES_MAX {
        return Err(&problems::CORNERS);
    }
    let ring = if text.starts_with('{') {
        of_geo_json(text)?
    } else {
        of_wkt(text)?
    };
    let mut corners = Vec::with_capacity(ring.len());
    for degrees in ring {
        let corner = datum.place(degrees).ok_or(&problems::DEGREES)?;
        // A corner that stands twice in a row says nothing.
        if corners.last() != Some(&corner) {
            corners.push(corner);
        }
    }
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    if !(3..=CORNERS_MAX).contains(&corners.len()) {
        return Err(&problems::CORNERS);
    }
    if doubled_area(&corners) == 0 || crosses_itself(&corners) {
        return Err(&problems::CROSSED);
    }
    Ok(corners)
}

/// As WKT, in the degrees of a datum.
pub(super) fn write(corners: &[Point], datum: Datum) -> String {
    let ring: Vec<String> = corners
        .iter()
        .chain(corners.first())
        .map(|corner| {
            let (longitude, latitude) = datum.degrees(*corner);
            format!("{longitude:.7} {latitude:.7}")
        })
        .collect();
    format!("POLYGON(({}))", ring.join(","))
}

fn of_geo_json(text: &str) -> Result<Vec<Degrees>, &'static Problem> {
    let read: GeoJson = serde_json::from_str(text).map_err(|_| &problems::BOUNDARY)?;
    let polygon = match read.geometry {
        Some(geometry) if read.kind == "Feature" => *geometry,
        _ => read,
    };
    if polygon.kind != "Polygon" {
        return Err(&problems::BOUNDARY);
    }
    let [ring] = polygon.coordinates.as_slice() else {
        return Err(&problems::RINGS);
    };
    let degrees = ring.iter().map(|corner| match corner.as_slice() {
        // A height is of no interest.
        [longitude, latitude] | [longitude, latitude, _] => Ok((*longitude, *latitude)),
        _ => Err(&problems::BOUNDARY),
    });
    degrees.collect()
}

fn of_wkt(text: &str) -> Result<Vec<Degrees>, &'static Problem> {
    let upper = text.to_ascii_uppercase();
    if upper.starts_with("MULTIPOLYGON") {
        return Err(&problems::RINGS);
    }
    let rings = upper.strip_prefix("POLYGON").map(str::trim);
    let rings = rings.and_then(|rings| rings.strip_prefix('(')?.strip_suffix(')'));
    let rings = rings.ok_or(&problems::BOUNDARY)?.trim();
    let ring = rings
        .strip_prefix('(')
        .and_then(|ring| ring.strip_suffix(')'));
    let ring = ring.ok_or(&problems::BOUNDARY)?;
    if ring.contains(['(', ')']) {
        return Err(&problems::RINGS);
    }
    let degrees = ring.split(',').map(|corner| {
        let mut numbers = corner.split_whitespace().map(str::parse::<f64>);
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(longitude)), Some(Ok(latitude)), None) => Ok((longitude, latitude)),
            _ => Err(&problems::BOUNDARY),
        }
    });
    degrees.collect()
}

/// Twice the area with its sign, in units squared.
fn doubled_area(corners: &[Point]) -> i128 {
    let next = corners.iter().cycle().skip(1);
    let crossed = corners.iter().zip(next).map(|(one, other)| {
        let wide = |number: i32| i128::from(number);
        wide(one.longitude_e7) * wide(other.latitude_e7)
            - wide(other.longitude_e7) * wide(one.latitude_e7)
    });
    crossed.sum()
}

/// Whether two lines that are no neighbours meet. Cost: the square of the corners, a microsecond for thirty.
fn crosses_itself(corners: &[Point]) -> bool {
    let lines: Vec<(Point, Point)> = corners
        .iter()
        .copied()
        .zip(corners.iter().copied().cycle().skip(1))
        .collect();
    let count = lines.len();
    lines.iter().enumerate().any(|(index, line)| {
        let others = lines.iter().enumerate().skip(index + 2);
        let mut others = others.filter(|(other, _)| !(index == 0 && *other == count - 1));
        others.any(|(_, other)| meet(*line, *other))
    })
}

/// On which side of a line a point lies: negative, 0, positive.
fn side((from, to): (Point, Point), point: Point) -> i64 {
    let wide = |number: i32| i64::from(number);
    let (east, north) = (
        wide(to.longitude_e7) - wide(from.longitude_e7),
        wide(to.latitude_e7) - wide(from.latitude_e7),
    );
    let product = i128::from(east) * i128::from(wide(point.latitude_e7) - wide(from.latitude_e7))
        - i128::from(north) * i128::from(wide(point.longitude_e7) - wide(from.longitude_e7));
    i64::try_from(product.signum()).unwrap_or_default()
}

fn meet(one: (Point, Point), other: (Point, Point)) -> bool {
    let sides = |line, ends: (Point, Point)| (side(line, ends.0), side(line, ends.1));
    let (a, b) = sides(one, other);
    let (c, d) = sides(other, one);
    if a * b < 0 && c * d < 0 {
        return true;
    }
    let touches = |line: (Point, Point), point: Point, at: i64| {
        let within =
            |low: i32, high: i32, number: i32| (low.min(high)..=low.max(high)).contains(&number);
        at == 0
            && within(line.0.longitude_e7, line.1.longitude_e7, point.longitude_e7)
            && within(line.0.latitude_e7, line.1.latitude_e7, point.latitude_e7)
    };
    touches(one, other.0, a)
        || touches(one, other.1, b)
        || touches(other, one.0, c)
        || touches(other, one.1, d)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    const SQUARE: &str =
        "POLYGON ((113.78 34.75, 113.784 34.75, 113.784 34.753, 113.78 34.753, 113.78 34.75))";

    #[test]
    fn both_forms_say_the_same_and_read_back() {
        let wkt = read(SQUARE, Datum::Wgs84).unwrap();
        assert_eq!(wkt.len(), 4);
        let polygon = r#"{"type":"Polygon","coordinates":[[[113.78,34.75],[113.784,34.75],[113.784,34.753],[113.78,34.753],[113.78,34.75]]]}"#;
        assert_eq!(read(polygon, Datum::Wgs84).as_ref(), Ok(&wkt));
        let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{polygon}}}"#);
        assert_eq!(read(&feature, Datum::Wgs84).as_ref(), Ok(&wkt));
        assert_eq!(
            read(&write(&wkt, Datum::Wgs84), Datum::Wgs84).as_ref(),
            Ok(&wkt)
        );
    }

    #[test]
    fn another_datum_is_converted_on_the_way_in_and_out() {
        let here = read(SQUARE, Datum::Wgs84).unwrap();
        let shifted = read(SQUARE, Datum::Gcj02).unwrap();
        let metres = here[0].distance_metres(shifted[0]);
        assert!((500.0..700.0).contains(&metres), "{metres}");
        let back = read(&write(&shifted, Datum::Gcj02), Datum::Wgs84).unwrap();
        assert!(
            here.iter()
                .zip(&back)
                .all(|(one, other)| one.distance_metres(*other) < 0.02)
        );
    }

    #[test]
    fn what_is_no_boundary_is_told_apart() {
        for (text, problem) in [
            ("", &problems::BOUNDARY),
            ("POINT(1 2)", &problems::BOUNDARY),
            ("POLYGON((1 2, x 3, 4 5))", &problems::BOUNDARY),
            (r#"{"type":"Point","coordinates":[]}"#, &problems::BOUNDARY),
            (
                "POLYGON((0 0, 1 0, 1 1), (0.2 0.2, 0.3 0.2, 0.3 0.3))",
                &problems::RINGS,
            ),
            ("MULTIPOLYGON(((0 0, 1 0, 1 1)))", &problems::RINGS),
            (r#"{"type":"Polygon","coordinates":[]}"#, &problems::RINGS),
            ("POLYGON((0 0, 1 0, 0 0))", &problems::CORNERS),
            ("POLYGON((0 0, 1 0, 200 1))", &problems::DEGREES),
            ("POLYGON((0 0, 1 0, 2 0))", &problems::CROSSED),
            ("POLYGON((0 0, 2 2, 2 0, 0 1))", &problems::CROSSED),
            // A corner that lies on another line.
            ("POLYGON((0 0, 4 0, 4 4, 2 0, 0 4))", &problems::CROSSED),
        ] {
            assert_eq!(read(text, Datum::Wgs84), Err(problem), "{text}");
        }
    }
}
