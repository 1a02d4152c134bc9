//! Maps as map tools write them, good ones and others.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use xunge_domain::base_map::{TILE_BYTES_MAX, TilePlace, TileRange};
use xunge_domain::datum::Datum;
use xunge_domain::geo::{Bounds, Point};

use super::{Cut, CutOrder, MapFileError, MapLooked, MapSource, MapWriter};

fn png(width: u16, bytes: usize) -> Vec<u8> {
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0".to_vec();
    picture.extend_from_slice(&width.to_be_bytes());
    picture.resize(bytes.max(24), 7);
    picture
}

fn corner() -> Point {
    Point::from_degrees(113.7861, 34.7552).unwrap()
}

fn area() -> Bounds {
    Bounds::around(corner(), 1_000)
}

/// A map of the corner with tiles of so many bytes.
fn map(path: &Path, zooms: (u8, u8), bytes: usize) {
    let mut writer = MapWriter::begin(path).unwrap();
    for zoom in zooms.0..=zooms.1 {
        let TileRange { first, last } =
            TileRange::of(Bounds::around(corner(), 4_000), Datum::Wgs84, zoom);
        for column in first.column..=last.column {
            for row in first.row..=last.row {
                let place = TilePlace { zoom, column, row };
                writer.put(place, &png(256, bytes)).unwrap();
            }
        }
    }
    writer.finish(&[("name", "map".into())]).unwrap();
}

fn look(path: &Path) -> Result<MapLooked, MapFileError> {
    MapSource::open(path)?.look_through()
}

/// What another hand wrote: these statements behind an empty map of the specification.
fn written(folder: &Path, statements: &str) -> PathBuf {
    let path = folder.join("other.mbtiles");
    let _ = std::fs::remove_file(&path);
    let made = Connection::open(&path).unwrap();
    made.execute_batch(
        "CREATE TABLE metadata (name TEXT, value TEXT);
         CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);",
    )
    .unwrap();
    made.execute_batch(statements).unwrap();
    path
}

fn with_tile(folder: &Path, place: (i64, i64, i64), bytes: &[u8]) -> PathBuf {
    let path = written(folder, "");
    let made = Connection::open(&path).unwrap();
    let put = "INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)";
    made.execute(put, params![place.0, place.1, place.2, bytes])
        .unwrap();
    path
}

fn order(bytes_max: u64, datum: Datum) -> CutOrder<'static> {
    CutOrder {
        area: area(),
        datum,
        zooms: (12, 16),
        bytes_max,
        metadata: &[],
    }
}

#[test]
fn a_good_map_says_its_levels_its_form_and_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map");
    map(&path, (12, 16), 900);
    let looked = look(&path).unwrap();
    assert_eq!(
        (looked.zoom_min, looked.zoom_max, looked.tile_pixels),
        (12, 16, 256)
    );
    assert_eq!(looked.format.id(), "png");
    assert_eq!(looked.metadata.get("name").map(String::as_str), Some("map"));
    // Tools that keep each picture once show their tiles as a view.
    let path = written(
        folder.path(),
        "DROP TABLE tiles; CREATE TABLE map (z, x, y, id); CREATE TABLE images (id, data);
         CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, y AS tile_row, data AS tile_data
           FROM map JOIN images ON images.id = map.id;
         INSERT INTO metadata VALUES ('minzoom', 3);
         INSERT INTO map VALUES (3, 1, 1, 'a'), (3, 1, 2, 'a');
         INSERT INTO images VALUES ('a', x'89504e470d0a1a0a0000000d4948445200000200000002000802');",
    );
    let looked = look(&path).unwrap();
    assert_eq!((looked.tiles, looked.tile_pixels), (2, 512));
    assert_eq!(
        looked.metadata.get("minzoom").map(String::as_str),
        Some("3")
    );
}

#[test]
fn what_no_phone_can_draw_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let refused = |path: &Path| look(path).unwrap_err();
    std::fs::write(folder.join("text"), b"a text").unwrap();
    assert!(matches!(
        refused(&folder.join("text")),
        MapFileError::NotMbtiles(_)
    ));
    let other = folder.join("other.db");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    assert!(matches!(refused(&other), MapFileError::NotMbtiles(_)));
    let vectors = written(folder, "INSERT INTO metadata VALUES ('format', 'pbf')");
    assert!(matches!(refused(&vectors), MapFileError::Vectors(_)));
    let compressed = with_tile(folder, (3, 1, 1), b"\x1f\x8b\x08\0");
    assert!(matches!(refused(&compressed), MapFileError::Vectors(_)));
    assert!(matches!(refused(&written(folder, "")), MapFileError::Empty));
    let text = with_tile(folder, (3, 1, 1), b"no picture");
    assert!(matches!(
        refused(&text),
        MapFileError::NoPicture { zoom: 3, .. }
    ));
    let most = with_tile(folder, (3, 1, 1), &png(256, TILE_BYTES_MAX));
    assert!(look(&most).is_ok());
    let large = with_tile(folder, (3, 1, 1), &png(256, TILE_BYTES_MAX + 1));
    assert!(matches!(refused(&large), MapFileError::TileTooLarge { .. }));
    for place in [(23, 0, 0), (3, 8, 0), (3, 0, 8), (-1, 0, 0), (3, -1, 0)] {
        let nowhere = with_tile(folder, place, &png(256, 0));
        assert!(
            matches!(refused(&nowhere), MapFileError::NoPlace { .. }),
            "{place:?}"
        );
    }
    let two = with_tile(folder, (3, 1, 1), &png(256, 0));
    let made = Connection::open(&two).unwrap();
    made.execute("INSERT INTO tiles VALUES (3, 1, 2, ?1)", [png(512, 0)])
        .unwrap();
    assert!(matches!(
        refused(&two),
        MapFileError::Sizes {
            one: 256,
            other: 512
        }
    ));
}

#[test]
fn an_extract_holds_what_touches_the_area_and_is_the_same_bytes_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("map"), folder.path().join("cut"));
    map(&path, (12, 16), 900);
    let source = MapSource::open(&path).unwrap();
    let cut = source
        .cut(&order(1 << 30, Datum::Wgs84), &to)
        .unwrap()
        .unwrap();
    let expected: u64 = (12..=16)
        .map(|zoom| TileRange::of(area(), Datum::Wgs84, zoom).count())
        .sum();
    assert_eq!(
        cut,
        Cut {
            zoom_max: 16,
            tiles: expected
        }
    );
    let looked = look(&to).unwrap();
    assert_eq!((looked.tiles, looked.zoom_max), (expected, 16));
    assert_eq!(
        looked.metadata.get("maxzoom").map(String::as_str),
        Some("16")
    );
    let first = std::fs::read(&to).unwrap();
    source.cut(&order(1 << 30, Datum::Wgs84), &to).unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), first);
}

#[test]
fn the_deepest_levels_are_left_out_until_it_fits() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("map"), folder.path().join("cut"));
    map(&path, (12, 16), 20_000);
    let source = MapSource::open(&path).unwrap();
    let whole = source
        .cut(&order(1 << 30, Datum::Wgs84), &to)
        .unwrap()
        .unwrap();
    let length = std::fs::metadata(&to).unwrap().len();
    let mut before = whole;
    for bytes_max in [length - 1, length / 3, 80_000, 60_000] {
        let cut = source
            .cut(&order(bytes_max, Datum::Wgs84), &to)
            .unwrap()
            .unwrap();
        assert!(cut.zoom_max < whole.zoom_max && cut.zoom_max <= before.zoom_max);
        assert!(std::fs::metadata(&to).unwrap().len() <= bytes_max);
        assert_eq!(look(&to).unwrap().zoom_max, cut.zoom_max);
        before = cut;
    }
    std::fs::remove_file(&to).unwrap();
    assert_eq!(source.cut(&order(10_000, Datum::Wgs84), &to).unwrap(), None);
    assert!(!to.exists());
}

#[test]
fn a_map_in_gcj_02_is_cut_where_its_tiles_lie_and_elsewhere_there_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("map"), folder.path().join("cut"));
    map(&path, (12, 16), 900);
    let source = MapSource::open(&path).unwrap();
    source
        .cut(&order(1 << 30, Datum::Gcj02), &to)
        .unwrap()
        .unwrap();
    let deepest = TileRange::of(area(), Datum::Gcj02, 16);
    assert_ne!(deepest, TileRange::of(area(), Datum::Wgs84, 16));
    let cut = Connection::open(&to).unwrap();
    let found: (u32, u32) = cut
        .query_row(
            "SELECT min(tile_column), max(tile_column) FROM tiles WHERE zoom_level = 16",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(found, (deepest.first.column, deepest.last.column));
    let far = CutOrder {
        area: Bounds::around(Point::from_degrees(10.0, 50.0).unwrap(), 1_000),
        ..order(1 << 30, Datum::Wgs84)
    };
    assert_eq!(source.cut(&far, &to).unwrap(), None);
    assert!(!to.exists());
}

#[test]
fn a_map_without_an_index_and_with_a_place_twice_is_cut_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let place = TilePlace::holding(14, (113.7861, 34.7552));
    let row = i64::from(place.row_from_south());
    let path = with_tile(
        folder.path(),
        (14, i64::from(place.column), row),
        &png(256, 0),
    );
    let made = Connection::open(&path).unwrap();
    let again = "INSERT INTO tiles SELECT * FROM tiles";
    made.execute(again, []).unwrap();
    let to = folder.path().join("cut");
    let source = MapSource::open(&path).unwrap();
    let cut = source
        .cut(&order(1 << 30, Datum::Wgs84), &to)
        .unwrap()
        .unwrap();
    assert_eq!(cut.tiles, 1);
}
