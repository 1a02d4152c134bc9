//! Columns between a phone and its hub: used once the hub has said so, never needed.

use xunge_domain::case::{CaseState, Outcome};
use xunge_field::{HttpAnswer, HttpRequest};
use xunge_sync::device::PUSH_BYTES_START;
use xunge_sync::wire::columns::decode;
use xunge_sync::wire::{ColumnPush, PartReader, Piece, SyncRequest, named_by_device, unpack};

use crate::hub::Hub;
use crate::phone::Phone;
use crate::pulled::{CASE, Colleague};

fn hub() -> Hub {
    let mut hub = Hub::new();
    hub.columns = true;
    hub
}

fn asked(request: &HttpRequest) -> SyncRequest {
    unpack(&request.body).unwrap()
}

fn round(hub: &mut Hub, phone: &mut Phone) -> SyncRequest {
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("a round");
    let answer = hub.answer(&request);
    phone.app().on_answer(answer).unwrap();
    asked(&request)
}

#[test]
fn a_case_goes_up_and_its_ruling_comes_down_also_after_a_restart() {
    let mut hub = hub();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let first = round(&mut hub, &mut phone);
    assert!(first.push.is_none() && first.columns.is_some());
    let intent = phone.show(case).timeline[0].id;
    let outcome = Outcome::Accepted {
        to: CaseState::Reported,
        case_no: Some("2025-1".into()),
        organisation: None,
        class: None,
    };
    hub.rule(case, intent, outcome);
    round(&mut hub, &mut phone);
    assert_eq!(phone.show(case).case_no.as_deref(), Some("2025-1"));

    phone.kill_and_start();
    phone.app().comment(case, "已到现场").unwrap();
    let push = round(&mut hub, &mut phone).columns.expect("columns");
    assert_eq!(push.agreed.len(), 1, "on what both know");
    assert_eq!(hub.comments(case).len(), 1);
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 0);
}

#[test]
fn an_old_hub_is_never_sent_columns() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    phone.report("路面坑洞");
    let request = round(&mut hub, &mut phone);
    assert!(request.push.is_some() && request.columns.is_none());
    // It is made new: its next answer says so.
    hub.columns = true;
    phone.report("井盖松动");
    assert!(round(&mut hub, &mut phone).push.is_some());
    phone.report("路灯不亮");
    assert!(round(&mut hub, &mut phone).columns.is_some());
}

#[test]
fn a_hub_that_was_put_back_to_an_older_version_gets_everything_in_plain() {
    let mut hub = hub();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.columns = false;
    let refused = round(&mut hub, &mut phone);
    assert!(refused.columns.is_some());
    assert_eq!(phone.app().sync_status().unwrap().texts_unsent, 1);
    assert!(round(&mut hub, &mut phone).push.is_some());
    assert!(hub.documents.contains_key(&case));
}

#[test]
fn a_hub_that_lost_a_document_is_told_the_hashes() {
    let mut hub = hub();
    let mut phone = Phone::enrolled(&mut hub);
    let (lost, fine) = (phone.report("路面坑洞"), phone.report("路灯不亮"));
    hub.sync_all(&mut phone);
    hub.documents.remove(&lost);
    phone.app().comment(lost, "一").unwrap();
    phone.app().comment(fine, "二").unwrap();
    let first = round(&mut hub, &mut phone).columns.expect("columns");
    assert_eq!(first.agreed.len(), 2);
    assert_eq!(hub.comments(fine).len(), 1, "not held up by the other");
    let request = phone.app().next_request().unwrap().expect("at once");
    let again = asked(&request).columns.expect("columns");
    assert!(again.agreed.is_empty(), "spelled out");
}

#[test]
fn what_builds_on_something_unknown_is_asked_for_raw_and_loses_nothing_behind_it() {
    let mut hub = hub();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    let mut colleague = Colleague::new();
    let (first, second) = (colleague.comment("一"), colleague.comment("二"));
    hub.documents.insert(CASE, colleague.document.clone());
    hub.bring(CASE, vec![second.clone()]);
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().expect("a pull");
    let cursors = asked(&request).cursors;
    let answer = hub.answer(&request);
    assert!(matches!(answer, HttpAnswer::Answered { status: 200, .. }));
    phone.app().on_answer(answer).unwrap();

    let request = phone.app().next_request().unwrap().expect("at once");
    let again = asked(&request);
    assert_eq!(again.cursors, cursors, "not passed over");
    assert_eq!(again.capabilities, ["plain"]);
    hub.bring(CASE, vec![first, second]);
    let answer = hub.answer(&request);
    phone.app().on_answer(answer).unwrap();
    assert_eq!(phone.comments(CASE), ["一", "二"]);
    assert!(phone.app().next_request().unwrap().is_none());
    assert_eq!(round(&mut hub, &mut phone).capabilities, named_by_device());
    assert!(phone.comments(case).is_empty());
}

/// Text that does not compress: a case page somebody pasted logs into.
fn long_text(number: u32) -> String {
    let mut state = number;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + state % 20_000).unwrap()
    };
    (0..1_900).map(|_| next()).collect()
}

#[test]
fn of_one_long_case_a_push_in_parts_holds_no_more_than_a_whole_push_would() {
    let mut hub = hub();
    let mut phone = Phone::enrolled(&mut hub);
    let long = phone.report("路面坑洞");
    round(&mut hub, &mut phone);
    for number in 0..40 {
        phone.app().comment(long, &long_text(number)).unwrap();
    }
    let behind = ["井盖缺失", "路灯不亮", "积水"].map(|title| phone.report(title));
    for case in behind {
        phone
            .app()
            .comment(case, &long_text(case.as_bytes()[15].into()))
            .unwrap();
    }
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().unwrap();
    let mut reader = PartReader::new(request.body.len());
    reader.feed(&request.body).unwrap();
    let pieces = std::iter::from_fn(|| reader.next_piece().unwrap());
    let mut bytes = std::collections::BTreeMap::<_, usize>::new();
    for piece in pieces.skip(1) {
        let Piece::Message(part) = piece else {
            break;
        };
        let part: ColumnPush = unpack(&part).unwrap();
        for pushed in decode(&part.batch, &hub).unwrap().documents {
            let changes = pushed.changes.iter();
            *bytes.entry(pushed.document).or_default() +=
                changes.map(|change| change.bytes.len()).sum::<usize>();
        }
    }
    assert!(bytes[&long] <= PUSH_BYTES_START, "{bytes:?}");
    assert!(
        bytes[&long] > PUSH_BYTES_START / 2,
        "what fits goes: {bytes:?}"
    );
    assert!(
        behind.iter().all(|case| bytes.contains_key(case)),
        "the cases behind it go too"
    );
}
