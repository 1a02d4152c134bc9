//! Without a network: everything a worker saves is in the list at once and says where it is.

use xunge_domain::case::{CaseState, PhotoPurpose, Severity};
use xunge_field::{AttachRequest, Delivery, DraftContent, PhotoState};

use crate::hub::Hub;
use crate::phone::{Phone, photo};
use crate::pictures::jpeg;

#[test]
fn a_report_is_in_the_list_at_once_and_on_this_device() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    assert_eq!(phone.app().drafts(None, 9).unwrap().len(), 1);
    let case = phone.app().report(draft).unwrap();
    assert_eq!(case, draft, "the case has the draft's id");
    assert_eq!(phone.app().drafts(None, 9).unwrap(), []);

    let rows = phone.app().cases(None, 9).unwrap();
    let [row] = rows.as_slice() else {
        panic!("one row, not {rows:?}");
    };
    assert_eq!((row.id, row.delivery), (case, Delivery::OnDevice));
    assert_eq!(
        (row.title.as_str(), row.class.as_str()),
        ("路面坑洞", "道路破损")
    );
    assert_eq!((row.state, row.state_zh), (CaseState::Draft, "待裁定"));
    assert_eq!(row.severity, Severity::Serious);
    assert!(row.thumb.is_some() && !row.declined);
    assert_eq!(phone.app().resolve(&row.local_code).unwrap(), case);
    assert_eq!(phone.app().resolve(&case.to_string()).unwrap(), case);

    let page = phone.show(case);
    assert_eq!(page.provisional_state, CaseState::Reported);
    assert_eq!(page.timeline.len(), 1);
    assert_eq!(page.timeline[0].ruling, None);
    assert_eq!(page.delivery.zh(), "在本机");
}

#[test]
fn the_title_is_the_class_unless_the_worker_says_more() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("");
    let case = phone.app().report(draft).unwrap();
    assert_eq!(phone.show(case).facts.title, "道路破损");
}

#[test]
fn photos_comments_and_hazards_are_added_to_a_case() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    let bytes = jpeg("after");
    let mut added = photo(&bytes);
    added.purpose = PhotoPurpose::After;
    added.caption = "已修复";
    let entry = phone
        .app()
        .attach(AttachRequest { case, photo: added })
        .unwrap();
    let comment = phone.app().comment(case, "  夜间无照明 ").unwrap();
    let hazard = phone.app().hazard(case, "管线外露").unwrap();
    phone.app().describe(case, "约半米宽").unwrap();
    phone.app().set_address(case, "商都路口").unwrap();

    let page = phone.show(case);
    let [found, after] = page.photos.as_slice() else {
        panic!("two photos, not {:?}", page.photos);
    };
    assert_eq!(found.purpose, PhotoPurpose::Found);
    assert_eq!(
        (after.id, after.purpose, after.caption.as_str(), after.state),
        (entry, PhotoPurpose::After, "已修复", PhotoState::OnDevice)
    );
    let kept = phone.app().photo_bytes(after.sha256).unwrap();
    assert_eq!(kept, bytes, "as the camera made it");
    assert_eq!(
        (page.comments[0].id, page.comments[0].text.as_str()),
        (comment, "夜间无照明")
    );
    assert_eq!(
        (page.hazards[0].id, page.hazards[0].text.as_str()),
        (hazard, "管线外露")
    );
    assert_eq!(page.facts.description, "约半米宽");
    assert_eq!(page.facts.address, "商都路口");
    assert_eq!(page.delivery, Delivery::OnDevice);
    let status = phone.app().sync_status().unwrap();
    assert_eq!(status.texts_unsent, 6, "the report and five writes");
    // Both pictures are the same grey, so their previews are one file.
    assert_eq!(status.photo_files_unsent, 3);
}

#[test]
fn saying_the_same_again_writes_nothing() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let case = phone.report("路面坑洞");
    phone.app().set_address(case, "商都路口").unwrap();
    let before = phone.app().sync_status().unwrap().texts_unsent;
    phone.app().set_address(case, "商都路口").unwrap();
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, before);
}

#[test]
fn the_counters_say_what_to_read_again() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let start = phone.app().change_counters();
    let draft = phone.draft("路面坑洞");
    let drafted = phone.app().change_counters();
    assert!(drafted.drafts > start.drafts);
    assert_eq!(drafted.cases, start.cases);
    phone.app().report(draft).unwrap();
    let reported = phone.app().change_counters();
    assert!(reported.cases > drafted.cases && reported.sync > drafted.sync);
}

#[test]
fn a_draft_thrown_away_is_gone_and_another_one_stays() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let (kept, thrown) = (phone.draft("留"), phone.draft("弃"));
    phone.app().discard_draft(thrown).unwrap();
    assert_eq!(phone.app().draft(thrown).unwrap_err().code(), "not_found");
    assert_eq!(phone.app().report(thrown).unwrap_err().code(), "not_found");
    let case = phone.app().report(kept).unwrap();
    let photo = phone.show(case).photos[0].sha256;
    assert!(phone.app().photo_bytes(photo).is_ok());
    assert_eq!(phone.app().sync_status().unwrap().photo_files_unsent, 2);
}

#[test]
fn a_form_that_saves_what_it_knew_loses_no_photo() {
    let mut phone = Phone::enrolled(&mut Hub::new());
    let draft = phone.draft("路面坑洞");
    let known = phone.app().draft(draft).unwrap().content;
    let second = phone.attach_to_draft(draft, &jpeg("second")).unwrap();
    let typed = DraftContent {
        title: "路面大坑".into(),
        ..known
    };
    phone.app().save_draft(draft, &typed).unwrap();
    let content = phone.app().draft(draft).unwrap().content;
    assert_eq!(content.title, "路面大坑");
    assert_eq!(content.photos.len(), 2);

    phone.app().detach_from_draft(draft, second).unwrap();
    let content = phone.app().draft(draft).unwrap().content;
    assert_eq!(content.photos, typed.photos);
    let again = phone.app().detach_from_draft(draft, second).unwrap_err();
    assert_eq!(again.code(), "not_found");
}
