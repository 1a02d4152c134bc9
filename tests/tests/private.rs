//! Personal data, through real processes: from a phone past every document to those who need it, and out of the world again.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

const NAME: &str = "三单元的赵秀英";
const PHONE: &str = "13812345678";

/// Whether a text stands open in any file.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = fs::read(path).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

fn texts(listed: &Value) -> Vec<&Value> {
    let records = listed.as_array().unwrap().iter();
    records.map(|record| &record["text"]).collect()
}

#[test]
fn what_a_witness_says_reaches_those_who_need_it_and_nobody_else_and_can_be_erased() {
    let folder = tempfile::tempdir().unwrap();
    let hub = folder.path().join("hub");
    let server = ServerProcess::demo(&hub, 0);
    let phone = DeviceProcess::new(folder.path(), "phone");
    phone.enrol(&server, "worker-putian");
    let picture = photo::draw(folder.path(), "picture", 7, 640, 480);
    let case = &phone.report_road(&picture, &[]);
    phone.done(&["private", case, "--kind", "witness", "--text", NAME]);
    phone.done(&["private", case, "--kind", "phone", "--text", PHONE]);
    let voice = folder.path().join("voice");
    fs::write(&voice, b"a recording").unwrap();
    let voice = voice.to_str().unwrap();
    phone.done(&[
        "private",
        case,
        "--kind",
        "voice_note",
        "--file",
        voice,
        "--number",
        "2",
    ]);
    let refused = phone.run(&["private", case, "--kind", "face", "--text", NAME]);
    assert_eq!(refused.code, Some(2));
    assert!(!holds(phone.store(), PHONE) && !holds(phone.store(), NAME));
    let kept = phone.done(&["private", "list", case])["records"].clone();
    assert_eq!(texts(&kept), [&json!(NAME), &json!(PHONE), &Value::Null]);
    assert_eq!(phone.done(&["status"])["texts_unsent"], 4);

    phone.done(&["sync"]);
    let gone = phone.done(&["private", "list", case])["records"].clone();
    assert!(
        gone.as_array()
            .unwrap()
            .iter()
            .all(|record| record["delivery"] == "received"),
        "{gone}"
    );
    assert_eq!(texts(&gone), [&Value::Null; 3], "it left the phone");
    assert_eq!(phone.done(&["status"])["texts_unsent"], 0);
    assert!(!phone.done(&["show", case]).to_string().contains(PHONE));
    assert!(
        !holds(&hub, PHONE) && !holds(&hub, NAME),
        "sealed at the hub"
    );

    let path = format!("/api/cases/{case}/private");
    let clerk = Browser::log_in(&server.url(), "clerk");
    let (status, listed) = clerk.get(&path);
    assert_eq!(status, 200);
    assert_eq!(texts(&listed), [&json!(NAME), &json!(PHONE), &Value::Null]);
    let others = Browser::log_in(&server.url(), "leader");
    assert_eq!(others.get(&path).0, 403);

    // The witness asks to be forgotten; the recording of somebody else stays.
    let subject = listed[0]["subject"].as_str().unwrap();
    assert_eq!(
        (&listed[1]["subject"], &listed[2]["number"]),
        (&json!(subject), &json!(2))
    );
    let reason = "本人要求删除";
    let erased = server.command(&["erase", "--subject", subject, "--reason", reason, "--json"]);
    assert_eq!(erased["erased"]["reason"], reason);
    let (_, listed) = clerk.get(&path);
    let states: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["erased", "erased", "readable"]);
    assert_eq!(listed[0]["erased"]["reason"], reason);
    let report = server.command(&["doctor", "--json"]);
    assert_eq!(report["findings"], json!([]), "{report}");
    phone.done(&["sync"]);
    let photos = phone.done(&["show", case])["photos"].clone();
    assert_eq!(photos[0]["state"], "received", "the case is whole");
}
