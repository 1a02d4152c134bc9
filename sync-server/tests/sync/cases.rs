//! A case from a device to its ruling and back.

use serde_json::json;
use xunge_domain::case::{Act, CaseState, Decline, Outcome, PhotoPurpose};
use xunge_sync::device::DeviceMachine;
use xunge_sync::wire::Verdict;

use crate::device::{Device, perform};
use crate::town::Town;

fn state(town: &Town, id: &xunge_domain::ids::DocumentId) -> CaseState {
    let row = town.hub.state.store.reading(|read| read.case(id)).unwrap();
    row.unwrap().state
}

#[test]
fn a_report_is_ruled_and_comes_back() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.sync();
    assert!(matches!(worker.verdicts[..], [(_, _, Verdict::Received)]));
    let rulings = worker.rulings(&id);
    assert!(matches!(
        rulings[..],
        [ref ruling] if matches!(ruling.outcome, Outcome::Accepted { to: CaseState::Reported, .. })
    ));
    assert_eq!(worker.pulled.len(), 1, "the ruling alone comes back");
    assert_eq!(state(&town, &id), CaseState::Reported);
    town.is_healthy();
}

#[test]
fn a_push_that_comes_twice_is_answered_alike_and_kept_once() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.comment(id, "已设围挡");
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    let first = perform(&worker.base, &request);
    let kept = town.changes();
    let second = perform(&worker.base, &request);
    assert_eq!(first, second, "receipts, rulings and the next token");
    assert_eq!(town.changes(), kept);
    worker.take(&mut machine, second.0, second.1);
    worker.sync();
    assert_eq!((worker.superseded, worker.pending.len()), (0, 0));
    assert_eq!(town.changes(), kept);
    town.is_healthy();
}

/// From the report to the dispatch, staff over the JSON API.
pub(crate) fn dispatched(town: &Town, worker: &mut Device) -> xunge_domain::ids::DocumentId {
    let id = worker.report();
    worker.sync();
    let class = worker.documents[&id].read(id).case.facts.class.unwrap();
    let condition = &town.city.classes.find(&class).unwrap().conditions[0].code;
    let path = format!("/api/cases/{id}/actions");
    for (who, body) in [
        ("clerk", json!({ "action": "accept" })),
        (
            "shift-leader",
            json!({ "action": "file", "condition": condition }),
        ),
        (
            "dispatcher",
            json!({ "action": "dispatch", "lead": "road-dept", "assist": [], "notify": [] }),
        ),
    ] {
        let answer = town.browser(who).send("POST", &path, Some(&body));
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json()["outcome"], "accepted", "{answer:?}");
    }
    id
}

#[test]
fn a_late_claim_is_declined_and_its_author_reads_who_was_first() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = dispatched(&town, &mut worker);
    let (mut first, mut late) = (town.device("road-dept", 2), town.device("road-dept-2", 3));
    for device in [&mut first, &mut late] {
        device.sync();
        let claim = device.action(Act::Claim);
        device.write(id, vec![claim]);
    }
    first.sync();
    late.comment(id, "人已到场");
    late.sync();
    assert!(
        late.verdicts
            .iter()
            .all(|(_, _, verdict)| *verdict == Verdict::Received),
        "declined is merged: {:?}",
        late.verdicts
    );
    let last = late.rulings(&id).pop().unwrap();
    let Outcome::Declined { reason } = last.outcome else {
        panic!("accepted: {last:?}");
    };
    assert!(
        matches!(&reason, Decline::AlreadyClaimed { by, .. } if by.as_str() == "road-dept"),
        "{reason:?}"
    );
    let case = late.documents[&id].read(id).case;
    assert_eq!(case.comments.len(), 1, "nothing of theirs disappears");
    first.sync();
    worker.sync();
    assert_eq!(first.documents[&id].heads(), late.documents[&id].heads());
    assert_eq!(worker.documents[&id].heads(), late.documents[&id].heads());
    town.is_healthy();
}

#[test]
fn who_sees_and_who_acts() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    let bytes: Vec<u8> = (0..300_000_u32).map(|at| (at * 7 % 251) as u8).collect();
    let photo = worker.photo(&bytes, PhotoPurpose::Found, false);
    worker.write(id, vec![photo]);
    worker.sync();
    let clerk = town.browser("clerk");
    let case = clerk.get(&format!("/api/cases/{id}")).json();
    assert_eq!(case["standing"]["state"], "reported");
    let photo = xunge_domain::ids::Digest::of(&bytes).to_string();
    assert_eq!(case["evidence"][&photo], true);
    let accept = case["offered"]
        .as_array()
        .unwrap()
        .iter()
        .find(|offer| offer["action"] == "accept");
    assert_eq!(accept.unwrap()["possible"], true);
    let listed = clerk.get("/api/cases?state=reported&text=至德街").json();
    assert_eq!(listed["cases"][0]["id"], id.to_string());
    assert_eq!(clerk.get("/api/cases?state=nowhere").status, 400);

    // Another beat's worker sees nothing and can ask for nothing.
    let elsewhere = town.browser("worker-erqi");
    assert_eq!(elsewhere.get(&format!("/api/cases/{id}")).status, 404);
    assert_eq!(elsewhere.get("/api/cases").json()["cases"], json!([]));
    let path = format!("/api/cases/{id}/actions");
    let act = |browser: &crate::hub::Browser, body| browser.send("POST", &path, Some(&body)).status;
    assert_eq!(act(&elsewhere, json!({ "action": "accept" })), 404);
    // A role that may not is declined, in the history for everybody to read.
    let dispatcher = town.browser("dispatcher");
    let answer = dispatcher.send("POST", &path, Some(&json!({ "action": "accept" })));
    assert_eq!(answer.json()["outcome"], "declined", "{answer:?}");
    assert!(answer.json()["reason_zh"].is_string());
    // What cannot be decided at all is refused.
    assert_eq!(act(&clerk, json!({ "action": "fly" })), 400);
    let endless = json!({ "action": "reject", "reason": "长".repeat(2_001) });
    assert_eq!(act(&clerk, endless), 422);
    let mut stranger = town.hub.browser();
    stranger.csrf = Some("0".repeat(32));
    assert_eq!(act(&stranger, json!({ "action": "accept" })), 401);
    assert_eq!(state(&town, &id), CaseState::Reported);
    town.is_healthy();
}
