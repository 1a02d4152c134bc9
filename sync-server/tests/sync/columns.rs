//! Batches of columns in both directions: what they rest on, and what happens where that is not there.

use xunge_documents::change_parts::ChangeHash;
use xunge_domain::ids::DocumentId;
use xunge_sync::device::{DeviceMachine, HttpRequest, Outlook, Step};
use xunge_sync::wire::columns::{ActorNames, Base, BatchDocument, Effort, encode};
use xunge_sync::wire::{ColumnPush, Frame, SyncRequest, Verdict, WIRE_HEADER, pack, unpack};

use crate::device::{Device, frames, perform, resigned};
use crate::town::Town;

fn message(request: &HttpRequest) -> SyncRequest {
    unpack(&request.body).unwrap()
}

fn pushed(request: &HttpRequest) -> ColumnPush {
    let message = message(request);
    assert_eq!(message.push, None);
    let wire = (WIRE_HEADER.to_owned(), "columns".to_owned());
    assert!(request.headers.contains(&wire));
    message.columns.unwrap()
}

/// One push and pull; its frames.
fn round(device: &mut Device, machine: &mut DeviceMachine) -> Vec<Frame> {
    let request = device.sync_request(machine);
    let (status, body) = perform(&device.base, &request);
    let told = frames(&body).into_iter().map(|(frame, _)| frame).collect();
    device.take(machine, status, body);
    told
}

fn unresolved(frames: &[Frame]) -> Vec<DocumentId> {
    match frames.first() {
        Some(Frame::Head(head)) => head.unresolved.clone(),
        other => panic!("{other:?}"),
    }
}

fn received(device: &Device, hash: &ChangeHash) -> bool {
    let verdict = (hash, &Verdict::Received);
    let mut verdicts = device.verdicts.iter();
    verdicts.any(|(_, of, verdict_of)| (of, verdict_of) == verdict)
}

#[test]
fn a_case_goes_up_and_its_ruling_comes_down_in_columns() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    assert!(
        worker.session.columns,
        "the answer of the enrolment says so"
    );
    let id = worker.report();
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    assert!(pushed(&request).agreed.is_empty(), "a new document");
    let (status, body) = perform(&worker.base, &request);
    let Some((Frame::Head(head), _)) = frames(&body).into_iter().next() else {
        panic!("no head");
    };
    assert!(head.rest_received && head.verdicts.is_empty());
    let columns = frames(&body).into_iter();
    let columns = columns.filter(|(frame, _)| matches!(frame, Frame::Columns(_)));
    assert_eq!(columns.count(), 1);
    worker.take(&mut machine, status, body);
    assert_eq!((worker.rulings(&id).len(), worker.unresolved), (1, 0));
    assert_eq!((worker.pending.len(), worker.verdicts.len()), (0, 1));

    let comment = worker.comment(id, "已到现场");
    let request = worker.sync_request(&mut machine);
    assert_eq!(pushed(&request).agreed.len(), 1, "on what both know");
    let (status, body) = perform(&worker.base, &request);
    worker.take(&mut machine, status, body);
    assert!(received(&worker, &comment));
    town.is_healthy();
}

#[test]
fn a_state_that_others_have_written_on_since_is_known_all_the_same() {
    let town = Town::new();
    let mut one = town.device("worker-putian", 1);
    let mut two = town.device("worker-putian-2", 2);
    let id = one.report();
    one.sync();
    two.sync();
    two.comment(id, "从东侧看更深");
    two.sync();
    let comment = one.comment(id, "我这边也看到了");
    let mut machine = DeviceMachine::default();
    assert_eq!(unresolved(&round(&mut one, &mut machine)), []);
    assert!(received(&one, &comment));
    two.sync();
    assert_eq!(two.documents[&id].heads(), one.documents[&id].heads());
    assert_eq!((one.unresolved, two.unresolved), (0, 0));
    town.is_healthy();
}

#[test]
fn a_base_that_the_hub_does_not_know_costs_its_document_one_round_and_no_other() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (lost, fine) = (worker.report(), worker.report());
    worker.sync();
    // The device believes the hub has this one.
    let kept_back = worker.comment(lost, "没有发出去");
    let missing = worker.pending.remove(0);
    let later = worker.comment(lost, "建在其上");
    let waiting = worker.pending[0].clone();
    let other = worker.comment(fine, "另一件");
    let mut machine = DeviceMachine::default();
    let told = round(&mut worker, &mut machine);
    assert_eq!(unresolved(&told), [lost]);
    assert!(received(&worker, &other), "another document is not held up");
    assert!(!received(&worker, &later));

    assert!(
        matches!(machine.next_step(&worker.outlook()), Step::Sync { .. }),
        "at once"
    );
    let request = worker.sync_request(&mut machine);
    assert!(pushed(&request).agreed.is_empty(), "spelled out");
    let (status, body) = perform(&worker.base, &request);
    worker.take(&mut machine, status, body);
    let (_, of, verdict) = worker.verdicts.last().unwrap();
    assert_eq!(*of, later);
    assert!(matches!(verdict, Verdict::NeedFrom(_)), "{verdict:?}");

    worker.pending = vec![missing, waiting];
    worker.sync();
    assert!(received(&worker, &kept_back) && received(&worker, &later));
    town.is_healthy();
}

#[test]
fn a_device_that_lacks_what_the_hub_builds_on_asks_for_raw_changes() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut other = town.device("worker-putian-2", 2);
    let (id, second) = (worker.report(), worker.report());
    worker.sync();
    other.sync();
    worker.comment(id, "补充一句");
    worker.comment(second, "再补充一句");
    worker.sync();
    // A hole in the store: the cursors say that the case is there.
    other.documents.remove(&id);
    other.pulled.clear();
    let before = other.cursors.clone();
    let mut machine = DeviceMachine::default();
    let request = other.sync_request(&mut machine);
    let (_, body) = perform(&other.base, &request);
    other.take(&mut machine, 200, body);
    assert_eq!(other.unresolved, 1);
    assert_eq!(other.cursors, before, "not passed over");
    assert!(matches!(
        machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
    let request = other.sync_request(&mut machine);
    assert_eq!(message(&request).capabilities, ["plain"]);
}

#[test]
fn a_batch_that_cannot_be_read_is_refused_and_the_device_goes_on_in_plain() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    let mut altered = message(&request);
    let batch = &mut altered.columns.as_mut().unwrap().batch;
    let last = batch.len() - 1;
    batch[last] ^= 1;
    let damaged = HttpRequest {
        body: pack(&altered),
        ..request
    };
    let (status, body) = perform(&worker.base, &resigned(damaged, &worker.key));
    assert_eq!(status, 400);
    worker.take(&mut machine, status, body);
    assert_eq!((worker.pending.len(), town.changes()), (1, 0));
    let request = worker.sync_request(&mut machine);
    assert!(message(&request).push.is_some());
    let (status, body) = perform(&worker.base, &request);
    worker.take(&mut machine, status, body);
    assert_eq!((worker.pending.len(), town.changes()), (0, 2));
}

#[test]
fn a_batch_of_a_stranger_is_not_looked_into_and_its_limits_are_those_of_any_push() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    let mut stranger = request.clone();
    for (name, value) in &mut stranger.headers {
        if name == "xunge-session" {
            *value = format!("{}.{}", "0".repeat(32), "0".repeat(32));
        }
    }
    assert_eq!(perform(&town.hub.url, &stranger).0, 401);

    let many = |count: u16| {
        let documents: Vec<BatchDocument> = (0..count)
            .map(|number| {
                let mut id = [0; 16];
                id[..2].copy_from_slice(&number.to_be_bytes());
                BatchDocument {
                    document: DocumentId::from_bytes(id),
                    base: Base::New,
                    changes: Vec::new(),
                }
            })
            .collect();
        let mut altered = message(&request);
        altered.columns.as_mut().unwrap().batch =
            encode(&documents, &ActorNames::default(), Effort::Quick)
                .unwrap()
                .into();
        let request = HttpRequest {
            body: pack(&altered),
            ..request.clone()
        };
        perform(&town.hub.url, &resigned(request, &worker.key)).0
    };
    let most = u16::try_from(xunge_server::services::sync::PUSHED_DOCUMENTS_MAX).unwrap();
    assert_eq!(many(most), 200, "refused for its signature, in a frame");
    assert_eq!(many(most + 1), 413);
    assert_eq!(town.changes(), 0);
}
