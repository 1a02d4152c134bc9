//! At capture and at the desk, through real processes: two workers report one matter, the second is told before, the clerk after.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";
const CLASS: &str = "road_damage";

struct City {
    folder: tempfile::TempDir,
    server: ServerProcess,
}

impl City {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = ServerProcess::demo(&folder.path().join("hub"), 0);
        Self { folder, server }
    }

    fn device(&self, person: &str) -> DeviceProcess {
        let device = DeviceProcess::new(self.folder.path(), person);
        device.enrol(&self.server, person);
        device
    }

    fn report(&self, device: &DeviceProcess, seed: u64, place: &[&str], more: &[&str]) -> Value {
        let name = format!("photo-{seed}");
        let picture = photo::draw(self.folder.path(), &name, seed, 800, 600);
        let picture = picture.to_str().unwrap();
        let verb = ["report", "--class", CLASS, "--photo", picture];
        device.done(&[&verb, place, more].concat())
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

#[test]
fn the_second_worker_is_told_before_and_the_clerk_after() {
    let city = City::new();
    let (first, second) = (city.device("worker-putian"), city.device("worker-putian-2"));
    let reported = city.report(&first, 1, &["--at", PLACE], &[]);
    let original = text(&reported, "case");
    assert_eq!(reported["duplicates"], json!([]));
    first.done(&["sync"]);
    second.done(&["sync"]);

    // No server is asked: what is near is on the phone.
    let near = second.done(&["near", "--at", "113.7862,34.7552", "--class", CLASS]);
    let [offer] = near["duplicates"].as_array().unwrap().as_slice() else {
        panic!("one, not {near}");
    };
    assert_eq!(
        (text(offer, "case"), offer["metres"].as_u64()),
        (original, Some(9))
    );
    assert!(
        text(offer, "zh").starts_with("同一小类，相距 9 米"),
        "{offer}"
    );
    assert_eq!(near["grids"].as_array().unwrap().len(), 1);

    let code = text(&reported, "local_code");
    let again = city.report(&second, 2, &["--at", PLACE], &["--duplicate-of", code]);
    assert_eq!(text(&again["duplicates"][0], "case"), original);
    let again = text(&again, "case");
    second.done(&["sync"]);
    assert_eq!(second.done(&["list"])["cases"].as_array().unwrap().len(), 2);

    let clerk = Browser::log_in(&city.server.url(), "clerk");
    let (status, found) = clerk.get(&format!("/api/cases/{again}/duplicates"));
    assert_eq!(status, 200);
    let found = &found["duplicates"][0];
    assert_eq!(
        (text(found, "case"), &found["hinted"]),
        (original, &json!(true))
    );
    clerk.accepted(
        again,
        &json!({ "action": "link_duplicate", "of": original }),
    );
    let (_, left) = clerk.get(&format!("/api/cases/{again}/duplicates"));
    assert_eq!(left["duplicates"], json!([]));
    // Both are cases, and go on.
    for case in [original, again] {
        clerk.accepted(case, &json!({ "action": "accept" }));
    }
    let report = city.server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

#[test]
fn a_poor_fix_offers_grids_and_the_report_lies_in_the_one_that_was_picked() {
    let city = City::new();
    let phone = city.device("worker-putian");
    // So poor that it crosses grids, wherever their edges are.
    let near = phone.done(&["near", "--at", PLACE, "--accuracy", "400"]);
    let grids = near["grids"].as_array().unwrap();
    assert!(grids.len() > 1, "{near}");
    let shares: Vec<f64> = grids
        .iter()
        .map(|grid| grid["share"].as_f64().unwrap())
        .collect();
    assert!(
        shares.windows(2).all(|pair| pair[0] >= pair[1] - 0.001),
        "{shares:?}"
    );
    let picked = text(&grids[1], "code");
    let fix = format!("{PLACE},400");
    let reported = city.report(&phone, 3, &["--fix", &fix], &["--grid", picked]);
    phone.done(&["sync"]);
    let case = text(&reported, "case");
    let page = phone.done(&["show", case]);
    assert_eq!(page["state"], "reported", "the hub ruled it so: {page}");
    assert_eq!(page["facts"]["unit_grid"], json!({ "known": picked }));
    let fixes = page["facts"]["position"]["fixes"].as_array().unwrap();
    assert_eq!(fixes[0]["accuracy_metres"], 400, "the fix as it came");

    // One that the fix cannot lie in is refused, and nothing is left behind.
    let exact = format!("{PLACE},1");
    let name = city.folder.path().join("photo-3.jpg");
    let photo = name.to_str().unwrap();
    let other = grids.last().map(|grid| text(grid, "code")).unwrap();
    let verb = [
        "report", "--class", CLASS, "--photo", photo, "--fix", &exact, "--grid", other,
    ];
    let refused = phone.run(&verb);
    assert_ne!(refused.code, Some(0), "{}", refused.json);
    assert_eq!(phone.done(&["list"])["cases"].as_array().unwrap().len(), 1);
}
