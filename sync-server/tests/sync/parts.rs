//! Pushes in parts: what a cut leaves, how the rest follows, and who is not listened to any further.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use xunge_server::services::device_session::Presented;
use xunge_server::services::push_parts::Taking;
use xunge_server::store::StoreError;
use xunge_sync::device::{DeviceMachine, HttpRequest};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::{
    ColumnPush, Frame, HeadFrame, PARTS_MAX, PartReader, Piece, SESSION_HEADER, SyncRequest,
    Verdict, WIRE_HEADER, in_parts, pack, unpack,
};

use crate::device::{Device, frames, perform, resigned};
use crate::hub::monday;
use crate::town::Town;
use crate::uploads::perform_cut;

/// No test waits so long unless it is going to fail.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// A device that makes a part of every document.
fn finely() -> DeviceMachine {
    let mut machine = DeviceMachine::default();
    machine.cut_finely(1);
    machine.start_round();
    machine
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    let mut headers = request.headers.iter();
    let (_, value) = headers.find(|(known, _)| known == name).unwrap();
    value
}

/// The messages of a body, and where in it each ends.
fn messages(request: &HttpRequest) -> Vec<(Vec<u8>, usize)> {
    let mut reader = PartReader::new(request.body.len());
    reader.feed(&request.body).unwrap();
    let (mut messages, mut end) = (Vec::new(), 0);
    while let Some(Piece::Message(message)) = reader.next_piece().unwrap() {
        end += 4 + message.len();
        messages.push((message, end));
    }
    messages
}

/// The same request with other messages, signed by whoever changed them.
fn with_messages(request: &HttpRequest, messages: &[Vec<u8>], key: &SoftwareKey) -> HttpRequest {
    let (first, parts) = messages.split_first().unwrap();
    let altered = HttpRequest {
        body: in_parts(first, parts.iter().map(Vec::as_slice)),
        ..request.clone()
    };
    resigned(altered, key)
}

fn asked(request: &HttpRequest) -> SyncRequest {
    unpack(&request.body).unwrap()
}

/// How many parts of a push are noted at the hub.
fn noted(town: &Town, device: &Device, nonce: [u8; 16]) -> usize {
    let installation = device.session.installation;
    let parts = town.hub.state.store.reading(|read| {
        let parts = read.push_parts(&installation, &nonce)?;
        Ok::<_, StoreError>(parts.len())
    });
    parts.unwrap()
}

/// Waits until so many are: a cut connection says nothing.
fn wait_for(town: &Town, device: &Device, nonce: [u8; 16], parts: usize) {
    let began = Instant::now();
    while noted(town, device, nonce) < parts {
        assert!(began.elapsed() < WAIT_MAX, "the hub took no {parts} parts");
        std::thread::yield_now();
    }
}

fn head(body: &[u8]) -> HeadFrame {
    match frames(body).into_iter().next() {
        Some((Frame::Head(head), _)) => head,
        other => panic!("{other:?}"),
    }
}

fn nonce(request: &HttpRequest) -> [u8; 16] {
    let first = messages(request).swap_remove(0).0;
    *unpack::<SyncRequest>(&first).unwrap().nonce
}

#[test]
fn a_push_in_parts_is_received_as_one_and_nothing_of_it_comes_back() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    assert!(worker.session.parts, "the answer of the enrolment says so");
    for _ in 0..5 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    assert_eq!(header(&request, WIRE_HEADER), "parts");
    assert_eq!(messages(&request).len(), 1 + 5);
    let (status, body) = perform(&worker.base, &request);
    let told = head(&body);
    let taken = told.taken.unwrap();
    assert_eq!((taken.parts, taken.verdicts.len()), (5, 0));
    worker.take(&mut machine, status, body);
    assert_eq!((worker.pending.len(), worker.verdicts.len()), (0, 5));
    assert_eq!(worker.pulled.len(), 5, "the rulings alone");
    assert_eq!(town.changes(), 10);
    town.is_healthy();
}

#[test]
fn what_fits_into_one_part_goes_as_it_always_did() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    assert_eq!(header(&request, WIRE_HEADER), "columns");
    assert!(asked(&request).columns.is_some());
    // And so does every push of a device that does not know of parts.
    worker.report();
    worker.session.parts = false;
    let request = worker.sync_request(&mut finely());
    assert_eq!(header(&request, WIRE_HEADER), "columns");
    let (status, body) = perform(&worker.base, &request);
    worker.take(&mut finely(), status, body);
    assert_eq!(town.changes(), 4);
}

#[test]
fn a_cut_anywhere_leaves_the_parts_before_it_and_only_the_rest_is_sent_again() {
    const CASES: usize = 3;
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut cases = 0;
    // Before, at and behind the end of the request and of each part; and the end mark alone.
    for place in 0..3 * (CASES + 1) + 1 {
        for _ in 0..CASES {
            worker.report();
        }
        cases += CASES;
        let mut machine = finely();
        let request = worker.sync_request(&mut machine);
        let ends: Vec<usize> = messages(&request).iter().map(|(_, end)| *end).collect();
        let cut = match ends.get(place / 3) {
            Some(end) => end + place % 3 - 1,
            None => request.body.len() - 1,
        };
        let whole = ends.iter().filter(|end| **end <= cut).count();
        let taken = whole.saturating_sub(1);
        perform_cut(&worker.base, &request, cut);
        wait_for(&town, &worker, nonce(&request), taken);
        worker.take(&mut machine, 200, Vec::new());

        let question = worker.next_request(&mut machine).unwrap();
        let said = asked(&question);
        assert_eq!(said.resumes.map(|nonce| *nonce), Some(nonce(&request)));
        assert!(said.push.is_none() && said.columns.is_none());
        let (status, body) = perform(&worker.base, &question);
        let told = head(&body).taken.map_or(0, |taken| taken.parts as usize);
        assert_eq!(told, taken, "cut at {cut} of {ends:?}");
        let pulled = worker.pulled.len();
        worker.take(&mut machine, status, body);
        assert_eq!(worker.pending.len(), CASES - taken);
        assert_eq!(worker.pulled.len() - pulled, taken, "the rulings alone");

        let mut requests = Vec::new();
        worker.go_on(&mut machine, |request, answer| {
            requests.push(request.clone());
            answer
        });
        match (CASES - taken, requests.first()) {
            (0, None) => {}
            (1, Some(rest)) => assert_eq!(header(rest, WIRE_HEADER), "columns"),
            (left, Some(rest)) => assert_eq!(messages(rest).len(), 1 + left),
            other => panic!("{} parts left, {} requests", other.0, requests.len()),
        }
        assert_eq!((worker.pending.len(), worker.superseded), (0, 0));
        assert_eq!(town.changes(), 2 * cases, "each once, with its ruling");
    }
    let received = |(_, _, verdict): &_| *verdict == Verdict::Received;
    assert!(worker.verdicts.iter().all(received));
    assert_eq!(worker.verdicts.len(), cases);
    town.is_healthy();
}

#[test]
fn an_answer_that_is_lost_costs_no_second_push() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    assert_eq!(perform(&worker.base, &request).0, 200);
    worker.take(&mut machine, 200, Vec::new());
    let mut sent = Vec::new();
    worker.go_on(&mut machine, |request, answer| {
        sent.push(asked(request));
        answer
    });
    assert_eq!(sent.len(), 1, "one question");
    assert!(sent[0].push.is_none() && sent[0].columns.is_none());
    assert_eq!((worker.pending.len(), worker.pulled.len()), (0, 3));
    assert_eq!((worker.superseded, town.changes()), (0, 6));
}

#[test]
fn a_hub_that_knows_nothing_of_the_push_is_sent_all_of_it() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    worker.take(&mut machine, 502, Vec::new());
    let question = worker.next_request(&mut machine).unwrap();
    let (status, body) = perform(&worker.base, &question);
    assert_eq!(head(&body).taken, None);
    worker.take(&mut machine, status, body);
    let again = worker.next_request(&mut machine).unwrap();
    assert_eq!(messages(&again).len(), messages(&request).len());
    let (status, body) = perform(&worker.base, &again);
    worker.take(&mut machine, status, body);
    assert_eq!((worker.pending.len(), town.changes()), (0, 6));
}

#[test]
fn the_cut_body_arriving_again_later_changes_nothing_and_makes_no_clone() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    let ends: Vec<usize> = messages(&request).iter().map(|(_, end)| *end).collect();
    perform_cut(&worker.base, &request, ends[2]);
    wait_for(&town, &worker, nonce(&request), 2);
    worker.take(&mut machine, 200, Vec::new());
    let question = worker.next_request(&mut machine).unwrap();
    let (status, body) = perform(&worker.base, &question);
    worker.take(&mut machine, status, body);
    // All parts of it this time, and no end.
    perform_cut(&worker.base, &request, ends[3]);
    wait_for(&town, &worker, nonce(&request), 3);
    worker.go_on(&mut machine, |_, answer| answer);
    assert_eq!((worker.pending.len(), worker.superseded), (0, 0));
    assert_eq!(town.changes(), 6);
    worker.report();
    worker.sync();
    assert_eq!((worker.superseded, town.changes()), (0, 8));
    town.is_healthy();
}

/// A push of so many cases, as the services see it.
fn taking(worker: &mut Device, cases: usize) -> (Taking, Vec<Vec<u8>>) {
    for _ in 0..cases {
        worker.report();
    }
    let request = worker.sync_request(&mut finely());
    let presented = Presented::parse(header(&request, SESSION_HEADER)).unwrap();
    let mut messages = messages(&request).into_iter().map(|(message, _)| message);
    let said: SyncRequest = unpack(&messages.next().unwrap()).unwrap();
    let taking = Taking::begin(presented, said).ok().unwrap();
    (taking, messages.collect())
}

fn only_frame(body: &[u8]) -> Frame {
    let mut told = frames(body);
    assert_eq!(told.len(), 1);
    told.remove(0).0
}

#[test]
fn a_device_that_is_revoked_in_the_middle_is_listened_to_no_further() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (mut taking, parts) = taking(&mut worker, 3);
    let app = &town.hub.state;
    taking.take(app, &parts[0]).unwrap();
    let installation = worker.session.installation;
    app.store
        .writing(|write| write.revoke_installation(&installation, monday()))
        .unwrap();
    taking.take(app, &parts[1]).unwrap();
    taking.take(app, b"whatever it may be").unwrap();
    let Frame::Refused(refusal) = only_frame(&taking.finish(app).unwrap()) else {
        panic!("it is worked with");
    };
    assert_eq!(refusal.code, "revoked");
    assert_eq!(town.changes(), 2, "what was received before stays");
}

#[test]
fn a_body_whose_device_has_asked_again_meanwhile_is_listened_to_no_further_and_makes_no_clone() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (mut taking, parts) = taking(&mut worker, 3);
    let app = &town.hub.state;
    taking.take(app, &parts[0]).unwrap();
    worker.sync();
    let error = taking.take(app, &parts[1]).unwrap_err();
    assert_eq!(error.code(), "body_cut");
    let error = taking.finish(app).unwrap_err();
    assert_eq!(error.code(), "body_cut");
    worker.report();
    worker.sync();
    assert_eq!((worker.pending.len(), worker.superseded), (0, 0));
    assert_eq!(town.changes(), 8);
    assert!(town.hub.audit("store_lives_twice").is_empty());
    town.is_healthy();
}

#[test]
fn a_part_that_is_left_out_on_the_way_is_not_called_received() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    let mut shorter: Vec<Vec<u8>> = messages(&request).into_iter().map(|one| one.0).collect();
    shorter.pop();
    let (status, body) = perform(
        &worker.base,
        &with_messages(&request, &shorter, &worker.key),
    );
    worker.take(&mut machine, status, body);
    assert_eq!((worker.pending.len(), town.changes()), (1, 4));
    worker.go_on(&mut machine, |_, answer| answer);
    assert_eq!((worker.pending.len(), town.changes()), (0, 6));
    // In the middle the next one is out of its place, and so is a part of another push.
    for _ in 0..3 {
        worker.report();
    }
    let request = worker.sync_request(&mut machine);
    let mut shorter: Vec<Vec<u8>> = messages(&request).into_iter().map(|one| one.0).collect();
    shorter.remove(2);
    let (status, body) = perform(
        &worker.base,
        &with_messages(&request, &shorter, &worker.key),
    );
    worker.take(&mut machine, status, body);
    assert_eq!(worker.refusals.pop().unwrap().code, "wrong_signature");
    assert_eq!((worker.pending.len(), town.changes()), (3, 8));
    machine.start_round();
    worker.go_on(&mut machine, |_, answer| answer);
    assert_eq!((worker.pending.len(), town.changes()), (0, 12));
    town.is_healthy();
}

#[test]
fn a_body_that_was_changed_on_the_way_is_not_answered_and_parts_that_prove_themselves_stay() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    let mut shorter: Vec<Vec<u8>> = messages(&request).into_iter().map(|one| one.0).collect();
    shorter.pop();
    let changed = HttpRequest {
        body: with_messages(&request, &shorter, &worker.key).body,
        ..request
    };
    let (status, body) = perform(&worker.base, &changed);
    let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (status, &error["error"]["code"]),
        (403, &"content_digest_wrong".into())
    );
    worker.take(&mut machine, status, body);
    assert_eq!(
        (worker.pending.len(), town.changes()),
        (3, 4),
        "two parts are here"
    );
    worker.go_on(&mut machine, |_, answer| answer);
    assert_eq!((worker.pending.len(), town.changes()), (0, 6));
    assert_eq!(worker.superseded, 0);
    town.is_healthy();
}

#[test]
fn a_part_with_a_false_signature_is_refused_and_those_before_it_stay() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..3 {
        worker.report();
    }
    let mut machine = finely();
    let request = worker.sync_request(&mut machine);
    let mut altered: Vec<Vec<u8>> = messages(&request).into_iter().map(|one| one.0).collect();
    let mut part: ColumnPush = unpack(&altered[2]).unwrap();
    part.origin.signature[9] ^= 1;
    altered[2] = pack(&part);
    let (status, body) = perform(
        &worker.base,
        &with_messages(&request, &altered, &worker.key),
    );
    worker.take(&mut machine, status, body);
    assert_eq!(worker.refusals.pop().unwrap().code, "wrong_signature");
    assert_eq!((worker.pending.len(), town.changes()), (3, 2));
    assert_eq!(town.hub.audit("push_refused").len(), 1);
    machine.start_round();
    worker.go_on(&mut machine, |_, answer| answer);
    assert_eq!((worker.pending.len(), town.changes()), (0, 6));
    town.is_healthy();
}

#[test]
fn bodies_over_their_limits_are_refused() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..2 {
        worker.report();
    }
    let request = worker.sync_request(&mut finely());
    let whole: Vec<Vec<u8>> = messages(&request).into_iter().map(|one| one.0).collect();
    let status = |body: Vec<u8>| {
        let request = HttpRequest {
            body,
            ..request.clone()
        };
        perform(&worker.base, &resigned(request, &worker.key)).0
    };
    let announced = |length: u32| [&length.to_be_bytes()[..], b"not that much"].concat();
    assert_eq!(status(announced(u32::MAX)), 413);
    assert_eq!(status(announced(4 * 1024 * 1024)), 413);
    assert_eq!(status(vec![0; 4]), 400, "no request");
    assert_eq!(status(in_parts(b"<html>", [])), 400);
    assert_eq!(status(in_parts(&whole[0], [&b"<html>"[..]])), 400);
    let behind = [request.body.as_slice(), b"more"].concat();
    assert_eq!(status(behind), 400);
    let mut pushing: SyncRequest = unpack(&whole[0]).unwrap();
    pushing.columns = Some(unpack(&whole[1]).unwrap());
    assert_eq!(
        status(in_parts(&pack(&pushing), [])),
        400,
        "both ways at once"
    );
    let many = vec![whole[1].as_slice(); PARTS_MAX as usize + 1];
    assert_eq!(status(in_parts(&whole[0], many)), 413);
    assert_eq!(status(in_parts(&whole[0], [])), 200, "nothing pushed");
}

#[test]
fn a_body_that_comes_slowly_holds_nobody_up() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    for _ in 0..2 {
        worker.report();
    }
    let request = worker.sync_request(&mut finely());
    let ends: Vec<usize> = messages(&request).iter().map(|(_, end)| *end).collect();
    let address = worker.base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let mut bytes = format!("POST {} HTTP/1.1\r\nhost: {address}\r\n", request.path);
    for (name, value) in &request.headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str("connection: close\r\n");
    bytes.push_str(&format!("content-length: {}\r\n\r\n", request.body.len()));
    let (now, later) = request.body.split_at(ends[1] + 9);
    stream.write_all(&[bytes.as_bytes(), now].concat()).unwrap();
    wait_for(&town, &worker, nonce(&request), 1);
    let mut other = town.device("worker-putian-2", 2);
    other.report();
    other.sync();
    assert_eq!(other.pending.len(), 0, "others read and write meanwhile");
    assert_eq!(other.documents.len(), 2, "and see what has come");
    stream.write_all(later).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    assert_eq!(town.changes(), 6);
}
