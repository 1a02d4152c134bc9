//! The clocks of a case on hub and device, real processes both: they show the same, the device without signal, and what it does
//! without signal counts from when it was done.
#![expect(clippy::unwrap_used, reason = "a failing test should stop")]

use std::path::Path;

use serde_json::{Value, json};
use xunge_tests::world::{Browser, DeviceProcess, ServerProcess, photo};

const PLACE: &str = "113.7861,34.7552";

fn enrol(server: &ServerProcess, folder: &Path, name: &str, person: &str) -> DeviceProcess {
    let device = DeviceProcess::new(folder, name);
    device.enrol(server, person);
    device
}

fn report(worker: &DeviceProcess, photo: &Path) -> String {
    let report = worker.done(&[
        "report",
        "--class",
        "road_damage",
        "--at",
        PLACE,
        "--photo",
        photo.to_str().unwrap(),
        "--address",
        "至德街",
    ]);
    report["case"].as_str().unwrap().to_owned()
}

/// Tables of the city: a calendar of many years, hours of the centre and of the department, limits of two stages.
fn import_tables(server: &ServerProcess, folder: &Path) {
    let years = (2025..2045).map(|year| format!("{year}-01-01,no,元旦\n"));
    let holidays = format!("date,working,why\n{}", years.collect::<String>());
    let hours =
        "department,from,until,hours\n,,,09:00-17:00\nroad-dept,,,05:00-11:00;17:00-20:00\n";
    let stages = "stage,area_class,handling_class,number,unit\nfiling,,,45,work_minute\nclaim,,,3,work_hour\n";
    for (table, text) in [
        ("holidays", holidays.as_str()),
        ("hours", hours),
        ("stage_limits", stages),
    ] {
        let file = folder.join(format!("{table}.csv"));
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        let day = "2025-01-01";
        let done = server.command(&[
            "import",
            "--table",
            table,
            "--effective-date",
            day,
            "--json",
            file,
        ]);
        assert_eq!(done["written"], true, "{table}: {done}");
    }
}

fn disposal(clocks: &Value) -> Value {
    let clocks = clocks["clocks"].as_array().unwrap().iter();
    let mut found = clocks.filter(|clock| clock["kind"] == "disposal");
    found.next_back().cloned().unwrap_or_default()
}

#[test]
fn hub_and_device_show_the_same_clock_and_a_proven_feedback_stops_it_when_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let server = ServerProcess::demo(&folder.join("hub"), 20);
    let worker = enrol(&server, folder, "worker", "worker-putian");
    let dept = enrol(&server, folder, "dept", "road-dept");
    let found = photo::draw(folder, "found", 1, 800, 600);
    let case = report(&worker, &found);
    let case = case.as_str();
    assert_eq!(worker.done(&["limit", case])["clocks"], json!([]));
    worker.done(&["sync"]);
    let acceptance = &worker.done(&["limit", case])["clocks"][0];
    assert_eq!(acceptance["kind"], "acceptance", "{acceptance}");

    let clerk = Browser::log_in(&server.url(), "clerk");
    clerk.accepted(case, &json!({ "action": "accept" }));
    // Four hours day and night: no year of any calendar is needed, whenever this test runs.
    let leader = Browser::log_in(&server.url(), "shift-leader");
    leader.accepted(case, &json!({ "action": "file", "condition": "3" }));
    let dispatcher = Browser::log_in(&server.url(), "dispatcher");
    let dispatch = json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] });
    dispatcher.accepted(case, &dispatch);
    dept.done(&["sync"]);
    dept.done(&["act", case, "claim"]);
    dept.done(&["sync"]);
    let hub = || clerk.get(&format!("/api/cases/{case}")).1;
    let (there, here) = (disposal(&hub()), disposal(&dept.done(&["limit", case])));
    assert_eq!(here["state"], "running");
    for field in [
        "started",
        "due",
        "limit",
        "terms",
        "light",
        "explained_zh",
        "explained_en",
    ] {
        assert!(!here[field].is_null(), "{field} of {here}");
        assert_eq!(here[field], there[field], "{field}");
    }
    let listed = dept.done(&["list"]);
    let rows = listed["cases"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == case).unwrap();
    assert_eq!(row["light"], here["light"]);
    assert!(row["due"].is_i64());
    // What a person reads.
    let lines = dept.text(&["limit", case]);
    assert!(
        lines.contains("处置时限") && lines.contains("Received"),
        "{lines}"
    );

    // Done now, told later.
    let after = photo::draw(folder, "after", 3, 800, 600);
    dept.done(&[
        "act",
        case,
        "feedback",
        "--photo",
        after.to_str().unwrap(),
        "--at",
        PLACE,
        "--reason",
        "已修复",
    ]);
    dept.done(&["sync"]);
    let shown = hub();
    let rulings = shown["case"]["rulings"].as_array().unwrap();
    let feedback = rulings.last().unwrap();
    let done_at = feedback["done_at"].as_i64().unwrap();
    assert!(done_at < feedback["at"].as_i64().unwrap(), "{feedback}");
    let stopped = disposal(&shown);
    assert_eq!(stopped["state"], "stopped");
    let here = disposal(&dept.done(&["limit", case]));
    assert_eq!(
        (&here["since"], &here["due"]),
        (&stopped["since"], &stopped["due"])
    );

    // The city imports its hours and stage limits: the device shows what the hub shows, from the rulings alone.
    import_tables(&server, folder);
    let found = photo::draw(folder, "other", 5, 800, 600);
    let case = report(&worker, &found);
    let case = case.as_str();
    worker.done(&["sync"]);
    clerk.accepted(case, &json!({ "action": "accept" }));
    leader.accepted(case, &json!({ "action": "file", "condition": "1" }));
    dispatcher.accepted(case, &dispatch);
    dept.done(&["sync"]);
    let told = dept.done(&["tables"])["tables"].clone();
    let rows = |table: &str| {
        let tables = told.as_array().unwrap().iter();
        let mut found = tables.filter(|told| told["table"] == table);
        found.next().map(|told| told["rows"].clone())
    };
    assert_eq!(
        (rows("hours"), rows("stage_limits")),
        (Some(json!(2)), Some(json!(2)))
    );
    let there = clerk.get(&format!("/api/cases/{case}")).1["clocks"].clone();
    let here = dept.done(&["limit", case])["clocks"].clone();
    let kinds: Vec<&Value> = here
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| &clock["kind"])
        .collect();
    assert_eq!(
        kinds,
        ["acceptance", "filing", "dispatch", "disposal", "claim"]
    );
    for (here, there) in here
        .as_array()
        .unwrap()
        .iter()
        .zip(there.as_array().unwrap())
    {
        for field in [
            "kind",
            "started",
            "due",
            "limit",
            "terms",
            "allowed_minutes",
            "explained_zh",
        ] {
            assert_eq!(here[field], there[field], "{field} of {}", here["kind"]);
        }
    }
    let explained = disposal(&json!({ "clocks": here }))["explained_zh"].to_string();
    assert!(
        explained.contains("余下的时限按 05:00-11:00,17:00-20:00 计"),
        "{explained}"
    );
    let claim = here[4]["explained_zh"].as_str().unwrap();
    assert!(
        claim.contains("3 个工作时") && claim.contains("环节时限表"),
        "{claim}"
    );
}
