//! The list: pages, search, near.

use xunge_domain::geo::{Point, UNITS_PER_DEGREE};
use xunge_domain::ids::DocumentId;

use crate::hub::Hub;
use crate::phone::{INSIDE, Phone};

#[test]
fn pages_follow_each_other_without_a_gap_or_a_row_twice() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let mut cases: Vec<DocumentId> = (0..7)
        .map(|index| phone.report(&format!("坑{index}")))
        .collect();
    cases.reverse();
    let mut seen = Vec::new();
    let mut after = None;
    for _ in 0..=cases.len() {
        let rows = phone.app().cases(after, 3).unwrap();
        let Some(last) = rows.last() else { break };
        after = Some((last.updated_at, last.id));
        seen.extend(rows.iter().map(|row| row.id));
    }
    assert_eq!(seen, cases, "newest first");
}

#[test]
fn a_case_that_changed_comes_first() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let (old, new) = (phone.report("旧"), phone.report("新"));
    assert_eq!(phone.app().cases(None, 1).unwrap()[0].id, new);
    phone.app().comment(old, "又坏了").unwrap();
    assert_eq!(phone.app().cases(None, 1).unwrap()[0].id, old);
}

#[test]
fn search_finds_title_class_address_and_code_and_takes_signs_as_they_are() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let (hole, lamp) = (phone.report("路面坑洞"), phone.report("路灯 50% 不亮"));
    phone.app().set_address(hole, "商都路 18 号").unwrap();
    let code = hole.local_code();
    let mut found = |text: &str| -> Vec<DocumentId> {
        let rows = phone.app().search(text, 9).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(found("坑洞"), [hole]);
    assert_eq!(found("商都路"), [hole]);
    assert_eq!(found(&code), [hole]);
    assert_eq!(found("50%"), [lamp]);
    assert_eq!(
        found("5%不"),
        [] as [DocumentId; 0],
        "a percent sign is no wildcard"
    );
    assert_eq!(found("道路破损").len(), 2, "by class");
    assert_eq!(found("窨井"), [] as [DocumentId; 0]);
}

#[test]
fn near_is_about_a_kilometre_and_nearest_first() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let mut at = |title: &str, north: i32| {
        let draft = phone.draft(title);
        phone.change_draft(draft, |content| {
            content.point = Some(Point {
                latitude_e7: INSIDE.latitude_e7 + north,
                ..INSIDE
            });
            content.no_grid_reason = Some("网格外".into());
        });
        phone.app().report(draft).unwrap()
    };
    let far = at("远", 60_000);
    let here = at("此处", 0);
    let beyond = at("更远", UNITS_PER_DEGREE / 100 + 1);
    let rows = phone.app().near(INSIDE, 9).unwrap();
    let found: Vec<DocumentId> = rows.into_iter().map(|row| row.id).collect();
    assert_eq!(found, [here, far], "{beyond} is further than a kilometre");
}
