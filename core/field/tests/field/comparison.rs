//! When a phone compares itself with the hub: once a day, when asked, and when its clock says nothing of use.

use xunge_sync::wire::{Comparison, SyncRequest, unpack};

use crate::hub::Hub;
use crate::phone::Phone;

const HOUR: i64 = 60 * 60 * 1_000;

/// Whole rounds until nothing is left; the comparisons among their requests.
fn comparisons(hub: &mut Hub, phone: &mut Phone) -> Vec<Comparison> {
    let mut asked = Vec::new();
    phone.app().start_sync();
    while let Some(request) = phone.app().next_request().unwrap() {
        if request.path == "/api/sync" {
            let message: SyncRequest = unpack(&request.body).unwrap();
            asked.extend(message.comparison);
        }
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
    }
    asked
}

#[test]
fn a_phone_compares_once_a_day_and_when_it_is_asked_to() {
    let mut hub = Hub::new();
    hub.columns = true;
    let mut phone = Phone::enrolled(&mut hub);
    phone.report("路面坑洞");
    assert_eq!(
        comparisons(&mut hub, &mut phone),
        [],
        "nothing to compare yet"
    );
    let enrolled = phone.app().sync_status().unwrap().compared_at.unwrap();
    phone.advance(23 * HOUR);
    assert_eq!(comparisons(&mut hub, &mut phone), []);
    phone.advance(HOUR);
    let asked = comparisons(&mut hub, &mut phone);
    let [Comparison::Buckets(sums)] = &asked[..] else {
        panic!("{asked:?}");
    };
    let something = |sum: &&xunge_sync::wire::Sum| ***sum != [0; 8];
    assert_eq!(sums.iter().filter(something).count(), 1, "one case");
    let status = phone.app().sync_status().unwrap();
    assert!(status.compared_at.unwrap() > enrolled && !status.differs);
    assert_eq!(comparisons(&mut hub, &mut phone), []);

    phone.app().compare_with_hub().unwrap();
    phone.kill_and_start();
    assert_eq!(comparisons(&mut hub, &mut phone).len(), 1, "it was kept");
    phone.advance(-10 * 365 * 24 * HOUR);
    assert_eq!(comparisons(&mut hub, &mut phone).len(), 1);
    assert_eq!(comparisons(&mut hub, &mut phone), []);
}

#[test]
fn an_old_hub_is_never_asked_and_a_difference_that_stays_is_said() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    phone.report("路面坑洞");
    phone.app().compare_with_hub().unwrap();
    assert_eq!(comparisons(&mut hub, &mut phone), [], "it does not compare");
    hub.columns = true;
    hub.differs = true;
    comparisons(&mut hub, &mut phone);
    let asked = comparisons(&mut hub, &mut phone);
    assert!(asked.is_empty(), "not again before tomorrow");
    assert!(phone.app().sync_status().unwrap().differs);
    hub.differs = false;
    phone.advance(24 * HOUR);
    comparisons(&mut hub, &mut phone);
    assert!(!phone.app().sync_status().unwrap().differs);
}
