//! Who is sent, what becomes of each offer, and what waits for approval; all over the API, by a clock that stands still.

use std::path::Path;

use serde_json::{Value, json};
use xunge_domain::class::ClassTable;
use xunge_domain::component::CodeLayout;
use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;
use xunge_domain::person::{Person, Role};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::services::city_tables::{ImportOrder, import};
use xunge_server::services::people;
use xunge_server::services::tasks::{REOFFER_SESSION, TASK_CHOSEN, reoffer_overdue, set_rules};
use xunge_server::tables::note_tables_changed;

use crate::support::{Browser, Hub, hub};

const GRIDS: &str = "单元网格代码,名称,责任网格,边界
410104101001001,东园,putian-1,\"POLYGON((113.780 34.750,113.784 34.750,113.784 34.753,113.780 34.753))\"
410104101001002,西园,putian-2,\"POLYGON((113.784 34.750,113.788 34.750,113.788 34.753,113.784 34.753))\"
";
/// Monday; the hub's clock shows 11:00.
const ROSTER: &str = "person,kind,from,until,duty_grids,to
worker-a,shift,2025-06-30 08:00,2025-06-30 16:00,,
worker-b,shift,2025-06-30 08:00,2025-06-30 16:00,,
worker-on-leave,shift,2025-06-30 08:00,2025-06-30 16:00,,
worker-on-leave,leave,2025-06-30,2025-07-01,,
worker-late,shift,2025-06-30 16:00,2025-07-01 00:00,,
";
const MINUTE: i64 = 60_000;

/// A hub with two grids, and workers of the first.
pub(crate) fn ready() -> Hub {
    let hub = hub();
    let table = ClassTable::from_json(include_bytes!("../../data/classes.sample.json")).unwrap();
    hub.state
        .store
        .writing(|write| {
            write.put_class_table(&table)?;
            note_tables_changed(write)
        })
        .unwrap();
    import_table(&hub, TableKind::Grids, GRIDS);
    for id in ["worker-a", "worker-on-leave", "worker-late"] {
        worker(&hub, id, &["putian-1"]);
    }
    // The middle of this one's beats lies further away.
    worker(&hub, "worker-b", &["putian-1", "putian-2"]);
    set_rules(&hub.state, "test", br#"{"share_per_myriad":0}"#).unwrap();
    hub
}

pub(crate) fn worker(hub: &Hub, id: &str, beats: &[&str]) {
    let person = Person {
        id: id.parse().unwrap(),
        name: format!("网格员{id}"),
        roles: vec![Role::GridWorker],
        organisation: Some("centre".parse().unwrap()),
        duty_grids: beats.iter().map(|beat| beat.parse().unwrap()).collect(),
    };
    people::put_person(&hub.state, "test", &person).unwrap();
}

pub(crate) fn import_table(hub: &Hub, kind: TableKind, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, text).unwrap();
    let imported = import(&hub.state, "test", &order(kind, &file), &mut |bad| {
        panic!("{bad}");
    });
    assert!(imported.unwrap().written);
}

fn order(kind: TableKind, file: &Path) -> ImportOrder {
    ImportOrder {
        kind,
        file: file.to_owned(),
        encoding: None,
        datum: Datum::Wgs84,
        layout: CodeLayout::SixTwoTwoSix,
        edition: None,
        effective_date: Some("2025-06-01".into()),
        sample: false,
        dry_run: false,
    }
}

/// A case that a clerk registered, in the first grid.
pub(crate) fn case(clerk: &Browser, number: &str) -> String {
    let body = json!({
        "source": "hotline", "external_id": number, "class": "road_damage", "title": "绝密标题路面有坑",
        "description": "绝密描述有一个大坑", "address": "绝密地址至德街", "point": "113.781,34.7515",
    });
    let made = clerk.send("POST", "/api/cases", Some(&body));
    assert_eq!(made.status, 200, "{made:?}");
    made.json()["case"].as_str().unwrap().to_owned()
}

struct Desk {
    hub: Hub,
    clerk: Browser,
    case: String,
}

impl Desk {
    fn new() -> Self {
        let hub = ready();
        import_table(&hub, TableKind::Roster, ROSTER);
        let clerk = hub.logged_in("clerk");
        let case = case(&clerk, "12345-1");
        Self { hub, clerk, case }
    }

    fn path(&self) -> String {
        format!("/api/cases/{}/tasks", self.case)
    }

    fn send(&self) -> Value {
        let sent = self.clerk.send("POST", &self.path(), Some(&json!({})));
        assert_eq!(sent.status, 200, "{sent:?}");
        sent.json()["task"].clone()
    }

    fn declined(&self) -> String {
        let sent = self.clerk.send("POST", &self.path(), Some(&json!({})));
        assert_eq!(sent.status, 422, "{sent:?}");
        sent.code()
    }

    fn tasks(&self) -> Vec<Value> {
        let told = self.clerk.get(&self.path()).json();
        told.as_array().unwrap().clone()
    }

    fn pass(&self, minutes: i64) -> usize {
        self.hub.clock.advance_millis(minutes * MINUTE);
        reoffer_overdue(&self.hub.state).unwrap()
    }
}

#[test]
fn the_nearest_on_duty_is_sent_and_the_next_when_nobody_fetches_it() {
    let desk = Desk::new();
    let task = desk.send();
    assert_eq!(
        (&task["person"], &task["kind"]),
        (&json!("worker-a"), &json!("verify"))
    );
    assert_eq!(task["choice"]["how"], "nearest");
    let candidates = task["choice"]["candidates"].as_array().unwrap();
    let names: Vec<&Value> = candidates.iter().map(|one| &one["person"]).collect();
    assert_eq!(
        names,
        ["worker-a", "worker-b"],
        "who is on leave or late is none"
    );
    assert_eq!(
        (&task["delivered_at"], &task["due_at"]),
        (&Value::Null, &Value::Null)
    );
    // Not over before its time.
    assert_eq!(desk.pass(30), 0);
    assert_eq!(desk.pass(1), 1);
    let tasks = desk.tasks();
    assert_eq!(tasks.len(), 2);
    assert_eq!(
        (&tasks[0]["end"], &tasks[1]["person"], &tasks[1]["round"]),
        (&json!("undelivered"), &json!("worker-b"), &json!(2))
    );
    // It is an act of the case, in the name of the clerk who left it to the rules, and says so.
    let case = desk.clerk.get(&format!("/api/cases/{}", desk.case)).json();
    let actions = case["case"]["actions"].as_array().unwrap();
    let resent = actions
        .iter()
        .find(|action| action["entry"]["session"]["id"] == REOFFER_SESSION)
        .or_else(|| {
            actions
                .iter()
                .find(|action| action["session"]["id"] == REOFFER_SESSION)
        });
    assert!(resent.is_some(), "{actions:?}");
    assert_eq!(
        case["standing"]["verifiers"],
        json!(["worker-b", "worker-a"])
    );

    // Then there is nobody else: it stays, and says why, once and for all.
    assert_eq!(desk.pass(31), 0);
    let tasks = desk.tasks();
    assert_eq!(
        (&tasks[1]["stuck"], &tasks[1]["overdue"], &tasks[1]["end"]),
        (&json!("everybody_asked"), &json!(true), &Value::Null)
    );
    let open = desk.clerk.get("/api/tasks").json();
    assert_eq!(open["tasks"].as_array().unwrap().len(), 1);
    assert_eq!(open["tasks"][0]["title"], "绝密标题路面有坑");
    let actions_then = case["case"]["actions"].as_array().unwrap().len();
    assert_eq!(desk.pass(60), 0);
    let case = desk.clerk.get(&format!("/api/cases/{}", desk.case)).json();
    let actions_now = case["case"]["actions"].as_array().unwrap().len();
    assert_eq!(
        actions_now, actions_then,
        "nothing is written again and again"
    );
    // Until the next shift begins.
    let to_four = Timestamp::from_local("2025-06-30 16:00")
        .unwrap()
        .millis_since(desk.hub.state.clock.now());
    assert_eq!(desk.pass(to_four / MINUTE + 1), 1);
    assert_eq!(desk.tasks()[2]["person"], "worker-late");
}

#[test]
fn whoever_goes_off_duty_keeps_no_task() {
    let desk = Desk::new();
    desk.hub
        .clock
        .set(Timestamp::from_local("2025-06-30 15:50").unwrap());
    // The session of eleven o'clock is still good.
    assert_eq!(desk.send()["person"], "worker-a");
    assert_eq!(desk.pass(9), 0);
    assert_eq!(desk.pass(2), 1);
    let tasks = desk.tasks();
    assert_eq!(
        (&tasks[0]["end"], &tasks[1]["person"]),
        (&json!("off_duty"), &json!("worker-late"))
    );
}

#[test]
fn a_drawn_offer_goes_to_somebody_else_and_everybody_can_draw_it_again() {
    let desk = Desk::new();
    set_rules(&desk.hub.state, "test", br#"{"share_per_myriad":10000}"#).unwrap();
    let task = desk.send();
    assert_eq!(
        (&task["person"], &task["choice"]["how"]),
        (&json!("worker-b"), &json!("drawn"))
    );
    let seed = desk.clerk.get("/api/tasks/seed?day=2025-06-30").json();
    assert_eq!(
        (&seed["seed"], &seed["per_myriad"]),
        (&task["choice"]["seed"], &json!(10_000))
    );
    let text = format!(
        "xunge task\n2025-06-30\n{}\n{}\n",
        seed["size"],
        seed["root"].as_str().unwrap()
    );
    assert_eq!(seed["seed"], json!(Digest::of(text.as_bytes())));
    // The line of the log says who could have gone, and not where they were.
    let lines = desk.hub.audit(TASK_CHOSEN);
    assert_eq!(lines.len(), 1);
    let detail: Value = serde_json::to_value(&lines[0].detail).unwrap();
    let detail: Value = match &detail {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        other => other.clone(),
    };
    assert_eq!(detail["candidates"], json!(["worker-a", "worker-b"]));
    assert!(!detail.to_string().contains("metres"));
    assert_eq!(
        desk.clerk.get("/api/tasks/seed?day=2025-07-01").status,
        400,
        "a day that has not begun"
    );
}

#[test]
fn nobody_is_sent_without_roster_grid_or_role() {
    let hub = ready();
    let clerk = hub.logged_in("clerk");
    let case = case(&clerk, "12345-1");
    let desk = Desk { hub, clerk, case };
    assert_eq!(desk.declined(), "no_roster");
    import_table(&desk.hub, TableKind::Roster, ROSTER);
    let worker = desk.hub.logged_in("worker-putian");
    assert_eq!(
        worker.send("POST", &desk.path(), Some(&json!({}))).status,
        403
    );
    desk.hub
        .clock
        .set(Timestamp::from_local("2025-06-30 07:00").unwrap());
    assert_eq!(desk.declined(), "nobody_on_duty");
    assert!(desk.tasks().is_empty());
    // Who asks for nothing that is due is told so, and nothing is written.
    let accepted = desk.clerk.send(
        "POST",
        &format!("/api/cases/{}/actions", desk.case),
        Some(&json!({"action": "accept"})),
    );
    assert_eq!(accepted.json()["outcome"], "accepted");
    assert_eq!(desk.declined(), "nothing_due");
}

#[test]
fn a_clerk_names_somebody_and_then_somebody_else() {
    let desk = Desk::new();
    let name = |to: &str| {
        let act = json!({ "action": "send_verify", "to": to });
        let path = format!("/api/cases/{}/actions", desk.case);
        let ruled = desk.clerk.send("POST", &path, Some(&act)).json();
        assert_eq!(ruled["outcome"], "accepted", "{ruled}");
    };
    name("worker-late");
    let tasks = desk.tasks();
    assert_eq!(
        (&tasks[0]["person"], &tasks[0]["choice"]),
        (&json!("worker-late"), &Value::Null)
    );
    // Whoever chose by name decides what comes next.
    assert_eq!(desk.pass(120), 0);
    assert_eq!(desk.tasks()[0]["overdue"], true);
    name("worker-b");
    let tasks = desk.tasks();
    assert_eq!(
        (&tasks[0]["end"], &tasks[1]["end"]),
        (&json!("replaced"), &Value::Null)
    );
    // The page shows both, and the button.
    let page = desk.clerk.get(&format!("/cases/{}", desk.case)).text;
    for words in ["任务", "已改派", "指定", "就近派在岗人员"] {
        assert!(page.contains(words), "{words}");
    }
    let list = desk.clerk.get("/tasks").text;
    assert!(list.contains("网格员worker-b") && list.contains("没有待审批的申请"));
}
