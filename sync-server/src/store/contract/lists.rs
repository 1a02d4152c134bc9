//! The list of cases and the numbers given to them.

use xunge_domain::case::CaseState;
use xunge_domain::geo::{Bounds, Point};

use super::samples::{case, document, scope};
use crate::store::rows::{CaseFilter, CaseRow, MembershipRow};
use crate::store::{HubStore, StoreError};

fn put(store: &dyn HubStore, rows: &[CaseRow]) {
    store
        .writing(|write| rows.iter().try_for_each(|row| write.put_case(row)))
        .unwrap();
}

fn found(store: &dyn HubStore, filter: &CaseFilter) -> Vec<u8> {
    let page = store.reading(|read| read.cases(filter, None, 100)).unwrap();
    page.rows
        .iter()
        .map(|row| row.document.as_bytes()[0])
        .collect()
}

pub(crate) fn filters_join(store: &dyn HubStore) {
    let mut filed = case(2);
    filed.state = CaseState::Filed;
    filed.case_no = Some("41010420250630-0002".into());
    filed.duty_grid = Some("erqi-1".parse().unwrap());
    let mut bare = case(3);
    (bare.point, bare.unit_grid, bare.duty_grid, bare.class) = (None, None, None, None);
    (bare.reporter, bare.reported_at, bare.first_preview) = (None, None, None);
    bare.heads.clear();
    bare.title = "Manhole COVER".into();
    put(store, &[case(1), filed.clone(), bare.clone()]);
    let placed = MembershipRow {
        document: document(3),
        scope: scope("org:road-dept"),
        upto_arrival: 1,
    };
    store
        .writing(|write| write.put_membership(&placed))
        .unwrap();
    assert_eq!(
        store.reading(|read| read.case(&document(3))).unwrap(),
        Some(bare)
    );
    let by_number = |number| store.reading(|read| read.case_by_number(number)).unwrap();
    assert_eq!(by_number("41010420250630-0002"), Some(filed));
    assert_eq!(by_number("0002"), None);
    let all = CaseFilter::default;
    let text = |needle: &str| CaseFilter {
        text: Some(needle.into()),
        ..all()
    };
    assert_eq!(found(store, &all()), [3, 2, 1], "newest first");
    assert_eq!(
        found(
            store,
            &CaseFilter {
                states: vec![CaseState::Filed],
                ..all()
            }
        ),
        [2]
    );
    assert_eq!(
        found(
            store,
            &CaseFilter {
                states: CaseState::ALL.to_vec(),
                ..all()
            }
        ),
        [3, 2, 1]
    );
    assert_eq!(found(store, &text("路面")), [2, 1]);
    assert_eq!(found(store, &text("manhole cover")), [3]);
    assert_eq!(found(store, &text("商都路")), [3, 2, 1]);
    assert_eq!(found(store, &text("20250630-0002")), [2]);
    assert_eq!(found(store, &text(&document(3).local_code())), [3]);
    assert_eq!(found(store, &text("  ")), [3, 2, 1]);
    let grid = CaseFilter {
        duty_grid: Some("putian-1".parse().unwrap()),
        ..text("路面")
    };
    assert_eq!(found(store, &grid), [1]);
    assert_eq!(
        found(
            store,
            &CaseFilter {
                class: Some("20115".into()),
                ..all()
            }
        ),
        [2, 1]
    );
    assert_eq!(
        found(
            store,
            &CaseFilter {
                unit_grid: case(1).unit_grid,
                ..all()
            }
        ),
        [2, 1]
    );
    let place = case(1).point.unwrap();
    let away = |units: i32| Point {
        longitude_e7: place.longitude_e7 + units,
        latitude_e7: place.latitude_e7 + units,
    };
    let within = |south_west, north_east| CaseFilter {
        bounds: Some(Bounds {
            south_west,
            north_east,
        }),
        ..all()
    };
    assert_eq!(
        found(store, &within(place, place)),
        [2, 1],
        "edges included"
    );
    assert_eq!(found(store, &within(away(-9), away(9))), [2, 1]);
    assert!(found(store, &within(away(1), away(9))).is_empty());
    let scopes = vec![scope("org:road-dept"), scope("person:nobody")];
    assert_eq!(found(store, &CaseFilter { scopes, ..all() }), [3]);
}

pub(crate) fn parts_follow_each_other_without_gap_or_repeat(store: &dyn HubStore) {
    let mut rows: Vec<CaseRow> = (1..=7).map(case).collect();
    // Several of one instant: the id decides.
    for row in &mut rows {
        row.updated_at = super::samples::at(i64::from(row.document.as_bytes()[0] / 3));
    }
    put(store, &rows);
    let (mut after, mut seen) = (None, Vec::new());
    for _ in 0..10 {
        let page = store
            .reading(|read| read.cases(&CaseFilter::default(), after, 2))
            .unwrap();
        assert!(page.rows.len() <= 2);
        seen.extend(page.rows.iter().map(|row| row.document.as_bytes()[0]));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
    let nothing = store
        .reading(|read| read.cases(&CaseFilter::default(), None, 0))
        .unwrap();
    assert_eq!(nothing.rows.len(), 1, "a part has at least one row");
}

pub(crate) fn counts_are_by_state(store: &dyn HubStore) {
    let mut filed = case(3);
    filed.state = CaseState::Filed;
    put(store, &[case(1), case(2), filed]);
    let counts = |filter: &CaseFilter| store.reading(|read| read.case_counts(filter)).unwrap();
    assert_eq!(
        counts(&CaseFilter::default()),
        [(CaseState::Reported, 2), (CaseState::Filed, 1)]
    );
    let filter = CaseFilter {
        text: Some("破损 3".into()),
        ..CaseFilter::default()
    };
    assert_eq!(counts(&filter), [(CaseState::Filed, 1)]);
}

pub(crate) fn signs_of_a_pattern_are_letters(store: &dyn HubStore) {
    let mut odd = case(1);
    odd.title = r"100%_\".into();
    put(store, &[odd, case(2)]);
    for needle in ["100%", "%_", r"_\", "%"] {
        let filter = CaseFilter {
            text: Some(needle.into()),
            ..CaseFilter::default()
        };
        assert_eq!(found(store, &filter), [1], "{needle}");
    }
    let quoted = CaseFilter {
        text: Some("' OR 1=1 --".into()),
        ..CaseFilter::default()
    };
    assert_eq!(found(store, &quoted), [0_u8; 0]);
}

pub(crate) fn a_case_number_is_given_once(store: &dyn HubStore) {
    let next = |day: &str| store.writing(|write| write.next_case_number(day)).unwrap();
    assert_eq!(
        (next("20250630"), next("20250630"), next("20250701")),
        (1, 2, 1)
    );
    let numbered = |number| {
        let mut row = case(number);
        row.case_no = Some("20250630-1".into());
        row
    };
    put(store, &[numbered(1), numbered(1)]);
    let twice = store.writing(|write| write.put_case(&numbered(2)));
    assert!(matches!(twice, Err(StoreError::Conflict(_))));
}

pub(crate) fn numbers_go_on_after_a_skip(store: &dyn HubStore) {
    let next = || {
        store
            .writing(|write| write.next_case_number("20250630"))
            .unwrap()
    };
    assert_eq!(next(), 1);
    let audit = |store: &dyn HubStore| {
        store
            .writing(|write| {
                write.append_audit(
                    super::samples::at(0),
                    "system",
                    "test",
                    &serde_json::json!({}),
                )
            })
            .unwrap()
    };
    assert_eq!(audit(store), 1);
    store
        .writing(|write| write.skip_case_numbers(1_000))
        .unwrap();
    assert_eq!(next(), 1_002);
    let other_day = store.writing(|write| write.next_case_number("20250701"));
    assert_eq!(other_day.unwrap(), 1_001, "a day it has no number of yet");
    assert_eq!(audit(store), 2, "other counters do not jump");
}
