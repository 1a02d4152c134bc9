//! The system ends the app without a word, at any moment between two verbs: nothing that was said to be saved is gone.

use xunge_field::Delivery;

use crate::hub::Hub;
use crate::phone::Phone;

#[test]
fn a_killed_app_has_lost_nothing() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let draft = phone.draft("半成品");
    let case = phone.report("路面坑洞");
    phone.app().comment(case, "夜间无照明").unwrap();
    let (before_case, before_draft) = (phone.show(case), phone.app().draft(draft).unwrap());
    let before_status = phone.app().sync_status().unwrap();

    phone.kill_and_start();
    assert_eq!(phone.show(case), before_case);
    assert_eq!(phone.app().draft(draft).unwrap(), before_draft);
    assert_eq!(phone.app().sync_status().unwrap(), before_status);
    let name = before_case.photos[0].sha256;
    assert!(phone.app().photo_bytes(name).is_ok());
    assert_eq!(phone.app().me().unwrap().id.as_str(), crate::hub::WORKER);

    // The half-made draft is made whole after the restart, and both travel.
    phone.app().report(draft).unwrap();
    hub.sync_all(&mut phone);
    assert_eq!(hub.documents.len(), 2);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
}

#[test]
fn an_app_killed_while_a_request_is_under_way_asks_the_same_again() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let request = phone.app().next_request().unwrap().unwrap();
    // The hub has it, the phone never hears so.
    let _ = hub.answer(&request);
    phone.kill_and_start();
    assert_eq!(phone.show(case).delivery, Delivery::OnDevice);
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
    let [first, again] = hub.pushed.as_slice() else {
        panic!("two pushes, not {:?}", hub.pushed);
    };
    assert_eq!(first, again, "the same change, not another one");
    assert_eq!(hub.case(case).actions.len(), 1);
}

#[test]
fn a_store_is_open_once() {
    let phone = Phone::enrolled(&mut Hub::new());
    let second = phone.open().err().expect("refused");
    assert_eq!(second.code(), "store_in_use");
    assert!(!second.zh().is_empty() && !second.en().is_empty());
}
