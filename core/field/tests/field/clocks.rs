//! Clocks on the phone: from what it holds, without the server; and what a record says of when it was made.

use xunge_domain::case::{CaseState, Outcome};
use xunge_domain::ids::DocumentId;
use xunge_domain::tables::{CalendarDay, TableKind};
use xunge_domain::working_time::Light;
use xunge_evidence::record::Record;
use xunge_sync::wire::{ExtractRow, TableDelta, TablesFrame, table_digest};

use crate::hub::Hub;
use crate::phone::Phone;

const MINUTE: i64 = 60_000;

/// What a hub hands out that counts with one holiday of 2025.
fn holidays() -> TablesFrame {
    let day = CalendarDay {
        date: "2025-10-01".into(),
        working: false,
        why: "National Day".into(),
    };
    let rows = vec![ExtractRow {
        key: day.date.clone(),
        content: minicbor::to_vec(&day).unwrap().into(),
    }];
    TablesFrame {
        mark: Some([1; 8].into()),
        tables: vec![TableDelta {
            kind: TableKind::Holidays,
            edition: "2025".into(),
            effective_date: "2025-01-01".into(),
            sample: false,
            whole: true,
            digest: table_digest(&rows),
            put: rows,
            removed: Vec::new(),
            too_large: false,
        }],
        base_map: None,
    }
}

/// Reports, and the hub rules it: Monday 2025-06-30 11:00.
fn reported(hub: &mut Hub, phone: &mut Phone) -> DocumentId {
    let case = phone.report("坑洞");
    hub.sync_all(phone);
    let intent = hub.case(case).actions[0].id;
    let outcome = Outcome::Accepted {
        to: CaseState::Reported,
        case_no: None,
        organisation: None,
        class: None,
    };
    hub.rule(case, intent, outcome);
    hub.sync_all(phone);
    case
}

#[test]
fn list_and_page_show_the_clock_that_the_phone_computes_alone() {
    let mut hub = Hub::new();
    hub.tables = Some(holidays());
    let mut phone = Phone::enrolled(&mut hub);
    let case = reported(&mut hub, &mut phone);
    let clocks = phone.app().clocks(case).unwrap();
    assert_eq!(phone.show(case).clocks.len(), clocks.len());
    let acceptance = &clocks[0];
    // An hour of work from 11:00.
    let due = acceptance.due.unwrap();
    assert_eq!(due.to_string(), "2025-06-30T12:00:00+08:00");
    assert_eq!(acceptance.light, Some(Light::Green));
    assert!(acceptance.explained_zh.contains("时限 1 小时"));
    let listed = |phone: &mut Phone| {
        let row = phone.app().cases(None, 1).unwrap().remove(0);
        (row.due, row.light)
    };
    assert_eq!(listed(&mut phone), (Some(due), Some(Light::Green)));
    // The row knows its light at any time; nothing is written for it.
    phone.advance(48 * MINUTE);
    assert_eq!(listed(&mut phone).1, Some(Light::Yellow));
    phone.advance(20 * MINUTE);
    assert_eq!(listed(&mut phone).1, Some(Light::Red));
    assert_eq!(phone.app().clocks(case).unwrap()[0].light, Some(Light::Red));
}

#[test]
fn without_a_calendar_it_is_said_and_nothing_is_guessed() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = reported(&mut hub, &mut phone);
    let clocks = phone.app().clocks(case).unwrap();
    assert_eq!(clocks[0].trouble, Some("no_calendar"));
    assert_eq!((clocks[0].due, clocks[0].light), (None, None));
    assert!(clocks[0].explained_zh.contains("同步") && clocks[0].explained_en.contains("calendar"));
    let row = phone.app().cases(None, 1).unwrap().remove(0);
    assert_eq!((row.due, row.light), (None, None));
}

/// What the record of a report says of the time since the hub was heard; the hub is heard once more, and says nothing new.
fn since_beacon(hub: &mut Hub, phone: &mut Phone, title: &str) -> Option<u64> {
    let case = phone.report(title);
    hub.beacon = false;
    hub.sync_all(phone);
    let action = hub.case(case).actions.remove(0).entry;
    let record = Record::from_bytes(&action.seal.unwrap().record).unwrap();
    record.moment.since_beacon
}

#[test]
fn a_record_says_how_long_ago_the_hub_was_heard_by_the_clock_nobody_sets() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    assert_eq!(since_beacon(&mut hub, &mut phone, "未联网"), None);
    hub.beacon = true;
    phone.report("联网");
    hub.sync_all(&mut phone);
    phone.advance(10 * MINUTE);
    let heard = since_beacon(&mut hub, &mut phone, "十分钟后").unwrap();
    assert!((600_000..700_000).contains(&heard), "{heard}");
    // Somebody sets the wall clock back by years: what was counted is counted.
    phone.set_wall_clock_back(1_000_000 * MINUTE);
    let set_back = since_beacon(&mut hub, &mut phone, "调表").unwrap();
    assert!(
        set_back >= heard && set_back < heard + 100_000,
        "{set_back}"
    );
    // The app ends; the device runs on.
    phone.kill_and_start();
    phone.advance(5 * MINUTE);
    let again = since_beacon(&mut hub, &mut phone, "重新打开").unwrap();
    assert!((900_000..1_200_000).contains(&again), "{again}");
    // The device starts anew: nothing leads from the beacon to now.
    phone.reboot();
    assert_eq!(since_beacon(&mut hub, &mut phone, "重启"), None);
}
