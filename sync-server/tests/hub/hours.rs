//! Hours by department, limits of stages and the handling class of a case, from files to the clocks that people see.

use serde_json::{Value, json};
use xunge_domain::person::Role;
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;
use xunge_server::services::city_tables::tables_for;
use xunge_sync::wire::{TablesFrame, named_at_enrolment, named_by_device};

use crate::support::{Browser, Hub, hub, import_table, monday};

const DEPARTMENTS: &str = "编号,名称,上级部门,党组织类别,组成单位
water,自来水公司,centre,,
crew,抢修班,water,,
";
const GRIDS: &str = "单元网格代码,名称,责任网格,管理区域类别,边界
410104101001001,东园,putian-1,一类,\"POLYGON((113.780 34.750,113.784 34.750,113.784 34.753,113.780 34.753))\"
";
const CLASSES: &str =
    "小类代码,英文标识,类型,大类,小类,英文名,立案条件代码,立案条件,处置时限,时限单位
10103,storm_manhole,部件,公用设施,雨水井盖,Storm manhole,1,破损,1,工作日
";
const LIMITS: &str = "class,condition,area_class,handling_class,number,unit
10103,1,1,general,4,work_hour
10103,1,1,engineering,3,natural_day
";
/// The waterworks begin early in summer; its crew has no hours of its own.
const HOURS: &str = "部门编号,开始日期,结束日期,工作时间
,,,08:30-12:00;14:00-18:00
water,05-01,09-30,05:00-11:00;17:00-20:00
";
const STAGE_LIMITS: &str = "环节,管理区域类别,处置类别,环节时限,时限单位
派遣,,,2,工作时
派遣,一类,工程,1,工作日
";

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

/// A hub with the tables of a small city and everybody who brings a case to its department, at Monday 11:00.
struct City {
    hub: Hub,
    clerk: Browser,
    leader: Browser,
    dispatcher: Browser,
}

impl City {
    fn new() -> Self {
        let hub = hub();
        hub.add("leader", Role::ShiftLeader);
        hub.add("dispatcher", Role::Dispatcher);
        for (kind, text) in [
            (TableKind::Departments, DEPARTMENTS),
            (TableKind::Grids, GRIDS),
            (TableKind::Classes, CLASSES),
            (TableKind::Limits, LIMITS),
            (TableKind::Hours, HOURS),
            (TableKind::StageLimits, STAGE_LIMITS),
        ] {
            import_table(&hub, kind, text, ("first", "2025-06-01"));
        }
        let (clerk, leader) = (hub.logged_in("clerk"), hub.logged_in("leader"));
        let dispatcher = hub.logged_in("dispatcher");
        Self {
            hub,
            clerk,
            leader,
            dispatcher,
        }
    }

    /// The next day: a session ends after twelve hours.
    fn log_in_again(&mut self) {
        self.clerk = self.hub.logged_in("clerk");
        self.leader = self.hub.logged_in("leader");
        self.dispatcher = self.hub.logged_in("dispatcher");
    }

    /// Registered in the area of class 1 and accepted.
    fn accepted(&self, number: &str) -> String {
        let body = json!({
            "source": "hotline", "external_id": number, "class": "storm_manhole", "description": "井盖破损",
            "address": "东园", "point": "113.781,34.751",
        });
        let answer = self.clerk.send("POST", "/api/cases", Some(&body));
        assert_eq!(answer.status, 200, "{answer:?}");
        let case = answer.json()["case"].as_str().unwrap().to_owned();
        let accepted = act(&self.clerk, &case, &json!({ "action": "accept" }));
        assert_eq!(accepted["outcome"], "accepted", "{accepted}");
        case
    }

    fn file(&self, case: &str, handling_class: &str) -> Value {
        let body = json!({ "action": "file", "condition": "1", "handling_class": handling_class });
        act(&self.leader, case, &body)
    }

    fn dispatch(&self, case: &str) {
        let body = json!({ "action": "dispatch", "lead": "crew", "assist": [], "notify": [] });
        let ruled = act(&self.dispatcher, case, &body);
        assert_eq!(ruled["outcome"], "accepted", "{ruled}");
    }

    fn clock(&self, case: &str, kind: &str) -> Value {
        let shown = self.clerk.get(&format!("/api/cases/{case}")).json();
        let clocks = shown["clocks"].as_array().unwrap();
        let found = clocks.iter().find(|clock| clock["kind"] == kind);
        found.unwrap().clone()
    }

    fn due(&self, case: &str, kind: &str) -> String {
        let clock = self.clock(case, kind);
        clock["due"].as_str().unwrap_or_default().to_owned()
    }
}

fn act(browser: &Browser, case: &str, body: &Value) -> Value {
    let path = format!("/api/cases/{case}/actions");
    browser.send("POST", &path, Some(body)).json()
}

#[test]
fn a_case_counts_in_the_hours_of_its_lead_department_and_keeps_the_editions_it_began_under() {
    let mut city = City::new();
    let case = city.accepted("1");
    assert_eq!(city.file(&case, "general")["outcome"], "accepted");
    // Four working hours of the centre from 11:00, with its break.
    assert_eq!(city.due(&case, "disposal"), "2025-06-30T17:00:00+08:00");
    let dispatch = city.clock(&case, "dispatch");
    assert_eq!(dispatch["due"], "2025-06-30T15:00:00+08:00");
    assert_eq!(
        dispatch["limit"],
        json!({ "number": 2, "unit": "work_hour" })
    );
    let explained = dispatch["explained_zh"].as_str().unwrap();
    assert!(
        explained.contains("环节时限表（版本 first）"),
        "{explained}"
    );
    let acceptance = city.clock(&case, "acceptance");
    let explained = acceptance["explained_zh"].as_str().unwrap();
    assert!(explained.contains("示例时限"), "{explained}");

    city.hub.clock.set(at("2025-06-30 11:30"));
    city.dispatch(&case);
    // Half an hour is used; what is left are three hours of this evening and half an hour of tomorrow.
    let disposal = city.clock(&case, "disposal");
    assert_eq!(disposal["due"], "2025-07-01T05:30:00+08:00");
    assert_eq!(
        (&disposal["used_minutes"], &disposal["allowed_minutes"]),
        (&json!(30), &json!(240))
    );
    for (field, words) in [
        ("explained_zh", "余下的时限按 05:00-11:00,17:00-20:00 计"),
        (
            "explained_en",
            "what is left counts in 05:00-11:00,17:00-20:00",
        ),
    ] {
        let explained = disposal[field].as_str().unwrap();
        assert!(explained.contains(words), "{explained}");
    }
    assert_eq!(city.due(&case, "claim"), "2025-06-30T19:00:00+08:00");
    let page = city.clerk.get(&format!("/cases/{case}")).text;
    assert!(page.contains("主办部门（或其上级）的工作时间（工作时间表版本 first）"));

    // What is imported later is for what begins later.
    let other = "department,from,until,hours\n,,,09:00-12:00\ncrew,,,00:00-24:00\n";
    import_table(&city.hub, TableKind::Hours, other, ("second", "2025-07-01"));
    let other = "stage,area_class,handling_class,number,unit\ndispatch,,,30,minute\n";
    import_table(
        &city.hub,
        TableKind::StageLimits,
        other,
        ("second", "2025-07-01"),
    );
    city.hub.clock.set(at("2025-07-01 11:00"));
    city.log_in_again();
    assert_eq!(city.due(&case, "disposal"), "2025-07-01T05:30:00+08:00");
    assert_eq!(city.due(&case, "claim"), "2025-06-30T19:00:00+08:00");
    assert_eq!(city.due(&case, "dispatch"), "2025-06-30T15:00:00+08:00");
    let later = city.accepted("2");
    assert_eq!(city.file(&later, "general")["outcome"], "accepted");
    // An hour of today, and three of tomorrow, until the crew has it.
    assert_eq!(city.due(&later, "disposal"), "2025-07-02T12:00:00+08:00");
    assert_eq!(city.due(&later, "dispatch"), "2025-07-01T11:30:00+08:00");
    city.dispatch(&later);
    assert_eq!(city.due(&later, "disposal"), "2025-07-01T15:00:00+08:00");
}

#[test]
fn works_have_their_own_limit_and_without_one_nothing_is_filed() {
    let city = City::new();
    let case = city.accepted("1");
    let form = city.leader.get(&format!("/cases/{case}")).text;
    for class in ["general", "engineering", "special"] {
        let field = format!(r#"name="handling_class" value="{class}""#);
        assert!(form.contains(&field), "{class}");
    }
    let declined = city.file(&case, "special");
    assert_eq!(declined["outcome"], "declined", "{declined}");
    assert_eq!(
        declined["reason"]["code"], "no_limit_of_handling",
        "{declined}"
    );
    assert!(
        city.leader
            .get(&format!("/cases/{case}"))
            .text
            .contains("“特殊”类时限")
    );
    let filed = city.file(&case, "engineering");
    // The number was not used up by what was declined.
    assert_eq!(filed["case_no"], "202506300001", "{filed}");
    let disposal = city.clock(&case, "disposal");
    assert_eq!(disposal["due"], "2025-07-03T11:00:00+08:00");
    assert_eq!(disposal["terms"]["handling_class"], "engineering");
    assert_eq!(disposal["terms"]["source"], "limit_table");
    assert!(
        disposal["explained_zh"]
            .as_str()
            .unwrap()
            .contains("一类、工程")
    );
    // The stage asks the same: a working day of the centre, for works in such an area.
    assert_eq!(city.due(&case, "dispatch"), "2025-07-01T11:00:00+08:00");
    let page = city.clerk.get(&format!("/cases/{case}")).text;
    assert!(page.contains("破损 · 工程"));
    let nonsense = json!({ "action": "file", "condition": "1", "handling_class": "lunch" });
    let path = format!("/api/cases/{case}/actions");
    assert_eq!(city.leader.send("POST", &path, Some(&nonsense)).status, 400);
}

#[test]
fn a_device_that_does_not_read_the_later_tables_is_never_sent_them() {
    let kinds = |hub: &Hub, capabilities: &[String]| {
        let app = &hub.state;
        let frame = app.store.reading(|read| {
            let person = read.person(&"worker-putian".parse().unwrap())?.unwrap();
            tables_for(app, read, &person, capabilities, monday())
        });
        let frame: TablesFrame = frame.unwrap().unwrap();
        assert!(frame.mark.is_some());
        frame
            .tables
            .iter()
            .map(|table| table.kind)
            .collect::<Vec<_>>()
    };
    let later = [TableKind::Hours, TableKind::StageLimits];
    let has = |kinds: &[TableKind]| later.map(|kind| kinds.contains(&kind));
    let city = City::new();
    let old = named_by_device();
    assert_eq!(has(&kinds(&city.hub, &old)), [false, false]);
    let new = named_at_enrolment();
    assert_eq!(has(&kinds(&city.hub, &new)), [true, true]);
    // Where none were imported there is nothing to say.
    assert_eq!(has(&kinds(&hub(), &new)), [false, false]);
}
