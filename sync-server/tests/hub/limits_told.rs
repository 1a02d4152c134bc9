//! People are told that limits run out: by the table of recipients, each level once, nothing of any case, and no flood.

use std::sync::Arc;

use serde_json::json;
use xunge_domain::person::{Organisation, Person, Role};
use xunge_domain::time::Timestamp;
use xunge_server::services::clocks::{ESCALATED, escalate_all};
use xunge_server::services::notify::{Notifiers, NotifyConfig, announce_escalations, send_due};
use xunge_server::services::people;
use xunge_server::store::{HubRead, StoreError};

use crate::notices::Providers;
use crate::support::{Browser, Hub, PASSWORD};
use crate::tasks::{case, ready};

/// Who is reached by SMS, each by a number of their own.
const PEOPLE: [&str; 7] = [
    "clerk",
    "shift-leader",
    "dispatcher",
    "supervisor",
    "crew",
    "crew-2",
    "other-crew",
];

struct Desk {
    hub: Hub,
    clerk: Browser,
    providers: Providers,
    notifiers: Notifiers,
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_local(text).unwrap()
}

impl Desk {
    /// Monday 11:00, with everybody who brings a case to its works.
    fn new() -> Self {
        let hub = ready();
        hub.add("shift-leader", Role::ShiftLeader);
        hub.add("dispatcher", Role::Dispatcher);
        hub.add("supervisor", Role::SupervisorLead);
        for (id, body) in [
            ("crew", "road"),
            ("crew-2", "road"),
            ("other-crew", "lamps"),
        ] {
            let organisation = Organisation {
                id: body.parse().unwrap(),
                name: format!("绝密单位{body}"),
                parent: None,
                party: None,
            };
            people::put_organisation(&hub.state, "test", &organisation).unwrap();
            let person = Person {
                id: id.parse().unwrap(),
                name: id.into(),
                roles: vec![Role::DisposalDept],
                organisation: Some(organisation.id),
                duty_grids: vec![],
            };
            people::put_person(&hub.state, "test", &person).unwrap();
            people::set_password(&hub.state, "test", &person.id, PASSWORD).unwrap();
        }
        let providers = Providers::start(Arc::clone(&hub.clock));
        let mut numbers = json!({});
        for (index, id) in PEOPLE.iter().enumerate() {
            numbers[id] = json!(index.to_string());
        }
        let config =
            json!({ "sms": { "url": format!("{}/sms", providers.url), "people": numbers } });
        let config: NotifyConfig = serde_json::from_value(config).unwrap();
        Self {
            clerk: hub.logged_in("clerk"),
            notifiers: config.notifiers().unwrap(),
            providers,
            hub,
        }
    }

    /// One look of the hub; how many levels it tells somebody of.
    fn look(&self) -> usize {
        escalate_all(&self.hub.state).unwrap();
        let told = announce_escalations(&self.hub.state).unwrap();
        send_due(&self.hub.state, &self.notifiers).unwrap();
        told
    }

    /// What came since the last time, by person.
    fn came(&self, before: &mut usize) -> Vec<(&'static str, String)> {
        let all = self.providers.taken("/sms");
        let new = all[*before..].iter().map(|message| {
            let number: usize = message.body["to"].as_str().unwrap().parse().unwrap();
            let words = message.body["text"].as_str().unwrap().to_owned();
            (PEOPLE[number], words)
        });
        let mut new: Vec<_> = new.collect();
        *before = all.len();
        new.sort();
        new
    }

    fn percents(&self) -> Vec<i64> {
        let lines = self.hub.audit(ESCALATED);
        let percents = lines.iter().map(|line| {
            let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap();
            detail["percent"].as_i64().unwrap()
        });
        percents.collect()
    }

    fn act(&self, who: &str, case: &str, body: &serde_json::Value) {
        let path = format!("/api/cases/{case}/actions");
        let answer = self.hub.logged_in(who).send("POST", &path, Some(body));
        assert_eq!(answer.json()["outcome"], "accepted", "{answer:?}");
    }

    /// Whether nothing waits to be told.
    fn is_quiet(&self) -> bool {
        let waits = |read: &dyn HubRead| {
            let notices = read.due_notices(Timestamp::from_millis(i64::MAX), 9)?;
            let mut levels = 0;
            for who in PEOPLE {
                for channel in ["sms", "wecom"] {
                    levels += read
                        .escalation_notices(&who.parse().unwrap(), channel)?
                        .len();
                }
            }
            Ok::<_, StoreError>(notices.len() + levels)
        };
        self.hub.state.store.reading(waits).unwrap() == 0
    }
}

const DUE_SOON: &str = "你有 1 项时限即将到期，请在应用中查看";
const DUE: &str = "你有 1 项时限已到期，请在应用中查看";
const TWICE_OVER: &str = "你有 1 项时限严重超时，请在应用中查看";

fn words(people: &[&'static str], words: &str) -> Vec<(&'static str, String)> {
    people.iter().map(|who| (*who, words.to_owned())).collect()
}

#[test]
fn each_level_is_told_once_to_whom_the_table_names_and_says_nothing_of_the_case() {
    let desk = Desk::new();
    let case = case(&desk.clerk, "12345-1");
    let mut before = 0;
    // Sixty working minutes from Monday 11:00: soon at 11:48, due at 12:00, twice over at 15:00.
    assert_eq!(desk.look(), 0);
    desk.hub.clock.set(at("2025-06-30 11:48"));
    assert_eq!(desk.look(), 1);
    assert_eq!(desk.came(&mut before), words(&["clerk"], DUE_SOON));
    assert_eq!(desk.look(), 0);
    desk.hub.clock.set(at("2025-06-30 12:00"));
    assert_eq!(desk.look(), 1);
    assert_eq!(
        desk.came(&mut before),
        words(&["clerk", "shift-leader"], DUE)
    );
    desk.hub.clock.set(at("2025-06-30 15:00"));
    assert_eq!(desk.look(), 1);
    let everybody = ["clerk", "shift-leader", "supervisor"];
    assert_eq!(desk.came(&mut before), words(&everybody, TWICE_OVER));
    desk.hub.clock.set(at("2025-06-30 18:00"));
    assert_eq!((desk.look(), desk.came(&mut before)), (0, vec![]));
    assert_eq!(desk.percents(), [80, 100, 200]);
    assert!(desk.is_quiet());
    assert_eq!(desk.providers.refused(), 0);
    for message in desk.providers.taken("/sms") {
        let all = format!("{}{}", message.head, message.body);
        for word in [
            "绝密",
            "road_damage",
            "12345",
            "113.78",
            &case,
            "clerk",
            "putian",
        ] {
            assert!(!all.contains(word), "{word} left the hub: {all}");
        }
    }
}

#[test]
fn the_limit_of_the_works_is_told_to_the_department_in_the_lead_and_to_no_other() {
    let desk = Desk::new();
    let case = case(&desk.clerk, "12345-1");
    desk.act("clerk", &case, &json!({ "action": "accept" }));
    desk.act(
        "shift-leader",
        &case,
        &json!({ "action": "file", "condition": "1" }),
    );
    let dispatch =
        json!({ "action": "dispatch", "lead": "road", "assist": ["lamps"], "notify": [] });
    desk.act("dispatcher", &case, &dispatch);
    desk.act("crew", &case, &json!({ "action": "claim" }));
    let shown = desk.clerk.get(&format!("/api/cases/{case}")).json();
    let clocks = shown["clocks"].as_array().unwrap();
    let disposal = clocks
        .iter()
        .find(|clock| clock["kind"] == "disposal")
        .unwrap();
    let due = Timestamp::from_rfc3339(disposal["due"].as_str().unwrap()).unwrap();
    let mut before = 0;
    desk.hub.clock.set(due.plus_millis(-1));
    assert_eq!(desk.look(), 0, "80 % was reached a day ago and longer");
    desk.hub.clock.set(due);
    assert_eq!(desk.look(), 1);
    let told = words(&["crew", "crew-2", "dispatcher"], DUE);
    assert_eq!(desk.came(&mut before), told);
    assert_eq!(desk.percents(), [80, 100]);
}

#[test]
fn a_hub_that_was_down_tells_the_highest_level_alone_and_nothing_of_what_is_over() {
    let desk = Desk::new();
    case(&desk.clerk, "12345-1");
    let over = case(&desk.clerk, "12345-2");
    // Answered late, and before anybody looked.
    desk.hub.clock.set(at("2025-06-30 14:05"));
    desk.act(
        "clerk",
        &over,
        &json!({ "action": "reject", "reason": "不属受理范围" }),
    );
    desk.hub.clock.set(at("2025-06-30 15:00"));
    assert_eq!(desk.look(), 1);
    let mut before = 0;
    let everybody = ["clerk", "shift-leader", "supervisor"];
    assert_eq!(desk.came(&mut before), words(&everybody, TWICE_OVER));
    // What nobody can help any more is recorded all the same.
    let mut percents = desk.percents();
    percents.sort_unstable();
    assert_eq!(percents, [80, 80, 100, 100, 200]);
    assert!(desk.is_quiet());
}

#[test]
fn what_was_reached_long_ago_is_recorded_and_told_to_nobody() {
    let desk = Desk::new();
    for number in 0..30 {
        case(&desk.clerk, &format!("12345-{number}"));
    }
    desk.hub.clock.set(at("2025-07-04 09:00"));
    assert_eq!(desk.look(), 0);
    assert_eq!(desk.percents().len(), 90);
    assert!(desk.is_quiet() && desk.providers.taken("/sms").is_empty());
    // What comes now is told: together, in one message each.
    let clerk = desk.hub.logged_in("clerk");
    for number in 30..33 {
        case(&clerk, &format!("12345-{number}"));
    }
    desk.hub.clock.set(at("2025-07-04 09:48"));
    assert_eq!(desk.look(), 3);
    let mut before = 0;
    let three = "你有 3 项时限即将到期，请在应用中查看";
    assert_eq!(desk.came(&mut before), words(&["clerk"], three));
}

#[test]
fn what_waits_for_its_turn_is_told_as_it_stands_then() {
    let desk = Desk::new();
    let settled = case(&desk.clerk, "12345-1");
    case(&desk.clerk, "12345-2");
    desk.providers.go_down(true);
    desk.hub.clock.set(at("2025-06-30 11:48"));
    assert_eq!(desk.look(), 2);
    // Tried again half a minute later. One is settled by then, the other is due.
    desk.hub.clock.set(at("2025-06-30 12:00"));
    desk.act("clerk", &settled, &json!({ "action": "accept" }));
    desk.providers.go_down(false);
    assert_eq!(desk.look(), 1);
    let mut before = 0;
    assert_eq!(
        desk.came(&mut before),
        words(&["clerk", "shift-leader"], DUE)
    );
    assert!(desk.is_quiet());
    // A hub without channels keeps nothing waiting.
    desk.hub.clock.set(at("2025-06-30 15:00"));
    escalate_all(&desk.hub.state).unwrap();
    announce_escalations(&desk.hub.state).unwrap();
    assert!(!desk.is_quiet());
    assert_eq!(send_due(&desk.hub.state, &[]).unwrap(), 0);
    assert!(desk.is_quiet());
}
