//! Places of tiles. At zoom z the world is a square of 2^z by 2^z tiles; columns count from the 180th meridian eastwards, rows from
//! the north (XYZ). `MBTiles` counts rows from the south (TMS); that is said where it is read, nowhere else.

use std::f64::consts::PI;

use crate::base_map::DRAWN_TILES_MAX;
use crate::datum::Datum;
use crate::geo::{Bounds, Point};

/// Deepest zoom level there is: a tile is ten metres wide. Further in nothing is surveyed.
pub const ZOOM_MAX: u8 = 22;
/// Where the square ends, in degrees of latitude.
const LATITUDE_MAX: f64 = 85.051_128_779_806_59;

/// Longitude and latitude in degrees, in the datum of the map.
type Degrees = (f64, f64);

/// Where a tile is in the square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePlace {
    /// Zoom level, at most [`ZOOM_MAX`].
    pub zoom: u8,
    /// From the 180th meridian eastwards.
    pub column: u32,
    /// From the north.
    pub row: u32,
}

impl TilePlace {
    /// The place; `None` where there is none: too deep, or outside of the square.
    pub const fn new(zoom: u8, column: u32, row: u32) -> Option<Self> {
        if zoom > ZOOM_MAX || column >> zoom != 0 || row >> zoom != 0 {
            return None;
        }
        Some(Self { zoom, column, row })
    }

    /// The place of a row that is counted from the south.
    pub const fn from_south(zoom: u8, column: u32, row: u32) -> Option<Self> {
        match Self::new(zoom, column, row) {
            Some(place) => Some(Self {
                row: place.row_from_south(),
                ..place
            }),
            None => None,
        }
    }

    /// Its row as `MBTiles` counts them.
    pub const fn row_from_south(self) -> u32 {
        last(self.zoom) - self.row
    }

    /// The tile that a place lies in; beyond the square's edge the nearest one.
    pub fn holding(zoom: u8, degrees: Degrees) -> Self {
        let zoom = zoom.min(ZOOM_MAX);
        let (east, south) = in_square(degrees);
        // Cut towards 0, and held within the square from below and above.
        let count = |share: f64| (((share * side(zoom)).max(0.0)) as u32).min(last(zoom));
        Self {
            zoom,
            column: count(east),
            row: count(south),
        }
    }

    /// Where it lies in WGS-84, of a map whose degrees are of this datum. The shift of GCJ-02 differs by less than a pixel across a tile,
    /// so that neighbours meet.
    pub fn area(self, datum: Datum) -> Bounds {
        let corner = |column: u32, row: u32| {
            let share = |count: u32| f64::from(count) / side(self.zoom);
            let degrees = on_earth((share(column), share(row)));
            let nowhere = Point {
                longitude_e7: 0,
                latitude_e7: 0,
            };
            // Degrees within the square are a place on Earth.
            datum.place(degrees).unwrap_or(nowhere)
        };
        Bounds {
            south_west: corner(self.column, self.row + 1),
            north_east: corner(self.column + 1, self.row),
        }
    }
}

/// Neighbouring tiles of one zoom level, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileRange {
    /// The tile in the north-west.
    pub first: TilePlace,
    /// The tile in the south-east, of the same level.
    pub last: TilePlace,
}

impl TileRange {
    /// The tiles of a map of this datum that touch a rectangle in WGS-84.
    pub fn of(area: Bounds, datum: Datum, zoom: u8) -> Self {
        let Bounds {
            south_west,
            north_east,
        } = area;
        let at = |longitude_e7: i32, latitude_e7: i32| {
            datum.degrees(Point {
                longitude_e7,
                latitude_e7,
            })
        };
        // A shifted rectangle is hardly one any more: each of its corners counts.
        let corners = [
            at(south_west.longitude_e7, south_west.latitude_e7),
            at(south_west.longitude_e7, north_east.latitude_e7),
            at(north_east.longitude_e7, south_west.latitude_e7),
            at(north_east.longitude_e7, north_east.latitude_e7),
        ];
        let tiles = corners.map(|corner| TilePlace::holding(zoom, corner));
        let zoom = zoom.min(ZOOM_MAX);
        let [mut first, mut last] = [tiles[0], tiles[0]];
        for tile in tiles {
            first.column = first.column.min(tile.column);
            first.row = first.row.min(tile.row);
            last.column = last.column.max(tile.column);
            last.row = last.row.max(tile.row);
        }
        (first.zoom, last.zoom) = (zoom, zoom);
        Self { first, last }
    }

    /// How many tiles these are.
    pub fn count(self) -> u64 {
        let across = u64::from(self.last.column - self.first.column) + 1;
        let down = u64::from(self.last.row - self.first.row) + 1;
        across * down
    }
}

/// The zoom level at which a tile of so many pixels is drawn at about its own size, when a rectangle is drawn so many pixels wide:
/// between 0.7 and 1.4 times. One that needs more than 64 tiles gives way to the one before. Never outside of what the map has.
pub fn fitting_zoom(
    area: Bounds,
    pixels_across: u32,
    tile_pixels: u16,
    datum: Datum,
    (zoom_min, zoom_max): (u8, u8),
) -> u8 {
    let (west, east) = (area.south_west.longitude(), area.north_east.longitude());
    let share = ((east - west) / 360.0).max(f64::EPSILON);
    let across = f64::from(pixels_across.max(1)) / f64::from(tile_pixels.max(1));
    // Held within a byte before it becomes one.
    let ideal = (across / share).log2().round().clamp(0.0, 255.0) as u8;
    let zoom_max = zoom_max.min(ZOOM_MAX);
    let zoom_min = zoom_min.min(zoom_max);
    let mut zoom = ideal.clamp(zoom_min, zoom_max);
    while zoom > zoom_min && TileRange::of(area, datum, zoom).count() > DRAWN_TILES_MAX as u64 {
        zoom -= 1;
    }
    zoom
}

/// The last column and row of a level.
const fn last(zoom: u8) -> u32 {
    (1 << zoom) - 1
}

/// Tiles along an edge of the square.
fn side(zoom: u8) -> f64 {
    f64::from(1_u32 << zoom)
}

/// Shares of the square's edges, from the west and from the north.
fn in_square((longitude, latitude): Degrees) -> (f64, f64) {
    let latitude = latitude.clamp(-LATITUDE_MAX, LATITUDE_MAX).to_radians();
    let north = (latitude.tan() + latitude.cos().recip()).ln();
    ((longitude + 180.0) / 360.0, (1.0 - north / PI) / 2.0)
}

/// The degrees of such shares.
fn on_earth((east, south): (f64, f64)) -> Degrees {
    let north = PI * 2.0f64.mul_add(-south, 1.0);
    (
        east.mul_add(360.0, -180.0),
        north.sinh().atan().to_degrees(),
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Zhengdong New District.
    const CORNER: Degrees = (113.7861, 34.7552);

    fn square(metres: u32) -> Bounds {
        Bounds::around(Point::from_degrees(CORNER.0, CORNER.1).unwrap(), metres)
    }

    #[test]
    fn tiles_are_those_of_every_other_map() {
        // The published formula of tile names, reckoned in Python.
        let tile = TilePlace::holding(16, CORNER);
        assert_eq!(tile, TilePlace::new(16, 53_482, 26_012).unwrap());
        assert_eq!(
            TilePlace::holding(0, CORNER),
            TilePlace::new(0, 0, 0).unwrap()
        );
        assert_eq!(
            TilePlace::holding(1, (-179.9, 85.0)),
            TilePlace::new(1, 0, 0).unwrap()
        );
        assert_eq!(
            TilePlace::holding(1, (179.9, -85.0)),
            TilePlace::new(1, 1, 1).unwrap()
        );
        // Rows of MBTiles count from the south.
        assert_eq!(tile.row_from_south(), 65_535 - 26_012);
        assert_eq!(
            TilePlace::from_south(16, 53_482, 65_535 - 26_012),
            Some(tile)
        );
        for (zoom, column, row) in [(23, 0, 0), (1, 2, 0), (1, 0, 2), (0, 1, 0)] {
            assert_eq!(
                TilePlace::new(zoom, column, row),
                None,
                "{zoom}/{column}/{row}"
            );
            assert_eq!(TilePlace::from_south(zoom, column, row), None);
        }
    }

    #[test]
    fn beyond_the_edge_of_the_square_the_nearest_tile_is_meant() {
        assert_eq!(TilePlace::holding(3, (0.0, 90.0)).row, 0);
        assert_eq!(TilePlace::holding(3, (0.0, -90.0)).row, 7);
        assert_eq!(TilePlace::holding(3, (180.0, 0.0)).column, 7);
        assert_eq!(TilePlace::holding(3, (-180.0, 0.0)).column, 0);
        assert_eq!(TilePlace::holding(200, CORNER).zoom, ZOOM_MAX);
    }

    #[test]
    fn a_tile_is_drawn_at_about_its_own_size() {
        // A square of two kilometres: 0.0219 degrees of longitude.
        let area = square(1_000);
        let zoom = |pixels, tile, range| fitting_zoom(area, pixels, tile, Datum::Wgs84, range);
        assert_eq!(zoom(1_080, 256, (0, 22)), 16);
        assert_eq!(
            zoom(1_080, 512, (0, 22)),
            15,
            "larger pictures, one level less"
        );
        assert_eq!(
            zoom(2_160, 256, (0, 22)),
            16,
            "17 would need more than 64 tiles"
        );
        assert_eq!(zoom(1_080, 256, (0, 14)), 14, "the map has no more");
        assert_eq!(zoom(1_080, 256, (18, 19)), 18, "and no less");
        assert_eq!(zoom(0, 0, (0, 22)), 14);
        let point = square(0);
        assert_eq!(fitting_zoom(point, 1_080, 256, Datum::Wgs84, (3, 17)), 17);
        assert_eq!(
            fitting_zoom(point, 1_080, 256, Datum::Wgs84, (9, 3)),
            3,
            "no such map"
        );
    }

    proptest! {
        #[test]
        fn the_tile_that_holds_a_place_covers_it(
            longitude in -1_799_999_999_i32..1_799_999_999,
            latitude in -849_000_000_i32..849_000_000,
            zoom in 0..=ZOOM_MAX,
            datum in prop::sample::select(vec![Datum::Wgs84, Datum::Gcj02]),
        ) {
            let place = Point { longitude_e7: longitude, latitude_e7: latitude };
            let area = TilePlace::holding(zoom, datum.degrees(place)).area(datum);
            // The shift is not the same at both corners, and rounding takes a unit.
            let slack = if datum == Datum::Wgs84 { 1 } else { 20_000 };
            let wide = Bounds {
                south_west: Point {
                    longitude_e7: area.south_west.longitude_e7 - slack,
                    latitude_e7: area.south_west.latitude_e7 - slack,
                },
                north_east: Point {
                    longitude_e7: area.north_east.longitude_e7.saturating_add(slack),
                    latitude_e7: area.north_east.latitude_e7 + slack,
                },
            };
            prop_assert!(wide.holds(place), "{area:?}");
        }

        #[test]
        fn the_tiles_of_a_rectangle_cover_it_and_neighbours_meet(
            east in 0_i32..200_000, north in 0_i32..200_000, zoom in 10..=18_u8,
            datum in prop::sample::select(vec![Datum::Wgs84, Datum::Gcj02]),
        ) {
            let south_west = Point::from_degrees(CORNER.0, CORNER.1).unwrap();
            let area = Bounds {
                south_west,
                north_east: Point {
                    longitude_e7: south_west.longitude_e7 + east,
                    latitude_e7: south_west.latitude_e7 + north,
                },
            };
            let range = TileRange::of(area, datum, zoom);
            let (first, last) = (range.first.area(datum), range.last.area(datum));
            let slack = 200;
            prop_assert!(first.south_west.longitude_e7 <= area.south_west.longitude_e7 + slack);
            prop_assert!(first.north_east.latitude_e7 >= area.north_east.latitude_e7 - slack);
            prop_assert!(last.north_east.longitude_e7 >= area.north_east.longitude_e7 - slack);
            prop_assert!(last.south_west.latitude_e7 <= area.south_west.latitude_e7 + slack);
            let beside = TilePlace { column: range.first.column + 1, ..range.first };
            let gap = beside.area(datum).south_west.longitude_e7 - first.north_east.longitude_e7;
            let wide = first.north_east.longitude_e7 - first.south_west.longitude_e7;
            prop_assert!(gap.abs() <= 1 + wide / 256, "less than a pixel: {gap} of {wide}");
        }

        #[test]
        fn no_more_tiles_than_are_drawn_where_the_map_has_a_level_for_it(
            metres in 0_u32..200_000, pixels in 1_u32..4_000,
        ) {
            let area = square(metres);
            let zoom = fitting_zoom(area, pixels, 256, Datum::Wgs84, (0, 22));
            prop_assert!(TileRange::of(area, Datum::Wgs84, zoom).count() <= DRAWN_TILES_MAX as u64);
        }
    }
}
