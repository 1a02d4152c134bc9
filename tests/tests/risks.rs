//! Risks, end to end: real devices bring what is odd, the serving hub finds it by itself, the person answers, and the case
//! goes its way to the end.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡, and a place some 20 km north-east of it.
const PLACE: &str = "113.7861,34.7552";
const ELSEWHERE: &str = "113.9300,34.8900,8";
/// The hub looks at once when something came; each try is a request.
const TRIES: usize = 5_000;

fn enrol(server: &ServerProcess, folder: &Path, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, person);
    device.enrol(server, person);
    device.done(&["sync"]);
    device
}

fn report(device: &DeviceProcess, photo: &str, fix: &str, mock: bool) -> String {
    let mut arguments = vec!["report", "--class", "road_damage", "--at", PLACE];
    arguments.extend(["--photo", photo, "--fix", fix, "--description", "路面破损"]);
    if mock {
        arguments.push("--mock");
    }
    let reported = device.done(&arguments);
    device.done(&["sync"]);
    reported["case"].as_str().unwrap().to_owned()
}

/// The marks in a case, once the hub has found all of these.
fn marks(reader: &Browser, case: &str, expected: &[&str]) -> Vec<Value> {
    let path = format!("/api/cases/{case}/risks");
    let mut last = Vec::new();
    for _ in 0..TRIES {
        let (status, risks) = reader.get(&path);
        assert_eq!(status, 200, "{risks}");
        last = risks.as_array().unwrap().clone();
        let kinds: BTreeSet<&str> = last
            .iter()
            .filter_map(|risk| risk["kind"].as_str())
            .collect();
        if expected.iter().all(|kind| kinds.contains(kind)) {
            return last;
        }
        std::thread::yield_now();
    }
    panic!("{expected:?} among {last:#?}")
}

#[test]
fn what_is_odd_is_found_by_the_serving_hub_answered_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = ServerProcess::demo(&folder.join("hub"), 5);
    let draw = |name: &str, seed| {
        let file = photo::draw(folder, name, seed, 640, 480);
        file.to_str().unwrap().to_owned()
    };
    let worker = enrol(&server, folder, "worker-putian");
    let crew = enrol(&server, folder, "road-dept");
    let leader = Browser::log_in(&server.url(), "shift-leader");

    // Two reports within seconds, 20 km apart, with one photo; the second by a mocked fix.
    let picture = draw("found", 1);
    report(&worker, &picture, &format!("{PLACE},8"), false);
    let case = report(&worker, &picture, ELSEWHERE, true);
    // The devices' clocks are of today, the hub's is the demo's.
    let on_arrival = [
        "mock_location",
        "speed_jump",
        "outside_grid",
        "clock_step",
        "reused_picture",
    ];
    marks(&leader, &case, &on_arrival);

    let class = leader.get(&format!("/api/cases/{case}")).1["case"]["facts"]["class"].clone();
    assert!(class.is_string());
    Browser::log_in(&server.url(), "clerk").accepted(&case, &json!({ "action": "accept" }));
    leader.accepted(&case, &json!({ "action": "file", "condition": "1" }));
    let lead = json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] });
    Browser::log_in(&server.url(), "dispatcher").accepted(&case, &lead);
    crew.done(&["sync"]);
    crew.done(&["act", &case, "claim"]);
    // Before and after in one minute from one spot, and a check by the crew itself.
    for (purpose, seed) in [("before", 2), ("check", 3)] {
        let file = draw(purpose, seed);
        crew.done(&[
            "attach",
            &case,
            "--photo",
            &file,
            "--purpose",
            purpose,
            "--at",
            PLACE,
        ]);
    }
    let after = draw("after", 4);
    crew.done(&[
        "act",
        &case,
        "feedback",
        "--photo",
        &after,
        "--at",
        PLACE,
        "--reason",
        "已修补",
    ]);
    crew.done(&["sync"]);
    marks(
        &leader,
        &case,
        &["same_spot_and_moment", "check_by_beneficiary"],
    );

    // The worker sees the own marks and answers; the crew's are the crew's.
    let own = Browser::log_in(&server.url(), "worker-putian");
    let (_, mine) = own.get("/api/people/worker-putian/risks");
    let people: BTreeSet<&str> = mine
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|risk| risk["person"].as_str())
        .collect();
    assert_eq!(people, ["worker-putian"].into());
    let path = format!("/api/risks/{}/answers", mine[0]["id"]);
    let (status, answered) = own.post(&path, &json!({ "text": "手机在测试，位置不准。" }));
    assert_eq!(
        (status, answered["answers"].as_array().unwrap().len()),
        (200, 1)
    );
    assert_eq!(leader.post(&path, &json!({ "text": "替他说" })).0, 403);

    // And the case goes its way.
    let clerk = Browser::log_in(&server.url(), "clerk");
    clerk.accepted(
        &case,
        &json!({ "action": "send_check", "to": "worker-putian" }),
    );
    worker.done(&["sync"]);
    let check = draw("own-check", 5);
    worker.done(&["act", &case, "check", "--photo", &check, "--at", PLACE]);
    worker.done(&["sync"]);
    leader.accepted(&case, &json!({ "action": "close", "outcome": "normal" }));
    let state = leader.get(&format!("/api/cases/{case}")).1["standing"]["state"].clone();
    assert_eq!(state, "closed");
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
    // What it is found by is data.
    assert_eq!(server.command(&["risk-limits"])["speed_kmh"], 120);
}
