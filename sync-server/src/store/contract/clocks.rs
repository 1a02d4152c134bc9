//! Clocks of cases, lists by them, and the ledger of escalations.

use xunge_domain::case::CaseState;
use xunge_domain::case::clock::{ClockId, ClockKind};
use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;
use xunge_domain::working_time::{Crossing, EscalationLevel, Light};

use super::samples::{at, case, document};
use crate::store::rows::{CaseFilter, CaseOrder};
use crate::store::{ClockRow, EscalationRow, HubStore, StoreError};

const DISPOSAL: ClockId = ClockId {
    kind: ClockKind::Disposal,
    turn: 1,
};

/// Runs, is due at `due` and soon so 20 earlier.
fn clock(number: u8, due: i64) -> ClockRow {
    let crossing = |millis, level| Crossing {
        at: at(millis),
        level,
    };
    ClockRow {
        document: document(number),
        clock: DISPOSAL,
        started_at: at(1),
        deadline: Some(at(due)),
        crossings: vec![
            crossing(due - 20, EscalationLevel::DueSoon),
            crossing(due, EscalationLevel::Due),
        ],
        stands_in: None,
        trouble: None,
        listed: true,
        next_at: Some(at(due - 20)),
    }
}

fn put(store: &dyn HubStore, rows: &[ClockRow]) {
    store
        .writing(|write| {
            for row in rows {
                write.put_clocks(&row.document, std::slice::from_ref(row))?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn clocks_are_replaced_by_case_and_found_by_level(store: &dyn HubStore) {
    let stage = ClockRow {
        clock: ClockId {
            kind: ClockKind::Check,
            turn: 2,
        },
        started_at: at(5),
        deadline: None,
        crossings: Vec::new(),
        stands_in: None,
        trouble: Some("calendar_year_missing".into()),
        listed: false,
        next_at: None,
        ..clock(1, 0)
    };
    let stopped = ClockRow {
        stands_in: Some(Light::Yellow),
        ..clock(1, 100)
    };
    let both = [stopped, stage];
    put(store, &[clock(1, 300), clock(2, 50), clock(3, 60)]);
    store
        .writing(|write| write.put_clocks(&document(1), &both))
        .unwrap();
    store
        .reading(|read| {
            assert_eq!(read.clocks(&document(1))?, both);
            assert_eq!(read.listed_clock(&document(1))?.as_ref(), Some(&both[0]));
            assert_eq!(read.listed_clock(&document(9))?, None);
            let found = |now| -> Result<Vec<_>, StoreError> {
                let rows = read.clocks_to_fire(at(now), 9)?;
                Ok(rows.into_iter().map(|row| row.document).collect())
            };
            assert_eq!(found(29)?, []);
            assert_eq!(found(80)?, [document(2), document(3), document(1)]);
            assert_eq!(read.clocks_to_fire(at(80), 1)?.len(), 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    store
        .writing(|write| {
            write.set_next_level(&document(2), DISPOSAL, None)?;
            write.set_next_level(&document(3), DISPOSAL, Some(at(90)))
        })
        .unwrap();
    let left = store.reading(|read| read.clocks_to_fire(at(89), 9));
    assert_eq!(left.unwrap(), both[..1]);
}

pub(crate) fn a_level_is_told_once(store: &dyn HubStore) {
    let row = |line, number, level| EscalationRow {
        line,
        document: document(number),
        clock: DISPOSAL,
        level,
        reached_at: at(10),
        fired_at: at(12),
    };
    let rows = [
        row(3, 1, EscalationLevel::DueSoon),
        row(4, 2, EscalationLevel::DueSoon),
        row(7, 1, EscalationLevel::Due),
    ];
    let add = |row: &EscalationRow| store.writing(|write| write.add_escalation(row));
    rows.iter().try_for_each(add).unwrap();
    let again = row(9, 1, EscalationLevel::Due);
    assert!(matches!(add(&again), Err(StoreError::Conflict(_))));
    // Of the next round it is another one.
    let mut next = again;
    next.clock.turn = 2;
    add(&next).unwrap();
    store
        .reading(|read| {
            let of_first = [rows[0].clone(), rows[2].clone(), next.clone()];
            assert_eq!(read.escalations(&document(1))?, of_first);
            assert_eq!(read.escalations_after(4, 1)?, rows[2..]);
            assert_eq!(read.escalations_after(9, 9)?, []);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

pub(crate) fn whoever_is_to_be_told_is_told_each_level_once(store: &dyn HubStore) {
    let row = |line, number| EscalationRow {
        line,
        document: document(number),
        clock: DISPOSAL,
        level: EscalationLevel::Due,
        reached_at: at(10),
        fired_at: at(12),
    };
    let rows = [row(3, 1), row(4, 2), row(7, 3)];
    let person = |text: &str| -> PersonId { text.parse().unwrap() };
    let (clerk, leader) = (person("clerk"), person("leader"));
    store
        .writing(|write| {
            rows.iter().try_for_each(|row| write.add_escalation(row))?;
            write.add_escalation_notice(&clerk, "sms", 7)?;
            write.add_escalation_notice(&clerk, "sms", 3)?;
            write.add_escalation_notice(&clerk, "wecom", 3)?;
            write.add_escalation_notice(&leader, "sms", 4)
        })
        .unwrap();
    let waits = |who: &PersonId, channel: &str| {
        store
            .reading(|read| read.escalation_notices(who, channel))
            .unwrap()
    };
    assert_eq!(waits(&clerk, "sms"), [rows[0].clone(), rows[2].clone()]);
    assert_eq!(waits(&leader, "sms"), rows[1..2]);
    let told = |lines: &[u64]| {
        store.writing(|write| write.remove_escalation_notices(&clerk, "sms", lines))
    };
    assert!(told(&[3]).unwrap(), "one is left");
    assert_eq!(waits(&clerk, "sms"), rows[2..]);
    // What another person or channel still has to hear stays.
    assert!(!told(&[4, 7]).unwrap());
    assert_eq!(waits(&leader, "sms"), rows[1..2]);
    assert_eq!(waits(&clerk, "wecom"), rows[..1]);
}

pub(crate) fn lists_go_by_light_and_by_deadline(store: &dyn HubStore) {
    store
        .writing(|write| (1..=5).try_for_each(|number| write.put_case(&case(number))))
        .unwrap();
    let stopped = ClockRow {
        stands_in: Some(Light::Green),
        ..clock(4, 10)
    };
    // The fifth has none.
    put(
        store,
        &[clock(1, 300), clock(2, 100), clock(3, 110), stopped],
    );
    let listed = |light: Option<Light>, order, now: Timestamp, after| {
        let filter = CaseFilter {
            light: light.map(|light| (light, now)),
            order,
            ..CaseFilter::default()
        };
        let page = store.reading(|read| read.cases(&filter, after, 2)).unwrap();
        let rows = page.rows.iter().map(|row| row.document.as_bytes()[0]);
        (rows.collect::<Vec<_>>(), page.next)
    };
    let newest = |light, now| listed(Some(light), CaseOrder::Newest, at(now), None).0;
    assert_eq!(newest(Light::Red, 101), [2]);
    assert_eq!(newest(Light::Yellow, 100), [3, 2]);
    assert_eq!(newest(Light::Green, 101), [4, 1]);
    // Every light of a list is the light of its row.
    for now in [0, 79, 80, 100, 101, 111, 1_000] {
        for light in [Light::Green, Light::Yellow, Light::Red] {
            for number in newest(light, now) {
                let row = store.reading(|read| read.listed_clock(&document(number)));
                assert_eq!(row.unwrap().unwrap().light(at(now)), Some(light));
            }
        }
    }
    let (first, next) = listed(None, CaseOrder::Due, at(0), None);
    assert_eq!(first, [2, 3]);
    assert_eq!(listed(None, CaseOrder::Due, at(0), next), (vec![1], None));
    let (red, _) = listed(Some(Light::Red), CaseOrder::Due, at(105), None);
    assert_eq!(red, [2]);
    let filter = CaseFilter {
        light: Some((Light::Red, at(101))),
        ..CaseFilter::default()
    };
    let counts = store.reading(|read| read.case_counts(&filter)).unwrap();
    assert_eq!(counts, [(CaseState::Reported, 1)]);
}

pub(crate) fn cases_without_clocks_are_found(store: &dyn HubStore) {
    let with_state = |number, state| crate::store::rows::CaseRow {
        state,
        ..case(number)
    };
    let cases = [
        with_state(1, CaseState::Reported),
        with_state(2, CaseState::Closed),
        with_state(3, CaseState::Disposing),
        with_state(4, CaseState::Disposing),
        with_state(5, CaseState::Draft),
    ];
    store
        .writing(|write| cases.iter().try_for_each(|row| write.put_case(row)))
        .unwrap();
    let troubled = ClockRow {
        trouble: Some("calendar_year_missing".into()),
        ..clock(4, 100)
    };
    put(store, &[clock(3, 100), troubled]);
    store
        .reading(|read| {
            let all = read.cases_without_clocks(None, 9)?;
            assert_eq!(all, [document(1), document(4)]);
            assert_eq!(read.cases_without_clocks(None, 1)?, all[..1]);
            assert_eq!(read.cases_without_clocks(Some(&all[0]), 9)?, all[1..]);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
