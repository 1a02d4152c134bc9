//! The story of the spine, end to end: real processes, real files, real HTTP, a bad link.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::Path;

use serde_json::{Value, json};
use xunge_tests::proxy::{ChaosProxy, Weather};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 至德街/商都路 in 圃田乡.
const PLACE: &str = "113.7861,34.7552";

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn enrol(server: &ServerProcess, folder: &Path, name: &str, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, name);
    let me = device.enrol(server, person);
    assert_eq!(me["id"], person);
    device
}

fn photo_states(device: &DeviceProcess, case: &str) -> Vec<String> {
    let view = device.done(&["show", case]);
    view["photos"]
        .as_array()
        .unwrap()
        .iter()
        .map(|photo| text(photo, "state").to_owned())
        .collect()
}

/// Syncs through a proxy until nothing is left, however often the link is cut.
fn drain(device: &DeviceProcess, proxy: &ChaosProxy) -> Value {
    let url = proxy.url();
    let run = device.run(&[
        "sync",
        "--server",
        &url,
        "--tries",
        "60",
        "--wait-millis-max",
        "50",
    ]);
    assert!(matches!(run.code, Some(0 | 3)), "{}", run.json);
    assert_eq!(
        (&run.json["texts_unsent"], &run.json["photo_files_unsent"]),
        (&json!(0), &json!(0)),
        "{}",
        run.json
    );
    run.json
}

#[test]
fn one_case_from_a_phone_without_signal_to_a_closed_case() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = ServerProcess::demo(&folder.join("hub"), 20);
    let worker = enrol(&server, folder, "worker", "worker-putian");
    let checker = enrol(&server, folder, "checker", "worker-putian-2");
    let dept = enrol(&server, folder, "dept", "road-dept");
    let second = enrol(&server, folder, "second", "road-dept-2");

    // Without signal: the report is in the list at once, marked as on this device.
    let found = photo::draw(folder, "found", 1, 1600, 1200);
    let found = found.to_str().unwrap();
    let report = worker.done(&[
        "report",
        "--class",
        "road_damage",
        "--at",
        PLACE,
        "--photo",
        found,
        "--description",
        "重车碾压，路面破损，雨天可能积水",
        "--address",
        "至德街与商都路交叉口",
    ]);
    let case = text(&report, "case").to_owned();
    let listed = worker.done(&["list"]);
    let row = listed["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["id"] == case.as_str())
        .unwrap()
        .clone();
    assert_eq!(
        (text(&row, "delivery"), text(&row, "state")),
        ("on_device", "draft")
    );
    let nearer = photo::draw(folder, "nearer", 2, 1200, 900);
    worker.done(&[
        "attach",
        &case,
        "--photo",
        nearer.to_str().unwrap(),
        "--purpose",
        "found",
    ]);

    // Killed in the middle of a write: what was acknowledged is there, and the store opens.
    let mut killed = worker.start(&["attach", &case, "--photo", found, "--purpose", "before"]);
    killed.kill().unwrap();
    killed.wait().unwrap();
    worker.done(&["hazard", &case, "汛期可能形成积水"]);
    let view = worker.done(&["show", &case]);
    assert!(view["photos"].as_array().unwrap().len() >= 2);
    assert_eq!(view["hazards"].as_array().unwrap().len(), 1);
    assert_eq!(text(&view, "provisional_state"), "reported");

    // A portal answers with a login page: nothing is taken for a receipt.
    let proxy = ChaosProxy::start(server.address, Weather::captive_portal()).unwrap();
    let portal = worker.run(&[
        "sync",
        "--server",
        &proxy.url(),
        "--tries",
        "2",
        "--wait-millis-max",
        "1",
    ]);
    assert_eq!(
        (portal.code, text(&portal.json["problem"], "code")),
        (Some(4), "foreign_answer")
    );
    assert_eq!(
        text(&worker.done(&["status", &case]), "delivery"),
        "on_device"
    );

    // Signal, bad: 300 ms, 64 kbit/s, cut again and again. The text is there long before the photos.
    proxy.set_weather(Weather::bad(7, 24_000));
    let clerk = Browser::log_in(&server.url(), "clerk");
    let mut syncing = worker.start(&[
        "sync",
        "--server",
        &proxy.url(),
        "--tries",
        "1000",
        "--wait-millis-max",
        "50",
    ]);
    let text_arrived = proxy
        .counters()
        .wait_until(std::time::Duration::from_secs(60), |_| {
            clerk.get(&format!("/api/cases/{case}")).0 == 200
        });
    assert!(text_arrived, "the text came through");
    let (_, early) = clerk.get(&format!("/api/cases/{case}"));
    assert_eq!(text(&early["standing"], "state"), "reported");
    assert!(
        early["evidence"]
            .as_object()
            .unwrap()
            .values()
            .any(|stored| stored == &json!(false)),
        "photos are still on their way"
    );
    assert!(proxy.counters().cuts() > 0 || syncing.try_wait().unwrap().is_none());
    // Patience is the worker's virtue, not the test's: the rest comes over a fair link.
    proxy.set_weather(Weather::fair());
    syncing.wait().unwrap();
    drain(&worker, &proxy);
    assert!(
        photo_states(&worker, &case)
            .iter()
            .all(|state| state == "received")
    );
    assert_eq!(
        text(&worker.done(&["status", &case]), "delivery"),
        "received"
    );

    // People in browsers decide; whoever lacks the role is told so.
    let leader = Browser::log_in(&server.url(), "shift-leader");
    let (_, wrong) = leader.act(&case, &json!({ "action": "accept" }));
    assert_eq!(wrong["reason"]["code"], "wrong_role");
    clerk.accepted(&case, &json!({ "action": "accept" }));
    leader.accepted(&case, &json!({ "action": "file", "condition": "1" }));
    let dispatcher = Browser::log_in(&server.url(), "dispatcher");
    dispatcher.accepted(
        &case,
        &json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] }),
    );

    // Two devices of the department claim without knowing of each other: the first ruled wins, the other is told.
    drain(&dept, &proxy);
    drain(&second, &proxy);
    dept.done(&["act", &case, "claim"]);
    second.done(&["act", &case, "claim"]);
    second.done(&["comment", &case, "我单位已安排车辆"]);
    drain(&dept, &proxy);
    let late = drain(&second, &proxy);
    assert_eq!(
        text(&late["set_aside"][0]["reason"], "code"),
        "already_claimed"
    );
    assert!(
        text(&late["set_aside"][0]["reason"], "zh").contains("road-dept"),
        "told who was first: {late}"
    );
    let theirs = second.done(&["show", &case]);
    assert_eq!(
        theirs["comments"][0]["text"], "我单位已安排车辆",
        "nothing of theirs disappears"
    );
    let declined: Vec<_> = theirs["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| {
            event["ruling"]["accepted"] == json!(false) && event["author"] == "road-dept-2"
        })
        .collect();
    assert_eq!(declined.len(), 1, "the declined claim stays in the history");

    // The department feeds back with an after photo; too far away would be declined before it is written.
    let after = photo::draw(folder, "after", 3, 1200, 900);
    let after = after.to_str().unwrap();
    let far = dept.run(&[
        "act",
        &case,
        "feedback",
        "--photo",
        after,
        "--at",
        "113.80,34.75",
        "--reason",
        "已修复",
    ]);
    assert_eq!(
        (far.code, text(&far.json["error"], "code")),
        (Some(3), "too_far")
    );
    dept.done(&[
        "act",
        &case,
        "feedback",
        "--photo",
        after,
        "--at",
        PLACE,
        "--reason",
        "已修复",
    ]);
    drain(&dept, &proxy);
    clerk.accepted(
        &case,
        &json!({ "action": "send_check", "to": "worker-putian-2" }),
    );

    // Another worker checks; closing waits for the bytes of every photo, not only for their names.
    drain(&checker, &proxy);
    let checked = photo::draw(folder, "checked", 4, 1200, 900);
    checker.done(&[
        "act",
        &case,
        "check",
        "--photo",
        checked.to_str().unwrap(),
        "--at",
        PLACE,
        "--reason",
        "路面平整",
    ]);
    drain(&checker, &proxy);
    leader.accepted(&case, &json!({ "action": "close", "outcome": "normal" }));

    // Every ruling comes back to the device, and the original is byte for byte what was taken.
    drain(&worker, &proxy);
    let closed = worker.done(&["show", &case]);
    assert_eq!(text(&closed, "state"), "closed");
    let accepted: Vec<&str> = closed["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["ruling"]["accepted"] == json!(true))
        .map(|event| text(event, "action"))
        .collect();
    assert_eq!(
        accepted,
        [
            "report",
            "accept",
            "file",
            "dispatch",
            "claim",
            "feedback",
            "send_check",
            "check",
            "close"
        ]
    );
    let original = std::fs::read(found).unwrap();
    let sha256 = xunge_domain::ids::Digest::of(&original).to_string();
    let out = folder.join("exported.jpg");
    server.command(&[
        "export-photo",
        "--sha256",
        &sha256,
        "--to",
        out.to_str().unwrap(),
    ]);
    assert_eq!(std::fs::read(&out).unwrap(), original);
    let health = server.command(&["doctor", "--json"]);
    assert_eq!(health["findings"], json!([]), "{health}");
}
