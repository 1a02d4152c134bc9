//! Clocks of cases from outside: the API, the pages, and levels that are told once.

use std::sync::Arc;

use serde_json::{Value, json};
use xunge_domain::class::ClassTable;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::app::{App, FixedClock, Settings, SystemEntropy};
use xunge_server::services::city_tables::{ImportOrder, import};
use xunge_server::services::clocks::{compute_missing, escalate_all};
use xunge_server::tables::note_tables_changed;

use crate::support::{Browser, Hub, hub};

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

/// A hub with classes, and everybody who brings a case to its filing.
fn ready() -> Hub {
    use xunge_domain::person::Role;
    let hub = hub();
    hub.add("leader", Role::ShiftLeader);
    let table = include_bytes!("../../data/classes.sample.json");
    let table = ClassTable::from_json(table).unwrap();
    hub.state
        .store
        .writing(|write| {
            write.put_class_table(&table)?;
            note_tables_changed(write)
        })
        .unwrap();
    hub
}

fn registered(clerk: &Browser, number: &str) -> String {
    let body = json!({
        "source": "hotline", "external_id": number, "class": "road_damage", "description": "路面有坑",
        "address": "至德街", "no_grid_reason": "尚未划格",
    });
    let answer = clerk.send("POST", "/api/cases", Some(&body));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["case"].as_str().unwrap().to_owned()
}

fn act(browser: &Browser, case: &str, body: &Value) {
    let path = format!("/api/cases/{case}/actions");
    let answer = browser.send("POST", &path, Some(body));
    assert_eq!(answer.json()["outcome"], "accepted", "{answer:?}");
}

fn clock(browser: &Browser, case: &str, kind: &str) -> Value {
    let shown = browser.get(&format!("/api/cases/{case}")).json();
    let clocks = shown["clocks"].as_array().unwrap();
    let found = clocks.iter().find(|clock| clock["kind"] == kind);
    found.unwrap_or(&Value::Null).clone()
}

#[test]
fn a_case_shows_its_clocks_and_lists_go_by_them() {
    let hub = ready();
    let (clerk, leader) = (hub.logged_in("clerk"), hub.logged_in("leader"));
    // Monday 11:00.
    let early = registered(&clerk, "1");
    hub.clock.set(at("2025-06-30 11:30"));
    let late = registered(&clerk, "2");
    let acceptance = clock(&clerk, &early, "acceptance");
    assert_eq!(acceptance["started"], "2025-06-30T11:00:00+08:00");
    assert_eq!(acceptance["due"], "2025-06-30T12:00:00+08:00");
    assert_eq!(
        acceptance["limit"],
        json!({ "minutes": 60, "working": true })
    );
    assert_eq!(
        (&acceptance["light"], &acceptance["used_percent"]),
        (&json!("green"), &json!(50))
    );
    hub.clock.set(at("2025-06-30 11:50"));
    let listed = |query: &str| {
        let list = clerk.get(&format!("/api/cases?{query}")).json();
        let rows = list["cases"].as_array().unwrap().iter();
        rows.map(|row| (row["id"].as_str().unwrap().to_owned(), row["light"].clone()))
            .collect::<Vec<_>>()
    };
    let (yellow, green) = (json!("yellow"), json!("green"));
    let expected = [(early.clone(), yellow.clone()), (late.clone(), green)];
    assert_eq!(listed("order=due"), expected);
    assert_eq!(listed("light=yellow"), expected[..1]);
    assert_eq!(listed("light=red"), []);
    assert_eq!(clerk.get("/api/cases?light=blue").status, 400);
    assert_eq!(clerk.get("/api/cases?order=age").status, 400);

    act(&clerk, &early, &json!({ "action": "accept" }));
    act(
        &leader,
        &early,
        &json!({ "action": "file", "condition": "1" }),
    );
    let disposal = clock(&clerk, &early, "disposal");
    assert_eq!(disposal["started"], "2025-06-30T11:50:00+08:00");
    assert_eq!(disposal["terms"]["source"], "class_table");
    assert_eq!(disposal["terms"]["calendar"], "国务院 2023-2026");
    assert_eq!(disposal["state"], "running");
    for (field, words) in [("explained_zh", "时限依据"), ("explained_en", "The limit:")] {
        assert!(
            disposal[field].as_str().unwrap().contains(words),
            "{disposal}"
        );
    }
    assert_eq!(clock(&clerk, &early, "acceptance")["state"], "finished");
    let page = clerk.get(&format!("/cases/{early}")).text;
    for words in ["处置时限", "受理环节", "时限依据", "到期"] {
        assert!(page.contains(words), "{words}");
    }
    let queue = clerk.get("/cases?view=all&light=green").text;
    assert!(queue.contains(&early) && !queue.contains("&light=blue"));
    let red = clerk.get("/cases?view=all&light=red").text;
    assert!(!red.contains(&format!("/cases/{early}")));
    let english = clerk.get(&format!("/cases/{early}?lang=en")).text;
    assert!(english.contains("disposal limit") && english.contains("The limit:"));
}

/// Another process on the folder of a hub, at a time of its own.
fn started(hub: &Hub, now: &str) -> App {
    let clock = Arc::new(FixedClock::at(at(now)));
    let folder = hub.folder();
    folder
        .open_to_serve(clock, Arc::new(SystemEntropy), Settings::default())
        .unwrap()
}

#[test]
fn each_level_is_told_once_however_often_the_hub_is_started() {
    let hub = ready();
    let clerk = hub.logged_in("clerk");
    // Sixty working minutes from Monday 11:00: soon at 11:48, due at 12:00, twice over at 15:00.
    let case = registered(&clerk, "1");
    hub.clock.set(at("2025-06-30 11:47"));
    assert_eq!(escalate_all(&hub.state).unwrap(), 0);
    hub.clock.set(at("2025-06-30 11:48"));
    assert_eq!(escalate_all(&hub.state).unwrap(), 1);
    assert_eq!(escalate_all(&hub.state).unwrap(), 0);
    // The hub is gone over noon; another one is started, and a third beside it.
    let second = started(&hub, "2025-06-30 12:30");
    assert_eq!(escalate_all(&second).unwrap(), 1);
    let third = started(&hub, "2025-06-30 14:59");
    assert_eq!(escalate_all(&third).unwrap(), 0);
    drop((second, third));
    let fourth = started(&hub, "2025-07-04 09:00");
    compute_missing(&fourth).unwrap();
    assert_eq!(escalate_all(&fourth).unwrap(), 1);
    let fifth = started(&hub, "2025-07-04 09:01");
    assert_eq!(escalate_all(&fifth).unwrap(), 0);
    let lines = hub.audit("escalated");
    let percents: Vec<i64> = lines
        .iter()
        .map(|line| serde_json::from_str::<Value>(&line.detail).unwrap()["percent"].as_i64())
        .map(Option::unwrap)
        .collect();
    assert_eq!(percents, [80, 100, 200]);
    let shown = clerk.get(&format!("/api/cases/{case}")).json();
    let told = shown["escalations"].as_array().unwrap();
    assert_eq!(told.len(), 3);
    assert_eq!(told[1]["reached_at"], "2025-06-30T12:00:00+08:00");
    assert_eq!(told[1]["fired_at"], "2025-06-30T12:30:00+08:00");
    assert_eq!(told[1]["line"], lines[1].seq);
    let page = clerk.get(&format!("/cases/{case}")).text;
    assert!(page.contains("200%") && page.contains("严重超时"));
    let list = clerk.get("/api/cases").json();
    assert_eq!(list["cases"][0]["escalated"], 200);
    assert!(clerk.get("/cases?view=all").text.contains("已升级 200%"));
}

#[test]
fn a_year_without_a_calendar_is_said_and_counted_once_it_is_there() {
    let hub = ready();
    hub.clock.set(at("2026-12-30 10:00"));
    let (clerk, leader) = (hub.logged_in("clerk"), hub.logged_in("leader"));
    let case = registered(&clerk, "1");
    act(&clerk, &case, &json!({ "action": "accept" }));
    act(
        &leader,
        &case,
        &json!({ "action": "file", "condition": "1" }),
    );
    let disposal = clock(&clerk, &case, "disposal");
    assert_eq!(disposal["trouble"], "calendar_year_missing", "{disposal}");
    assert_eq!(
        (&disposal["due"], &disposal["light"]),
        (&Value::Null, &Value::Null)
    );
    assert!(
        clerk
            .get(&format!("/cases/{case}"))
            .text
            .contains("没有 2027 年的工作日历")
    );
    assert_eq!(escalate_all(&hub.state).unwrap(), 0);
    import_holidays(&hub);
    assert_eq!(compute_missing(&hub.state).unwrap(), 1);
    let counted = clock(&clerk, &case, "disposal");
    assert_eq!(counted["trouble"], Value::Null, "{counted}");
    assert!(counted["due"].as_str().unwrap().starts_with("2027-01-"));
    // It was filed under the carried edition, and stays so.
    assert_eq!(counted["terms"]["calendar"], "国务院 2023-2026");
    assert_eq!(compute_missing(&hub.state).unwrap(), 0);
}

fn import_holidays(hub: &Hub) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("holidays.csv");
    std::fs::write(&file, "date,working,why\n2027-01-01,no,New Year's Day\n").unwrap();
    let order = ImportOrder {
        kind: TableKind::Holidays,
        file,
        encoding: None,
        datum: Datum::Wgs84,
        layout: CodeLayout::SixTwoTwoSix,
        edition: Some("2027".into()),
        effective_date: Some("2026-12-01".into()),
        sample: false,
        dry_run: false,
    };
    let mut bad = Vec::new();
    let imported = import(&hub.state, "test", &order, &mut |told| {
        bad.push(told.clone())
    });
    assert!(imported.unwrap().written && bad.is_empty());
}
