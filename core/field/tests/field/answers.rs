//! What the hub says: receipts, rulings, another epoch, another installation.

use xunge_domain::case::{Act, CaseState, Decline, Outcome};
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_field::{ActRequest, Delivery, HttpAnswer, LinkProblem, PhotoState};

use crate::hub::Hub;
use crate::phone::Phone;

fn accepted(to: CaseState) -> Outcome {
    Outcome::Accepted {
        to,
        case_no: None,
        organisation: None,
        class: None,
    }
}

fn report_intent(phone: &mut Phone, case: DocumentId) -> IntentId {
    phone.show(case).timeline[0].id
}

#[test]
fn received_is_never_said_before_every_photo_is_acknowledged() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let mut states = Vec::new();
    while let Some(request) = phone.app().next_request().unwrap() {
        let answer = hub.answer(&request);
        phone.app().on_answer(answer).unwrap();
        let page = phone.show(case);
        states.push((
            request.path.starts_with("/api/blobs/"),
            page.delivery,
            page.photos[0].state,
        ));
    }
    let (sending, on_device) = (
        |sent| Delivery::Sending { sent, of: 3 },
        PhotoState::OnDevice,
    );
    assert_eq!(
        states,
        [
            (false, sending(1), on_device),
            // Photos are offered once the case that cites them is at the hub.
            (false, sending(1), on_device),
            (true, sending(2), PhotoState::Sending),
            (true, Delivery::Received, PhotoState::Received),
        ]
    );
    let row = &phone.app().cases(None, 1).unwrap()[0];
    assert_eq!(row.delivery, Delivery::Received);
    let status = phone.app().sync_status().unwrap();
    assert_eq!((status.texts_unsent, status.photo_files_unsent), (0, 0));
}

#[test]
fn a_pulled_ruling_moves_the_case_and_the_request() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let report = report_intent(&mut phone, case);
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(case).state, CaseState::Draft, "not ruled yet");
    hub.rule(case, report, accepted(CaseState::Reported));
    hub.sync_all(&mut phone);
    let page = phone.show(case);
    assert_eq!(
        (page.state, page.provisional_state),
        (CaseState::Reported, CaseState::Reported)
    );
    let ruling = page.timeline[0].ruling.as_ref().expect("ruled");
    assert!(ruling.accepted && ruling.to == Some(CaseState::Reported));
    assert_eq!(page.set_aside, []);
    assert_eq!(
        phone.app().cases(None, 1).unwrap()[0].state,
        CaseState::Reported
    );
}

#[test]
fn a_declined_request_comes_back_with_its_reason_and_stays_until_it_is_seen() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let act = Act::Verify {
        result: Some(true),
        note: "属实".into(),
    };
    let asked = ActRequest {
        case,
        act,
        photo: None,
    };
    let verify = phone.app().act(asked).unwrap();
    hub.sync_all(&mut phone);
    let reason = Decline::NotAssigned {
        to: "worker-other".parse().unwrap(),
    };
    let zh = reason.zh();
    hub.rule(case, verify, Outcome::Declined { reason });
    hub.sync_all(&mut phone);

    let page = phone.show(case);
    let [item] = page.set_aside.as_slice() else {
        panic!("one item, not {:?}", page.set_aside);
    };
    assert_eq!(
        (item.id, item.case, item.kind.as_str(), item.outcome),
        (verify, case, "verify", "declined")
    );
    assert_eq!(
        (item.reason.code.as_str(), &item.reason.zh),
        ("not_assigned", &zh)
    );
    assert!(phone.app().cases(None, 1).unwrap()[0].declined);
    phone.kill_and_start();
    assert_eq!(phone.app().sync_status().unwrap().set_aside, page.set_aside);
    phone.app().dismiss(verify).unwrap();
    assert_eq!(phone.app().sync_status().unwrap().set_aside, []);
    let timeline = phone.show(case).timeline;
    assert!(
        timeline.iter().any(|event| event.id == verify),
        "dismissed, not deleted"
    );
}

#[test]
fn after_a_restored_backup_everything_of_its_own_is_offered_again() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let report = report_intent(&mut phone, case);
    hub.sync_all(&mut phone);
    hub.rule(case, report, accepted(CaseState::Reported));
    phone.app().comment(case, "夜间无照明").unwrap();
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(case).delivery, Delivery::Received);

    // The disk of the hub is gone and its backup is older than the case.
    hub.epoch = 2;
    hub.documents.clear();
    hub.blobs.clear();
    hub.sync_all(&mut phone);
    let restored = hub.case(case);
    assert_eq!(restored.comments.len(), 1);
    assert_eq!(
        restored.rulings.len(),
        1,
        "the server's own ruling comes back too"
    );
    assert_eq!(hub.blobs.len(), 2, "original and preview");
    let page = phone.show(case);
    assert_eq!(
        (page.delivery, page.state),
        (Delivery::Received, CaseState::Reported)
    );
    assert_eq!(page.comments.len(), 1);
}

#[test]
fn an_answer_of_somebody_else_changes_nothing_and_says_when_to_try_again() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let before = phone.show(case);
    let portal = HttpAnswer::Answered {
        status: 200,
        body: b"<!doctype html><title>Login</title>".to_vec(),
    };
    let busy = HttpAnswer::Answered {
        status: 503,
        body: Vec::new(),
    };
    let mut waits = Vec::new();
    for answer in [portal, busy, HttpAnswer::Unreachable] {
        phone.app().next_request().unwrap().expect("work to do");
        let (wait, problem) = phone
            .app()
            .on_answer(answer)
            .unwrap()
            .retry
            .expect("a wait");
        waits.push((wait, problem.code()));
    }
    assert_eq!(
        waits,
        [
            (1_000, "foreign_answer"),
            (2_000, "server_trouble"),
            (4_000, "no_network")
        ]
    );
    assert_eq!(phone.show(case), before);
    assert_eq!(phone.app().sync_status().unwrap().failures, 3);
    // An answer that nobody waits for means nothing.
    let late = phone.app().on_answer(HttpAnswer::Unreachable).unwrap();
    assert_eq!(late, xunge_field::Answered::default());
    hub.sync_all(&mut phone);
    assert_eq!(phone.app().sync_status().unwrap().failures, 0);
}

#[test]
fn what_a_cut_answer_brought_counts_and_the_rest_follows() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    let request = phone.app().next_request().unwrap().unwrap();
    let HttpAnswer::Answered { status, body } = hub.answer(&request) else {
        panic!("an answer");
    };
    let cut = HttpAnswer::Answered {
        status,
        body: body[..body.len() - 1].to_vec(),
    };
    let (_, problem) = phone.app().on_answer(cut).unwrap().retry.expect("a wait");
    assert_eq!(problem, LinkProblem::Cut);
    assert_eq!(
        phone.app().sync_status().unwrap().texts_unsent,
        0,
        "the receipt came through"
    );
    hub.sync_all(&mut phone);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
    assert_eq!(hub.pushed.len(), 1, "what was received is not sent again");
}

#[test]
fn a_case_that_leaves_and_comes_back_with_the_answer_to_its_last_push_keeps_what_was_pushed() {
    let mut hub = Hub::new();
    let mut phone = Phone::enrolled(&mut hub);
    let case = phone.report("路面坑洞");
    hub.sync_all(&mut phone);
    phone.app().start_sync();
    let request = phone.app().next_request().unwrap().unwrap();
    phone.app().comment(case, "趁还在写的").unwrap();
    hub.evicted = vec![case];
    let answer = hub.answer(&request);
    phone.app().on_answer(answer).unwrap();
    assert_eq!(phone.comments(case), ["趁还在写的"], "it waits to be sent");
    // The receipt of the comment and the case come in one answer; what was just pushed is not sent back.
    let there = hub.documents[&case].changes();
    hub.bring(case, there.into_iter().map(|change| change.bytes).collect());
    hub.sync_all(&mut phone);
    assert_eq!(phone.comments(case), ["趁还在写的"]);
    assert_eq!(phone.show(case).delivery, Delivery::Received);
    // And without coming back it goes, once the receipt is there.
    phone.app().comment(case, "最后一条").unwrap();
    hub.evicted = vec![case];
    hub.sync_all(&mut phone);
    hub.sync_all(&mut phone);
    assert!(phone.app().show(case).is_err());
    assert_eq!(hub.comments(case).len(), 2);
}
