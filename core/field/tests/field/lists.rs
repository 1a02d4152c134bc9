//! The list: pages, search, near.

use xunge_domain::case::{CaseState, Outcome};
use xunge_domain::geo::{Point, UNITS_PER_DEGREE};
use xunge_domain::ids::DocumentId;
use xunge_field::CaseFilter;

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
        let rows = phone.app().search(text, None, 9).unwrap();
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
    let rows = phone.app().near(INSIDE, CaseFilter::All, 9).unwrap();
    let found: Vec<DocumentId> = rows.into_iter().map(|row| row.id).collect();
    assert_eq!(found, [here, far], "{beyond} is further than a kilometre");
}

#[test]
fn a_filter_keeps_to_what_is_open_ended_or_waits() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let (open, ended) = (phone.report("坑"), phone.report("灯"));
    hub.sync_all(&mut phone);
    let unsent = phone.report("水");
    let request = phone.show(ended).timeline[0].id;
    hub.rule(
        ended,
        request,
        Outcome::Accepted {
            to: CaseState::Rejected,
            case_no: None,
            organisation: None,
            class: None,
        },
    );
    // What was reported meanwhile does not get through.
    phone.app().start_sync();
    let refuse = |_: &xunge_sync::wire::PushedChange| Some(xunge_sync::wire::Verdict::Blocked);
    while let Some(asked) = phone.app().next_request().unwrap() {
        let answer = hub.answer_with(&asked, refuse);
        phone.app().on_answer(answer).unwrap();
        if phone.show(ended).state == CaseState::Rejected {
            break;
        }
    }
    let mut of = |filter| -> Vec<DocumentId> {
        let rows = phone.app().filtered_cases(filter, None, 9).unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(of(CaseFilter::Ended), [ended]);
    assert_eq!(of(CaseFilter::Open), [unsent, open]);
    assert_eq!(of(CaseFilter::Unsent), [unsent]);
    assert_eq!(of(CaseFilter::All).len(), 3);
    let near = phone.app().near(INSIDE, CaseFilter::Ended, 9).unwrap();
    assert_eq!(near.iter().map(|row| row.id).collect::<Vec<_>>(), [ended]);
}

#[test]
fn a_search_goes_on_where_its_page_ended_and_takes_words_apart() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let mut cases: Vec<DocumentId> = (0..5).map(|_| phone.report("路面坑洞")).collect();
    phone.app().set_address(cases[2], "商都路１８号").unwrap();
    cases.reverse();
    let mut seen = Vec::new();
    loop {
        let after = seen.last().copied();
        let page = phone.app().search("坑洞", after, 2).unwrap();
        seen.extend(page.iter().map(|row| row.id));
        if page.len() < 2 {
            break;
        }
    }
    assert_eq!(seen, cases, "last reported first");
    let found = phone.app().search("坑 商都路18", None, 9).unwrap();
    assert_eq!(
        found.iter().map(|row| row.id).collect::<Vec<_>>(),
        [cases[2]]
    );
}
