//! The base map through real processes: imported at the hub, cut for a beat, fetched over bad links, drawn from.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::PathBuf;

use serde_json::{Value, json};
use xunge_tests::proxy::{ChaosProxy, Weather};
use xunge_tests::world::{DeviceProcess, ServerProcess};

/// 至德街 and 商都路, in the beat of `worker-putian`.
const CORNER: &str = "113.7861,34.7552";
const ATTRIBUTION: &str = "样图，审图号 GS(2025)0001号";

struct City {
    folder: tempfile::TempDir,
    server: ServerProcess,
    proxy: ChaosProxy,
}

impl City {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        let proxy = ChaosProxy::start(server.address, Weather::default()).unwrap();
        Self {
            folder,
            server,
            proxy,
        }
    }

    /// A made-up map down to this level, as a file.
    fn map(&self, zoom_max: u8) -> PathBuf {
        let file = self.folder.path().join(format!("map-{zoom_max}.mbtiles"));
        let (to, zoom_max) = (file.to_str().unwrap(), zoom_max.to_string());
        self.server
            .command(&["base-map", "sample", "--to", to, "--zoom-max", &zoom_max]);
        file
    }

    /// A city with such a map.
    fn with_map(zoom_max: u8) -> Self {
        let city = Self::new();
        city.import(zoom_max);
        city
    }

    fn import(&self, zoom_max: u8) {
        let file = self.map(zoom_max);
        let done = self.server.command(&[
            "base-map",
            "import",
            "--attribution",
            ATTRIBUTION,
            "--json",
            file.to_str().unwrap(),
        ]);
        assert_eq!(done["written"], true, "{done}");
        assert_eq!(done["map"]["zoom_max"], json!(zoom_max));
    }

    fn phone(&self, name: &str, person: &str) -> DeviceProcess {
        let phone = DeviceProcess::new(self.folder.path(), name);
        let code = self.server.enrolment_code(person);
        phone.done(&["enrol", "--server", &self.proxy.url(), "--code", &code]);
        phone
    }
}

fn standing(phone: &DeviceProcess) -> Value {
    phone.done(&["base-map", "--around", CORNER])
}

/// How many of the phone's bytes of its map are here, and of how many.
fn bytes(phone: &DeviceProcess) -> (u64, u64) {
    let map = &standing(phone)["base_map"];
    let number = |name: &str| map[name].as_u64().unwrap_or_default();
    (number("bytes_here"), number("bytes"))
}

fn tiles(phone: &DeviceProcess) -> usize {
    standing(phone)["tiles"].as_array().unwrap().len()
}

#[test]
fn a_map_is_imported_fetched_and_drawn_and_each_beat_gets_its_own() {
    let city = City::with_map(16);
    let phone = city.phone("phone", "worker-putian");
    assert_eq!(standing(&phone)["base_map"], Value::Null);
    phone.done(&["sync"]);
    let (here, all) = bytes(&phone);
    assert!(
        here == all && all > 256 * 1024,
        "{here} of {all}: several pieces"
    );
    let map = &standing(&phone)["base_map"];
    assert_eq!(map["attribution"], ATTRIBUTION);
    let folder = city.folder.path().join("tiles");
    let to = folder.to_str().unwrap();
    let told = phone.done(&["base-map", "--around", CORNER, "--to", to]);
    let told = told["tiles"].as_array().unwrap();
    assert!(!told.is_empty() && told.iter().all(|tile| tile["zoom"] == 16));
    let written: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(written.len(), told.len());
    for file in written {
        let bytes = std::fs::read(file.path()).unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 256);
    }
    // Nothing is asked or fetched twice.
    let requests = phone.done(&["sync"])["requests"].as_u64().unwrap();
    assert_eq!(requests, 1);

    let other = city.phone("other", "worker-erqi");
    other.done(&["sync"]);
    let (here, all_there) = bytes(&other);
    assert_eq!(here, all_there);
    assert_eq!(tiles(&other), 0, "the corner is another's beat");
    let there = other.done(&["base-map", "--around", "113.6496,34.74425"]);
    assert!(!there["tiles"].as_array().unwrap().is_empty());
    // Who has the same beat has the very same extract.
    let colleague = city.phone("colleague", "worker-putian-2");
    colleague.done(&["sync"]);
    assert_eq!(bytes(&colleague), (all, all));
    let report = city.server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]));
    assert_eq!(report["base_maps"], json!(1));
}

#[test]
fn a_city_without_a_map_works_and_one_that_takes_it_back_as_well() {
    let city = City::new();
    let phone = city.phone("phone", "worker-putian");
    phone.done(&["sync"]);
    assert_eq!(
        standing(&phone),
        json!({ "base_map": null, "problem": null, "tiles": [] })
    );
    city.import(14);
    phone.done(&["sync"]);
    assert!(tiles(&phone) > 0);
    city.server.command(&["base-map", "remove"]);
    phone.done(&["sync"]);
    assert_eq!(standing(&phone)["base_map"], Value::Null);
    assert_eq!(tiles(&phone), 0);
    let kept = std::fs::read_dir(phone.store().join("base-map")).unwrap();
    assert_eq!(kept.count(), 0);
}

#[test]
fn over_a_link_that_is_cut_and_a_phone_that_is_killed_no_piece_is_fetched_twice() {
    let city = City::with_map(16);
    let phone = city.phone("phone", "worker-putian");
    let down = || city.proxy.counters().bytes_down();
    let before = down();
    // Every connection breaks in the middle of a piece.
    city.proxy.set_weather(Weather {
        cut_after_bytes: Some(100_000),
        seed: 7,
        ..Weather::default()
    });
    let mut rounds = 0;
    loop {
        // A process that gives up at the first failure: each try is another start of the app.
        let run = phone.run(&["sync", "--tries", "1", "--wait-millis-max", "1"]);
        rounds += 1;
        let (here, all) = bytes(&phone);
        if all > 0 && here == all {
            break;
        }
        assert!(run.code == Some(4) || run.code == Some(0), "{run:?}");
        assert!(rounds < 300, "{here} of {all}");
    }
    let (_, all) = bytes(&phone);
    let fetched = down() - before;
    // What is sent twice is what was under way in the proxy when it cut; heads and the sync itself come on top.
    let beside = 4_000 * rounds;
    eprintln!("{all} bytes in {rounds} rounds: {fetched} bytes down");
    assert!(
        rounds > 2 && fetched < all + beside,
        "{fetched} for {all} in {rounds} rounds"
    );
    assert!(tiles(&phone) > 0);
    city.proxy.set_weather(Weather::default());
    let digest = std::fs::read_dir(phone.store().join("base-map")).unwrap();
    let files: Vec<PathBuf> = digest.map(|entry| entry.unwrap().path()).collect();
    let [file] = &files[..] else {
        panic!("{files:?}");
    };
    let sha256 = xunge_field::domain::ids::Digest::of(&std::fs::read(file).unwrap());
    assert_eq!(
        file.file_stem().unwrap().to_str().unwrap(),
        sha256.to_string()
    );
}

#[test]
fn a_map_that_is_replaced_while_it_is_fetched_is_begun_anew() {
    let city = City::with_map(16);
    let phone = city.phone("phone", "worker-putian");
    city.proxy.set_weather(Weather {
        cut_after_bytes: Some(150_000),
        seed: 3,
        ..Weather::default()
    });
    for _ in 0..20 {
        phone.run(&["sync", "--tries", "1", "--wait-millis-max", "1"]);
        if bytes(&phone).0 > 0 {
            break;
        }
    }
    let (here, first) = bytes(&phone);
    assert!(here > 0 && here < first, "{here} of {first}");
    city.import(15);
    city.proxy.set_weather(Weather::default());
    phone.done(&["sync"]);
    let (here, second) = bytes(&phone);
    assert!(
        here == second && second < first,
        "{here} of {second}, {first} before"
    );
    let told = standing(&phone);
    assert_eq!(told["base_map"]["zoom_max"], json!(15));
    assert_eq!(told["problem"], Value::Null);
}

#[test]
fn a_map_that_is_damaged_on_the_phone_is_fetched_again_and_a_metered_link_brings_none() {
    let city = City::with_map(14);
    let phone = city.phone("phone", "worker-putian");
    phone.done(&["sync", "--metered"]);
    let (here, all) = bytes(&phone);
    assert!(here == 0 && all > 0, "it is known and waits");
    phone.done(&["sync"]);
    assert!(tiles(&phone) > 0);
    let folder = phone.store().join("base-map");
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    std::fs::write(file.path(), vec![0x5a; 10_000]).unwrap();
    assert_eq!(tiles(&phone), 0);
    phone.done(&[
        "report",
        "--class",
        "road_damage",
        "--at",
        CORNER,
        "--photo",
        &photo(&city),
    ]);
    phone.done(&["sync"]);
    assert!(tiles(&phone) > 0);
}

fn photo(city: &City) -> String {
    let file = city.folder.path().join("found.jpg");
    let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([90, 120, 60]));
    picture.save(&file).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn what_is_no_map_of_pictures_is_refused_with_the_next_step() {
    let city = City::new();
    let file = city.folder.path().join("other.mbtiles");
    std::fs::write(&file, b"no map").unwrap();
    let import = |arguments: &[&str]| {
        let all = [&["base-map", "import"], arguments].concat();
        city.server.try_command(&all).unwrap_err()
    };
    let file = file.to_str().unwrap();
    assert!(import(&[file]).contains("base_map_unfit"));
    assert!(import(&["/nowhere.mbtiles"]).contains("file_unreadable"));
    let sample = city.map(12);
    let sample = sample.to_str().unwrap();
    assert!(import(&["--datum", "bd09", sample]).contains("base_map_datum"));
    let long = "图".repeat(201);
    assert!(import(&["--attribution", &long, sample]).contains("base_map_unfit"));
    let looked = city
        .server
        .command(&["base-map", "import", "--dry-run", "--json", sample]);
    assert_eq!(looked["written"], false);
    assert_eq!(city.server.command(&["base-map", "show"]), Value::Null);
    let kept = std::fs::read_dir(city.server.data().join("base-map")).unwrap();
    assert_eq!(kept.count(), 0, "what was refused leaves nothing");
}
