//! The base map's file: grows piece by piece, is believed as a whole, is read as a database, and is in nobody's way when it is broken.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, params};
use xunge_domain::base_map::{TilePlace, TileRange};
use xunge_domain::datum::Datum;
use xunge_domain::geo::{Bounds, Point};
use xunge_domain::ids::Digest;
use xunge_store::{BaseMapFinish, MemoryMedium, Store, StoreError};

/// The picture of a tile: what a PNG begins with, and where it is.
fn picture(place: TilePlace) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\x01\0\x08\x02\0\0\0".to_vec();
    bytes.extend_from_slice(format!("{place:?}").as_bytes());
    bytes
}

fn corner() -> Point {
    Point::from_degrees(113.7861, 34.7552).unwrap()
}

/// Every tile within a kilometre, of these levels.
fn map(folder: &Path, zooms: std::ops::RangeInclusive<u8>) -> Vec<u8> {
    let path = folder.join("made.mbtiles");
    let made = Connection::open(&path).unwrap();
    made.execute_batch(
        "CREATE TABLE metadata (name TEXT NOT NULL, value TEXT NOT NULL);
         CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
         CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);",
    )
    .unwrap();
    for zoom in zooms {
        let TileRange { first, last } = range(zoom);
        for column in first.column..=last.column {
            for row in first.row..=last.row {
                let place = TilePlace { zoom, column, row };
                let put = "INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)";
                let values = params![zoom, column, place.row_from_south(), picture(place)];
                made.execute(put, values).unwrap();
            }
        }
    }
    made.close().unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(path).unwrap();
    bytes
}

fn range(zoom: u8) -> TileRange {
    TileRange::of(Bounds::around(corner(), 1_000), Datum::Wgs84, zoom)
}

/// A store that holds this map.
fn holding(folder: &Path, bytes: &[u8]) -> (Store, Digest) {
    let store = Store::open(folder).unwrap();
    let sha256 = Digest::of(bytes);
    store.append_base_map(sha256, 0, bytes).unwrap();
    assert_eq!(store.finish_base_map(sha256).unwrap(), BaseMapFinish::Kept);
    (store, sha256)
}

#[test]
fn pieces_grow_into_a_map_over_a_restart_and_none_is_taken_twice() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = map(folder.path(), 14..=16);
    let sha256 = Digest::of(&bytes);
    let home = folder.path().join("store");
    let store = Store::open(&home).unwrap();
    assert_eq!(store.base_map_bytes_here(sha256).unwrap(), 0);
    let (first, rest) = bytes.split_at(4_000);
    store.append_base_map(sha256, 0, first).unwrap();
    store.append_base_map(sha256, 0, first).unwrap();
    assert_eq!(store.base_map_bytes_here(sha256).unwrap(), 4_000);
    drop(store);
    let store = Store::open(&home).unwrap();
    assert_eq!(store.base_map_bytes_here(sha256).unwrap(), 4_000);
    assert!(!store.base_map_is_whole(sha256).unwrap());
    store.append_base_map(sha256, 4_000, rest).unwrap();
    assert_eq!(store.finish_base_map(sha256).unwrap(), BaseMapFinish::Kept);
    assert!(store.base_map_is_whole(sha256).unwrap());
    assert_eq!(
        store.base_map_bytes_here(sha256).unwrap(),
        bytes.len() as u64
    );
    // Killed between the new name and the note of it.
    assert_eq!(store.finish_base_map(sha256).unwrap(), BaseMapFinish::Kept);
    store.append_base_map(sha256, 0, first).unwrap();
    assert_eq!(
        store.base_map_bytes_here(sha256).unwrap(),
        bytes.len() as u64
    );
}

#[test]
fn tiles_are_found_by_range_from_the_north_west_on_and_read_by_place() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = map(folder.path(), 14..=16);
    let (store, sha256) = holding(&folder.path().join("store"), &bytes);
    let range = range(16);
    let found = store.base_map_tiles(sha256, range, 64).unwrap();
    assert_eq!(found.len() as u64, range.count());
    assert_eq!(found.first(), Some(&range.first));
    assert_eq!(found.last(), Some(&range.last));
    assert_eq!(store.base_map_tiles(sha256, range, 3).unwrap(), found[..3]);
    for place in &found {
        let read = store.base_map_tile(sha256, *place).unwrap();
        assert_eq!(read, Some(picture(*place)));
    }
    let nowhere = TilePlace::new(16, 0, 0).unwrap();
    assert_eq!(store.base_map_tile(sha256, nowhere).unwrap(), None);
}

#[test]
fn other_bytes_than_the_name_says_and_what_is_no_map_go() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = map(folder.path(), 14..=14);
    let store = Store::open(&folder.path().join("store")).unwrap();
    let other = Digest::of(b"another");
    store.append_base_map(other, 0, &bytes).unwrap();
    let wrong = store.finish_base_map(other).unwrap();
    assert_eq!(wrong, BaseMapFinish::WrongDigest);
    assert_eq!(store.base_map_bytes_here(other).unwrap(), 0);
    let made = Connection::open(folder.path().join("empty")).unwrap();
    made.execute_batch("CREATE TABLE tiles (tile_data BLOB); INSERT INTO tiles VALUES (x'1f8b')")
        .unwrap();
    drop(made);
    let vectors = fs::read(folder.path().join("empty")).unwrap();
    for bytes in [b"no database".to_vec(), vectors] {
        let sha256 = Digest::of(&bytes);
        store.append_base_map(sha256, 0, &bytes).unwrap();
        let finished = store.finish_base_map(sha256).unwrap();
        assert_eq!(finished, BaseMapFinish::NotDrawable);
        assert!(!store.base_map_is_whole(sha256).unwrap());
    }
    assert_eq!(
        fs::read_dir(folder.path().join("store/base-map"))
            .unwrap()
            .count(),
        0
    );
}

/// What is done to the bytes of a map.
type Spoil = dyn Fn(&mut Vec<u8>);

#[test]
fn a_map_that_is_spoiled_on_the_disk_is_damage_and_the_store_opens_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("store");
    let bytes = map(folder.path(), 12..=17);
    let (store, sha256) = holding(&home, &bytes);
    drop(store);
    let path = home.join(format!("base-map/{sha256}.mbtiles"));
    let spoils: [&Spoil; 3] = [
        &|bytes| bytes.truncate(bytes.len() / 2),
        &|bytes| bytes[100..4_000].fill(0xee),
        &|bytes| bytes.clear(),
    ];
    for spoil in spoils {
        let mut spoilt = bytes.clone();
        spoil(&mut spoilt);
        fs::write(&path, spoilt).unwrap();
        let store = Store::open(&home).unwrap();
        let all = range(17);
        let looked = store.base_map_tiles(sha256, all, 1_000).and_then(|places| {
            assert!(places.len() as u64 <= all.count());
            places
                .into_iter()
                .map(|place| store.base_map_tile(sha256, place))
                .collect::<Result<Vec<_>, _>>()
        });
        assert!(
            matches!(looked, Err(StoreError::Damaged { .. })),
            "{looked:?}"
        );
    }
    fs::remove_file(path).unwrap();
    let store = Store::open(&home).unwrap();
    let looked = store.base_map_tile(sha256, range(14).first);
    assert!(matches!(looked, Err(StoreError::Damaged { .. })));
}

#[test]
fn of_several_maps_those_that_are_kept_stay_and_a_sleeping_store_shows_none() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("store");
    let (old, new) = (map(folder.path(), 14..=14), map(folder.path(), 14..=15));
    let (mut store, first) = holding(&home, &old);
    let second = Digest::of(&new);
    store.append_base_map(second, 0, &new[..100]).unwrap();
    store.keep_base_maps(&[first, second]).unwrap();
    assert_eq!(store.base_map_bytes_here(second).unwrap(), 100);
    assert!(
        store
            .base_map_tile(first, range(14).first)
            .unwrap()
            .is_some()
    );
    store.suspend().unwrap();
    let asleep = store.base_map_tile(first, range(14).first);
    assert!(matches!(asleep, Err(StoreError::Suspended)));
    assert!(matches!(
        store.base_map_bytes_here(first),
        Err(StoreError::Suspended)
    ));
    store.resume().unwrap();
    assert!(
        store
            .base_map_tile(first, range(14).first)
            .unwrap()
            .is_some()
    );
    store.keep_base_maps(&[]).unwrap();
    assert_eq!(store.base_map_bytes_here(first).unwrap(), 0);
    assert_eq!(store.base_map_bytes_here(second).unwrap(), 0);
    // Of a fresh store there is nothing to remove.
    let fresh = Store::open(&folder.path().join("fresh")).unwrap();
    fresh.keep_base_maps(&[]).unwrap();
    assert!(!folder.path().join("fresh/base-map").exists());
}

#[test]
fn a_wipe_takes_the_map_along_and_a_store_in_memory_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("store");
    let (store, _) = holding(&home, &map(folder.path(), 14..=14));
    drop(store);
    Store::wipe(&home).unwrap();
    assert!(!home.join("base-map").exists());
    let memory = Store::open_medium(&MemoryMedium::new()).unwrap();
    assert!(!memory.keeps_base_map());
    let sha256 = Digest::of(b"map");
    assert_eq!(memory.base_map_bytes_here(sha256).unwrap(), 0);
    assert!(memory.append_base_map(sha256, 0, b"map").is_err());
    memory.keep_base_maps(&[]).unwrap();
}

/// What tests of other crates take for a map: `UPDATE_SAMPLE=1` writes it anew.
#[test]
fn the_sample_is_a_map_of_the_corner() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sample.mbtiles");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, map(folder.path(), 14..=16)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let (store, sha256) = holding(folder.path(), &fs::read(path).unwrap());
    let found = store.base_map_tiles(sha256, range(16), 64).unwrap();
    assert_eq!(found.len() as u64, range(16).count());
}
