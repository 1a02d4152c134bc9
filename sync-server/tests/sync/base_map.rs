//! The base map at a hub: who is given what, in ranges, and what becomes of it when the map changes or is gone.

use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;
use xunge_server::services::base_map::{
    BASE_MAP_IMPORTED, BASE_MAP_REMOVED, MapImportError, MapImportOrder, MapImported, import,
    remove, sample,
};
use xunge_server::services::doctor;
use xunge_sync::device::{BaseMapProgress, DeviceMachine, Effect, Errand};
use xunge_sync::wire::{
    BaseMapFrame, BaseMapOffer, BaseMapRequest, TablesFrame, TablesRequest, pack,
};

use crate::carried::run;
use crate::device::{Device, perform};
use crate::town::Town;

fn imported(town: &Town, zoom_max: u8, datum: Datum) -> Result<MapImported, MapImportError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("map.mbtiles");
    sample(&town.hub.state, &file, (11, zoom_max)).unwrap();
    let order = MapImportOrder {
        file,
        datum,
        title: Some("样图".into()),
        attribution: None,
        dry_run: false,
    };
    import(&town.hub.state, "test", &order)
}

fn town_with_map() -> Town {
    let town = Town::new();
    imported(&town, 14, Datum::Wgs84).unwrap();
    town
}

fn told(device: &mut Device) -> (u16, Option<BaseMapFrame>) {
    let (status, effects) = run(device, Errand::BaseMap, &pack(&BaseMapRequest::default()));
    match effects.into_iter().next() {
        Some(Effect::BaseMapTold(frame)) => (status, Some(*frame)),
        _ => (status, None),
    }
}

fn offer(device: &mut Device) -> BaseMapOffer {
    let (status, frame) = told(device);
    frame.unwrap_or_else(|| panic!("{status}")).offer.unwrap()
}

fn tables(device: &mut Device) -> TablesFrame {
    let (_, effects) = run(device, Errand::Tables, &pack(&TablesRequest::default()));
    let [Effect::Tables(frame)] = &effects[..] else {
        panic!("{effects:?}");
    };
    (**frame).clone()
}

/// Bytes of an offer from a place on, as a device asks for them.
fn piece(device: &Device, sha256: Digest, (here, length): (u64, u64)) -> (u16, Vec<u8>) {
    let progress = BaseMapProgress {
        sha256,
        length,
        here,
    };
    let request = DeviceMachine::default().base_map(&device.session, progress);
    perform(&device.base, &request)
}

#[test]
fn a_device_gets_the_extract_of_its_beats_and_no_other() {
    let town = town_with_map();
    let mut worker = town.device("worker-putian", 1);
    let mine = offer(&mut worker);
    assert_eq!(
        (mine.title.as_str(), mine.zoom_min, mine.zoom_max),
        ("样图", 11, 14)
    );
    assert!(!mine.attribution.is_empty() && mine.tile_pixels == 256);
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < mine.length {
        let (status, part) = piece(&worker, mine.sha256, (bytes.len() as u64, mine.length));
        assert_eq!(status, 206);
        bytes.extend(part);
    }
    assert_eq!(Digest::of(&bytes), mine.sha256);
    let beyond = (mine.length, mine.length + 1);
    assert_eq!(piece(&worker, mine.sha256, beyond).0, 416);

    let mut other = town.device("worker-erqi", 2);
    let theirs = offer(&mut other);
    assert_ne!(theirs.sha256, mine.sha256);
    assert_eq!(piece(&other, mine.sha256, (0, mine.length)).0, 404);
    assert_eq!(piece(&worker, theirs.sha256, (0, theirs.length)).0, 404);
    // Who has the same beats gets the same file; who has none gets none.
    let mut colleague = town.device("worker-putian-2", 3);
    assert_eq!(offer(&mut colleague), mine);
    let mut clerk = town.device("clerk", 4);
    let (_, frame) = told(&mut clerk);
    let frame = frame.unwrap();
    assert!(frame.mark.is_some() && frame.offer.is_none());
    let mut stranger = town.device("worker-putian", 5);
    stranger.session.token = [0; 16];
    assert_eq!(piece(&stranger, mine.sha256, (0, mine.length)).0, 401);
    town.is_healthy();
}

#[test]
fn the_tables_name_the_map_and_a_city_without_one_is_told_nothing_of_it() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let without = tables(&mut worker);
    assert_eq!(without.base_map, None);
    assert_eq!(told(&mut worker).1, Some(BaseMapFrame::default()));
    imported(&town, 12, Datum::Wgs84).unwrap();
    let with = tables(&mut worker);
    assert!(with.base_map.is_some());
    assert_ne!(
        with.mark, without.mark,
        "a device is told that something is another"
    );
    let (_, frame) = told(&mut worker);
    assert_eq!(frame.unwrap().mark, with.base_map);
    // The same map once more is the same map.
    imported(&town, 12, Datum::Wgs84).unwrap();
    assert_eq!(tables(&mut worker).mark, with.mark);
    // The same tiles in another datum are another one.
    imported(&town, 12, Datum::Gcj02).unwrap();
    assert_ne!(tables(&mut worker).base_map, with.base_map);
    assert_eq!(offer(&mut worker).datum, Datum::Gcj02);
    assert!(remove(&town.hub.state, "test").unwrap());
    assert!(!remove(&town.hub.state, "test").unwrap());
    assert_eq!(tables(&mut worker).mark, without.mark);
    let of_maps = |what: &str| town.hub.audit(what).len();
    assert_eq!(
        (of_maps(BASE_MAP_IMPORTED), of_maps(BASE_MAP_REMOVED)),
        (3, 1)
    );
}

#[test]
fn a_map_in_the_place_of_another_takes_its_extracts_along() {
    let town = town_with_map();
    let mut worker = town.device("worker-putian", 1);
    let before = offer(&mut worker);
    imported(&town, 13, Datum::Wgs84).unwrap();
    assert_eq!(piece(&worker, before.sha256, (0, before.length)).0, 404);
    let after = offer(&mut worker);
    assert!(after.sha256 != before.sha256 && after.zoom_max == 13);
    assert_eq!(piece(&worker, after.sha256, (0, after.length)).0, 206);
}

#[test]
fn a_map_that_is_refused_leaves_the_one_before() {
    let town = town_with_map();
    let mut worker = town.device("worker-putian", 1);
    let before = offer(&mut worker);
    let refused = imported(&town, 12, Datum::Bd09);
    assert!(matches!(refused, Err(MapImportError::Datum)));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text");
    std::fs::write(&file, b"no map").unwrap();
    let order = MapImportOrder {
        file,
        datum: Datum::Wgs84,
        title: None,
        attribution: Some("谁的".into()),
        dry_run: false,
    };
    let refused = import(&town.hub.state, "test", &order);
    assert!(matches!(refused, Err(MapImportError::File(_))));
    assert_eq!(offer(&mut worker), before);
}

#[test]
fn a_file_that_is_missing_is_noted_and_a_damaged_one_found() {
    let town = town_with_map();
    let map = imported(&town, 14, Datum::Wgs84).unwrap().map;
    let file = town.hub.state.base_maps.map(&map.sha256);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, b"other").unwrap();
    let report = doctor::examine(&town.hub.state).unwrap();
    assert_eq!(
        report.findings.first().map(|finding| finding.code),
        Some("base_map_damaged")
    );
    std::fs::remove_file(&file).unwrap();
    let report = doctor::examine(&town.hub.state).unwrap();
    assert_eq!(report.findings, []);
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.code == "base_map_missing")
    );
    // A device is told to ask again, not that there is none: it keeps what it has.
    let mut worker = town.device("worker-putian", 1);
    assert_eq!(told(&mut worker), (404, None));
    std::fs::write(&file, bytes).unwrap();
    offer(&mut worker);
}
