//! What the worker can mend is said at once, and nothing is written; the rest is asked.

use xunge_domain::case::{Act, PhotoPurpose};
use xunge_domain::geo::Point;
use xunge_field::{ActRequest, DraftContent};

use crate::hub::Hub;
use crate::phone::Phone;

fn declined(code: &str, spoil: impl FnOnce(&mut DraftContent)) {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    phone.change_draft(draft, spoil);
    let before = phone.app().draft(draft).unwrap();
    let error = phone.app().report(draft).unwrap_err();
    assert_eq!(error.code(), code);
    assert!(!error.zh().is_empty() && !error.en().is_empty());
    assert_eq!(phone.app().draft(draft).unwrap(), before, "the draft stays");
    assert_eq!(phone.app().cases(None, 9).unwrap(), []);
    assert_eq!(phone.app().show(draft).unwrap_err().code(), "not_found");
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}

#[test]
fn a_report_without_a_class_stays_a_draft() {
    declined("unknown_class", |content| content.class = None);
    declined("unknown_class", |content| {
        content.class = Some("sinkhole".into())
    });
}

#[test]
fn a_report_without_a_place_stays_a_draft() {
    declined("no_unit_grid", |content| content.point = None);
    declined("no_unit_grid", |content| {
        content.point = Some(Point {
            longitude_e7: 0,
            latitude_e7: 0,
        });
    });
}

#[test]
fn a_report_without_a_photo_stays_a_draft() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    let photo = phone.app().draft(draft).unwrap().content.photos[0].original;
    phone.app().detach_from_draft(draft, photo.sha256).unwrap();
    assert_eq!(
        phone.app().report(draft).unwrap_err().code(),
        "photo_missing"
    );
    // A photo of another purpose is not the one of what was found.
    declined("photo_missing", |content| {
        content.photos[0].purpose = PhotoPurpose::During;
    });
}

#[test]
fn no_grid_here_is_an_answer_when_it_has_a_reason() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    phone.change_draft(draft, |content| {
        content.point = None;
        content.no_grid_reason = Some("新建道路，尚未划入网格".into());
    });
    let case = phone.app().report(draft).unwrap();
    assert!(phone.show(case).facts.position.is_none());
}

#[test]
fn what_is_declined_can_be_mended_and_reported() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    phone.change_draft(draft, |content| content.class = None);
    assert_eq!(
        phone.app().report(draft).unwrap_err().code(),
        "unknown_class"
    );
    phone.change_draft(draft, |content| content.class = Some("20401".into()));
    phone.app().report(draft).unwrap();
}

#[test]
fn a_request_the_worker_can_mend_is_declined_here_and_nothing_is_written() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    let (before, status) = (phone.show(case), phone.app().sync_status().unwrap());
    let accept = ActRequest {
        case,
        act: Act::Accept,
        photo: None,
    };
    assert_eq!(phone.app().act(accept).unwrap_err().code(), "wrong_role");
    assert_eq!(phone.show(case), before);
    assert_eq!(phone.app().sync_status().unwrap(), status);
}

#[test]
fn what_depends_on_others_is_asked_though_this_device_thinks_it_too_late() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    // It may have been sent to this worker a minute ago, in news that did not arrive yet.
    let verify = ActRequest {
        case,
        act: Act::Verify {
            result: Some(true),
            note: "属实".into(),
        },
        photo: None,
    };
    let intent = phone.app().act(verify).unwrap();
    let timeline = phone.show(case).timeline;
    assert!(
        timeline
            .iter()
            .any(|event| event.id == intent && event.ruling.is_none())
    );
}

#[test]
fn an_unenrolled_phone_says_so() {
    let mut phone = Phone::new();
    assert_eq!(phone.app().me(), None);
    let draft = phone.app().new_draft().unwrap();
    assert_eq!(
        phone.app().report(draft).unwrap_err().code(),
        "not_enrolled"
    );
    assert_eq!(
        phone.app().next_request().unwrap_err().code(),
        "not_enrolled"
    );
}
