//! The datum conversions against npm gcoord 1.0.7 (`datum.csv`, made by `datum_vectors.mjs`) and against themselves.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use xunge_domain::datum::Datum;
use xunge_domain::geo::Point;

/// The same formula in the same precision, so only the last digits of sines may differ: a hundredth of a millimetre.
const FORTH_METRES: f64 = 0.000_01;
/// gcoord's ways back: it stops its iteration at a millionth of a degree (0.11 m) and inverts BD-09 roughly; its own
/// results are up to 0.21 m away from where they started.
const BACK_METRES: f64 = 0.25;
/// Ours, in degrees as in `f64`.
const ROUND_TRIP_METRES: f64 = 0.000_1;
/// A stored place is rounded to 11 mm.
const STORED_METRES: f64 = 0.01;

fn metres((longitude, latitude): (f64, f64), (east, north): (f64, f64)) -> f64 {
    let degree = 6_371_008.8_f64.to_radians();
    let across = (longitude - east) * latitude.to_radians().cos();
    (across * degree).hypot((latitude - north) * degree)
}

#[test]
fn gcoord_says_the_same() {
    let rows: Vec<Vec<f64>> = include_str!("datum.csv")
        .lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .filter_map(|cell| cell.parse().ok())
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 300);
    for row in &rows {
        let pair = |column: usize| (row[2 * column], row[2 * column + 1]);
        let wgs84 = pair(0);
        for (datum, there, back) in [
            (Datum::Gcj02, pair(1), pair(3)),
            (Datum::Bd09, pair(2), pair(4)),
        ] {
            let ours = datum.from_wgs84(wgs84);
            assert!(
                metres(ours, there) < FORTH_METRES,
                "{datum} {row:?} {ours:?}"
            );
            let ours = datum.to_wgs84(there);
            assert!(metres(ours, back) < BACK_METRES, "{datum} {row:?} {ours:?}");
            assert!(
                metres(ours, wgs84) < ROUND_TRIP_METRES,
                "{datum} {row:?} {ours:?}"
            );
            assert!(
                metres(there, wgs84) > 30.0,
                "{datum} is no shift at all: {row:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn there_and_back_is_the_same_place(longitude in 73.5..135.1_f64, latitude in 3.8..53.6_f64) {
        let start = (longitude, latitude);
        for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
            let back = datum.to_wgs84(datum.from_wgs84(start));
            prop_assert!(metres(start, back) < ROUND_TRIP_METRES, "{datum} {start:?} {back:?}");
            let forth = datum.from_wgs84(datum.to_wgs84(start));
            prop_assert!(metres(start, forth) < ROUND_TRIP_METRES, "{datum} {start:?} {forth:?}");
        }
    }

    #[test]
    fn a_stored_place_comes_back_within_its_rounding(longitude_e7 in 735_000_000..1_351_000_000_i32, latitude_e7 in 38_000_000..536_000_000_i32) {
        let place = Point { longitude_e7, latitude_e7 };
        for datum in [Datum::Gcj02, Datum::Bd09] {
            let back = datum.place(datum.degrees(place));
            prop_assert!(back.is_some_and(|back| back.distance_metres(place) < STORED_METRES), "{datum} {place:?} {back:?}");
        }
    }
}
