//! Matter check-ins through real binaries: the courtyard's story on two devices without signal, merged at the hub; who sees
//! it; and a whistle.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

/// 二环支路 63 号院.
const YARD: &str = "113.6470,34.7370";

fn enrol(server: &ServerProcess, folder: &Path, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, person);
    let me = device.enrol(server, person);
    assert_eq!(me["id"], person);
    device
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn sync(device: &DeviceProcess) {
    let report = device.done(&["sync"]);
    assert_eq!(report["texts_unsent"], 0, "{report}");
    assert_eq!(report["set_aside"], json!([]), "{report}");
}

fn step(device: &DeviceProcess, checkin: &str, name: &str, more: &[&str]) {
    device.done(&[&["checkin", "step", checkin, name], more].concat());
}

fn show(device: &DeviceProcess, checkin: &str) -> Value {
    device.done(&["checkin", "show", checkin])
}

fn step_names(view: &Value) -> Vec<&str> {
    let steps = view["steps"].as_array().unwrap();
    steps.iter().map(|step| text(step, "name")).collect()
}

fn refused(device: &DeviceProcess, arguments: &[&str], code: &str) {
    let run = device.run(arguments);
    assert_eq!(run.code, Some(3), "{arguments:?}: {}", run.json);
    assert_eq!(run.json["error"]["code"], code);
    assert!(!text(&run.json["error"], "zh").is_empty());
}

/// Two branches of one centre come to the community: talk, survey, cause, scheme, crew, four inlets, a banner.
#[test]
fn the_courtyard_is_told_on_two_devices_without_signal() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = ServerProcess::demo(&folder.join("hub"), 0);
    let works = enrol(&server, folder, "road-works-two-secretary");
    let host = enrol(&server, folder, "erhuanlu-secretary");
    let onlooker = enrol(&server, folder, "worker-putian");

    // Opened without signal: in the list at once, marked as on this device; the hub has not ruled.
    let opened = works.done(&[
        "checkin",
        "open",
        "--title",
        "二环支路63号院逢雨积水",
        "--initiation",
        "visit",
        "--place",
        "二环路社区二环支路63号院",
        "--at",
        YARD,
        "--visiting",
        "road-dept-branch",
        "--visiting",
        "road-works-two-branch",
        "--host",
        "erhuanlu-branch",
    ]);
    let checkin = text(&opened, "checkin").to_owned();
    let listed = works.done(&["checkin", "list"]);
    let row = &listed["checkins"][0];
    assert_eq!(
        (text(row, "state"), text(row, "delivery")),
        ("draft", "on_device")
    );
    // Nothing is completed before there is a scheme or a consultation: said at once, nothing is written.
    refused(
        &works,
        &[
            "checkin",
            "step",
            &checkin,
            "completion",
            "--content",
            r#"{"finished_at":"2025-06-20T09:30:00+08:00"}"#,
        ],
        "step_needs_step",
    );
    sync(&works);
    sync(&host);
    assert_eq!(show(&host, &checkin)["standing"]["state"], "opened");

    // Now both are without signal. The host answers and writes what residents say; the visitors talk, look and find the cause.
    host.done(&[
        "checkin",
        "answer",
        &checkin,
        "--party",
        "erhuanlu-branch",
        "--note",
        "欢迎",
    ]);
    step(
        &host,
        &checkin,
        "talk",
        &["--note", "居民反映每逢下雨院内积水"],
    );
    step(
        &works,
        &checkin,
        "talk",
        &["--note", "到社区党组织报到，对接座谈"],
    );
    let seen = photo::draw(folder, "survey", 3, 1600, 1200);
    let seen = seen.to_str().unwrap();
    let survey = r#"{"estimate":{"within":{"limit":{"number":10,"unit":"work_day"},"from":"2025-06-05T08:30:00+08:00"}}}"#;
    step(
        &works,
        &checkin,
        "survey",
        &[
            "--note",
            "雨水口少，排水不畅",
            "--content",
            survey,
            "--photo",
            seen,
            "--at",
            YARD,
        ],
    );
    step(
        &works,
        &checkin,
        "cause",
        &["--note", "原设计排水能力偏小，雨水口数量不足"],
    );
    step(
        &works,
        &checkin,
        "scheme",
        &["--note", "新增雨水口 4 处，重建雨水管道"],
    );
    sync(&works);
    sync(&host);
    sync(&works);
    let (left, right) = (show(&works, &checkin), show(&host, &checkin));
    let mut names = step_names(&left);
    names.sort_unstable();
    assert_eq!(names, ["cause", "scheme", "survey", "talk", "talk"]);
    equal(&left, &right);
    assert_eq!(left["standing"]["state"], "under_way");

    // The works, and what came of them.
    step(
        &works,
        &checkin,
        "crew_enters",
        &[
            "--note",
            "施工队进场",
            "--content",
            r#"{"crew":"road-works-two","headcount":8}"#,
        ],
    );
    step(
        &works,
        &checkin,
        "progress",
        &["--note", "管道开挖", "--content", r#"{"percent":40}"#],
    );
    let made = photo::draw(folder, "made", 4, 1600, 1200);
    let completion = r#"{"finished_at":"2025-06-20T09:30:00+08:00","quantities":[{"what":"雨水口","number":4,"unit":"处"}]}"#;
    step(
        &works,
        &checkin,
        "completion",
        &[
            "--note",
            "新增雨水口 4 处，管道重建完成",
            "--content",
            completion,
            "--photo",
            made.to_str().unwrap(),
        ],
    );
    // The host, without signal, does not know yet that it is done: the crew was seen, and that is enough for thanks.
    refused(
        &host,
        &[
            "checkin",
            "step",
            &checkin,
            "thanks",
            "--note",
            "锦旗",
            "--content",
            r#"{"kind":"banner"}"#,
        ],
        "step_needs_step",
    );
    sync(&works);
    sync(&host);
    step(
        &host,
        &checkin,
        "residents_answer",
        &[
            "--note",
            "下雨不再积水",
            "--content",
            r#"{"satisfied":true}"#,
        ],
    );
    step(
        &host,
        &checkin,
        "thanks",
        &[
            "--note",
            "居民代表送来锦旗",
            "--content",
            r#"{"kind":"banner"}"#,
        ],
    );
    works.done(&["checkin", "close", &checkin]);
    sync(&host);
    sync(&works);
    sync(&host);

    let (left, right) = (show(&works, &checkin), show(&host, &checkin));
    equal(&left, &right);
    assert_eq!(left["standing"]["state"], "closed");
    assert_eq!(text(&left, "delivery"), "received");
    assert_eq!(left["steps"].as_array().unwrap().len(), 10);
    assert_eq!(left["photos"].as_array().unwrap().len(), 2);
    // Four times, each its own: no table limit of a place, an estimate, no promise, the actual.
    assert_eq!(left["times"]["table_limit"], Value::Null);
    assert_eq!(left["times"]["estimates"][0]["within"]["number"], 10);
    assert_eq!(left["times"]["promises"], json!([]));
    assert_eq!(left["times"]["actual"]["at"], json!(1_750_383_000_000_i64));

    // The hub says the same, to the byte of its JSON and in its heads.
    let admin = Browser::log_in(&server.url(), "admin");
    let path = format!("/api/checkins/{checkin}");
    let (status, page) = admin.get(&path);
    assert_eq!(status, 200);
    assert_eq!(page["heads"], left["heads"]);
    assert_eq!(page["standing"], left["standing"]);
    let mut at_hub: Vec<Value> = page["checkin"]["steps"].as_array().unwrap().clone();
    at_hub.sort_by_key(|step| (step["at"].as_i64(), text(step, "id").to_owned()));
    let of_hub: Vec<&Value> = at_hub.iter().map(|step| &step["step"]).collect();
    let of_phone: Vec<&Value> = left["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["content"])
        .collect();
    assert_eq!(of_hub, of_phone);
    let listed = admin.get("/api/checkins?state=closed").1;
    assert_eq!(listed["checkins"][0]["id"], checkin.as_str());
    assert_eq!(listed["checkins"][0]["last_step"], "thanks");

    // Who is no party has it on no device, and is told at the hub what somebody is told who asks for nothing.
    sync(&onlooker);
    assert_eq!(onlooker.done(&["checkin", "list"])["checkins"], json!([]));
    let stranger = Browser::log_in(&server.url(), "worker-putian");
    let nothing = "/api/checkins/00000000000000000000000000000000";
    let told = |browser: &Browser, path: &str| {
        let (status, answer) = browser.get(path);
        (
            status,
            answer["error"]["code"].clone(),
            answer["error"]["zh"].clone(),
        )
    };
    assert_eq!(told(&stranger, &path), told(&stranger, nothing));
    assert_eq!(stranger.get(&path).0, 404);
    // A branch secretary of another body is no party either.
    let elsewhere = Browser::log_in(&server.url(), "putian-centre");
    assert_eq!(told(&elsewhere, &path), told(&stranger, nothing));
    assert_eq!(elsewhere.get("/api/checkins").1["checkins"], json!([]));
    let talk = json!({ "step": { "step": "talk", "note": "我也来" } });
    assert_eq!(stranger.post(&format!("{path}/steps"), &talk).0, 404);
    // Nor is it a case.
    assert_eq!(admin.get(&format!("/api/cases/{checkin}")).0, 404);
    let (status, _) = admin.act(&checkin, &json!({ "action": "accept" }));
    assert_eq!(status, 404);
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
}

/// Equal heads, and equal JSON of everything the document says.
fn equal(left: &Value, right: &Value) {
    for key in [
        "heads", "standing", "steps", "requests", "times", "comments",
    ] {
        assert_eq!(left[key], right[key], "{key}");
    }
}

/// The sub-district whistles for two departments over a case: each has its own obligation and time. One is there in time, the
/// other comes late; and the check-in reaches whoever has the case.
#[test]
fn a_whistle_has_an_obligation_a_time_and_an_arrival_for_each_who_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = ServerProcess::demo(&folder.join("hub"), 0);
    let worker = enrol(&server, folder, "worker-erqi");
    let road = enrol(&server, folder, "road-dept");
    let works = enrol(&server, folder, "road-works-two");
    let found = photo::draw(folder, "found", 5, 1200, 900);
    let report = worker.done(&[
        "report",
        "--class",
        "standing_water",
        "--at",
        YARD,
        "--photo",
        found.to_str().unwrap(),
        "--description",
        "暴雨积水",
        "--no-grid",
        "测试位置",
    ]);
    let case = text(&report, "case").to_owned();
    sync(&worker);

    let host = Browser::log_in(&server.url(), "erhuanlu-secretary");
    let call =
        |party: &str, due: i64| json!({ "party": party, "obligation": "带泵到场抽排", "due": due });
    let mut opening = json!({
        "title": "暴雨积水吹哨", "initiation": "whistle", "subject": { "case": case },
        "visiting": ["road-dept-branch", "road-works-two-branch"], "hosts": ["erhuanlu-branch"], "calls": [],
    });
    // A whistle that calls nobody is declined, with its reason.
    let (status, declined) = host.post("/api/checkins", &opening);
    assert_eq!(
        (status, text(&declined["ruling"], "outcome")),
        (200, "declined"),
        "{declined}"
    );
    assert_eq!(declined["ruling"]["reason"]["code"], "calls_missing");
    // The demo's hub lives in June 2025, the devices of this test today: one is due tomorrow, the other was due then.
    let of_the_hub = declined["ruling"]["at"].as_i64().unwrap();
    let day = 24 * 60 * 60 * 1_000;
    let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let tomorrow = i64::try_from(today.as_millis()).unwrap() + day;
    opening["calls"] = json!([
        call("road-dept-branch", tomorrow),
        call("road-works-two-branch", of_the_hub + day)
    ]);
    let (status, opened) = host.post("/api/checkins", &opening);
    assert_eq!(
        (status, text(&opened["ruling"], "outcome")),
        (200, "accepted"),
        "{opened}"
    );
    let checkin = text(&opened, "id").to_owned();

    for device in [&road, &works, &worker] {
        sync(device);
    }
    assert_eq!(
        worker.done(&["checkin", "list", "--case", &case])["checkins"][0]["id"],
        checkin.as_str(),
        "with the case"
    );
    let arrive = |device: &DeviceProcess, party: &str| {
        let content = json!({ "party": party }).to_string();
        step(
            device,
            &checkin,
            "arrival",
            &["--note", "到场", "--content", &content],
        );
    };
    refused(
        &road,
        &[
            "checkin",
            "step",
            &checkin,
            "arrival",
            "--content",
            r#"{"party":"road-works-two-branch"}"#,
        ],
        "not_called",
    );
    refused(
        &worker,
        &["checkin", "step", &checkin, "talk", "--note", "我也来"],
        "not_member",
    );
    arrive(&road, "road-dept-branch");
    sync(&road);
    let late = |page: &Value| page["calls"][1]["late_millis"].as_i64();
    let page = host.get(&format!("/api/checkins/{checkin}")).1;
    assert_eq!(page["calls"][0]["late_millis"], Value::Null);
    assert_eq!(page["calls"][0]["arrived"], "road-dept");
    assert_eq!(page["calls"][1]["arrived"], Value::Null);
    arrive(&works, "road-works-two-branch");
    sync(&works);
    let page = host.get(&format!("/api/checkins/{checkin}")).1;
    assert_eq!(page["calls"][1]["arrived"], "road-works-two");
    let arrived_late = late(&page).unwrap();
    assert!(arrived_late > 0, "late by what it was: {arrived_late}");
}
