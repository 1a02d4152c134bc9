//! Packs: a fresh device gets the documents of its beat as a file, over links that break, and ends up with what the
//! frames of the feed would have brought.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use xunge_domain::ids::DocumentId;
use xunge_server::app::App;
use xunge_server::pack_files::PackSizes;
use xunge_server::services::packs;
use xunge_server::store::StoreError;
use xunge_sync::device::{DeviceMachine, HttpRequest, Method, PACK_TROUBLES_MAX};
use xunge_sync::wire::{EndFrame, Frame, PackOffer, SyncRequest, pack, unpack};

use crate::device::{Device, frames, perform, resigned};
use crate::hub::monday;
use crate::town::Town;

/// Cases of the beat; with four documents a segment, a few segments.
const CASES: usize = 22;

fn town(from: u64) -> Town {
    Town::prepared(|app| App {
        packs: app.packs.with(PackSizes {
            from,
            segment_documents: 4,
            segment_bytes: usize::MAX,
        }),
        ..app
    })
}

/// A town in which a worker has reported cases, each with a comment.
fn busy_town(from: u64) -> (Town, Device) {
    let town = town(from);
    let mut worker = town.device("worker-putian", 1);
    report(&mut worker, CASES);
    (town, worker)
}

fn report(worker: &mut Device, cases: usize) {
    for number in 0..cases {
        let id = worker.report();
        worker.comment(id, &format!("第{number}处，已到现场"));
    }
    worker.sync();
}

/// Every change of every document, byte for byte.
fn contents(device: &Device) -> BTreeMap<DocumentId, Vec<Vec<u8>>> {
    let documents = device.documents.iter();
    documents
        .map(|(id, document)| {
            let mut changes: Vec<_> = document
                .changes()
                .into_iter()
                .map(|one| one.bytes)
                .collect();
            changes.sort();
            (*id, changes)
        })
        .collect()
}

/// What the frames of the feeds bring a device of the same person.
fn by_frames(town: &Town, person: &str) -> BTreeMap<DocumentId, Vec<Vec<u8>>> {
    let mut device = town.device(person, 90);
    let mut machine = DeviceMachine::default();
    machine.start_round();
    machine.speak_plain();
    device.go_on(&mut machine, |request, answer| {
        assert_ne!(request.method, Method::Get, "an old client");
        answer
    });
    contents(&device)
}

fn end(body: &[u8]) -> EndFrame {
    match frames(body).pop() {
        Some((Frame::End(end), _)) => end,
        other => panic!("no end: {other:?}"),
    }
}

/// A fresh device that has been offered the pack of its beat, and the pack.
fn offered(town: &Town, person: &str, number: u8) -> (Device, DeviceMachine, PackOffer) {
    let (mut device, mut machine) = (town.device(person, number), DeviceMachine::default());
    machine.start_round();
    let request = device.next_request(&mut machine).unwrap();
    let (status, body) = perform(&device.base, &request);
    let offers = end(&body).packs;
    device.take(&mut machine, status, body);
    assert_eq!(offers.len(), 1, "{offers:?}");
    let offer = offers.into_iter().next().unwrap();
    (device, machine, offer)
}

fn ask(device: &Device, offer: &PackOffer, headers: &[(&str, &str)]) -> HttpRequest {
    let token = data_encoding::HEXLOWER.encode(&device.session.token);
    let session = format!("{}.{token}", device.session.installation);
    let shown = ("xunge-session", session.as_str());
    let headers = headers.iter().chain([&shown]);
    HttpRequest {
        method: Method::Get,
        path: format!("/api/sync/packs/{}", offer.sha256),
        headers: headers
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        body: Vec::new(),
    }
}

fn files(town: &Town) -> usize {
    fs::read_dir(town.hub.folder().packs()).map_or(0, Iterator::count)
}

#[test]
fn a_pack_brings_what_the_frames_would_and_each_change_once() {
    let (town, worker) = busy_town(5);
    // Somebody else's fresh device, and one of the worker, whose own feed holds the same cases once more.
    for (person, number) in [("worker-putian-2", 2), ("worker-putian", 3)] {
        let (mut device, mut machine, offer) = offered(&town, person, number);
        assert!(device.pulled.is_empty(), "the pack first, then the feeds");
        let mut fetched = 0;
        device.go_on(&mut machine, |request, (status, body)| {
            if request.method == Method::Get {
                fetched += body.len() as u64;
            }
            (status, body)
        });
        assert_eq!(fetched, offer.length);
        assert_eq!(device.cursors[&offer.scope], offer.seq);
        assert_eq!(contents(&device), contents(&worker));
        assert_eq!(contents(&device), by_frames(&town, person));
        let mut seen = device.pulled.clone();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), device.pulled.len(), "each change once");
        assert_eq!((device.unresolved, device.packs.len()), (0, 0));
    }
    assert_eq!(files(&town), 1, "made once");
    town.is_healthy();
}

#[test]
fn few_documents_and_devices_without_the_capability_go_by_frames() {
    let (town, worker) = busy_town(CASES as u64 + 1);
    let mut device = town.device("worker-putian-2", 2);
    device.sync();
    assert_eq!(contents(&device), contents(&worker));
    assert_eq!(files(&town), 0);

    let (town, worker) = busy_town(CASES as u64);
    let (mut old, mut machine) = (town.device("worker-putian-2", 2), DeviceMachine::default());
    let request = old.sync_request(&mut machine);
    let mut message: SyncRequest = unpack(&request.body).unwrap();
    message.capabilities.retain(|name| name != "packs");
    let request = HttpRequest {
        body: pack(&message),
        ..request
    };
    let (status, body) = perform(&old.base, &resigned(request, &old.key));
    assert_eq!(end(&body).packs, []);
    old.take(&mut machine, status, body);
    old.go_on(&mut machine, |request, answer| {
        assert_ne!(request.method, Method::Get);
        answer
    });
    assert_eq!(contents(&old), contents(&worker));
    // A device that knows its feed goes on in it.
    let mut other = town.device("worker-putian-2", 3);
    other.sync();
    assert_eq!(files(&town), 1);
    report(&mut other, 1);
    let (mut later, mut machine) = (other.clone(), DeviceMachine::default());
    machine.start_round();
    later.go_on(&mut machine, |request, answer| {
        assert_ne!(request.method, Method::Get);
        answer
    });
}

#[test]
fn cut_anywhere_it_goes_on_and_sends_hardly_more_than_the_pack() {
    let (town, worker) = busy_town(5);
    for (number, every) in [(10, 97), (11, 400), (12, 1_000), (13, 2_500)] {
        let (mut device, mut machine, offer) = offered(&town, "worker-putian-2", number);
        let (mut sent, mut cuts) = (0, 0);
        device.go_on(&mut machine, |request, (status, mut body)| {
            if request.method == Method::Get {
                cuts += usize::from(body.len() > every);
                body.truncate(every);
                sent += body.len() as u64;
            }
            (status, body)
        });
        assert!(cuts >= 2, "{cuts} cuts of {}", offer.length);
        assert!(
            sent * 100 <= offer.length * 105,
            "{sent} of {}",
            offer.length
        );
        assert_eq!(contents(&device), contents(&worker), "cut at every {every}");
    }
}

#[test]
fn a_kill_between_segments_costs_the_one_under_way() {
    let (town, worker) = busy_town(5);
    let (mut device, mut machine, offer) = offered(&town, "worker-putian-2", 2);
    let (mut sent, mut kills, mut first) = (0, 0, 0);
    while let Some(request) = device.next_request(&mut machine) {
        let (status, mut body) = perform(&device.base, &request);
        if request.method != Method::Get {
            device.take(&mut machine, status, body);
            continue;
        }
        let before = device.packs[&offer.scope].taken;
        // A little more each time than the largest segment, so that the cut lies inside the next.
        body.truncate(2_000);
        sent += body.len() as u64;
        device.take(&mut machine, status, body);
        let taken = device
            .packs
            .get(&offer.scope)
            .map_or(offer.length, |pack| pack.taken);
        assert!(taken > before, "a whole segment");
        if first == 0 {
            first = taken;
        }
        // The app is killed: what is not in the store is gone.
        machine = DeviceMachine::default();
        kills += 1;
        if taken == offer.length {
            machine.start_round();
        }
    }
    assert!(kills >= 3 && first < offer.length / 2, "{kills}, {first}");
    assert!(sent < offer.length * 2, "{sent} of {}", offer.length);
    assert_eq!(contents(&device), contents(&worker));
    assert_eq!(device.packs.len(), 0);
}

#[test]
fn only_a_device_whose_person_sees_the_scope_gets_the_pack() {
    let (town, _) = busy_town(5);
    let (device, _, offer) = offered(&town, "worker-putian-2", 2);
    let status = |device: &Device| perform(&town.hub.url, &ask(device, &offer, &[])).0;
    assert_eq!(status(&device), 200);
    assert_eq!(status(&device), 200, "the token is not used up");
    let mut far = town.device("worker-erqi", 3);
    assert_eq!(status(&far), 404);
    far.sync();
    assert_eq!(far.superseded, 0);
    let mut stranger = device.clone();
    stranger.session.token = [0; 16];
    assert_eq!(status(&stranger), 401);
    let mut none = ask(&device, &offer, &[]);
    none.headers.clear();
    assert_eq!(perform(&town.hub.url, &none).0, 401);
    for path in [
        "/api/sync/packs/nonsense".to_owned(),
        format!("/api/sync/packs/{}", "0".repeat(64)),
    ] {
        let asked = HttpRequest {
            path,
            ..ask(&device, &offer, &[])
        };
        let (status, body) = perform(&town.hub.url, &asked);
        let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (status, &error["error"]["code"]),
            (404, &"not_found".into())
        );
    }
    let revoke = |write: &mut dyn xunge_server::store::HubTransaction| {
        write.revoke_installation(&device.session.installation, monday())
    };
    town.hub
        .state
        .store
        .writing::<_, StoreError>(revoke)
        .unwrap();
    assert_eq!(status(&device), 403);
}

#[test]
fn ranges_and_tags_are_those_of_http() {
    let (town, _) = busy_town(5);
    let (device, _, offer) = offered(&town, "worker-putian-2", 2);
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let get = |headers: &[(&str, &str)]| {
        let asked = ask(&device, &offer, headers);
        let mut builder = agent.get(format!("{}{}", town.hub.url, asked.path));
        for (name, value) in &asked.headers {
            builder = builder.header(name, value);
        }
        let mut response = builder.call().unwrap();
        let header = |name: &str| {
            let value = response.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        let said = (
            header("content-range"),
            header("content-length"),
            header("etag"),
        );
        (
            response.status().as_u16(),
            said,
            response.body_mut().read_to_vec().unwrap(),
        )
    };
    let tag = format!("\"{}\"", offer.sha256);
    let length = offer.length;
    let (status, (range, said, etag), whole) = get(&[]);
    assert_eq!(
        (status, range, etag.as_deref()),
        (200, None, Some(tag.as_str()))
    );
    assert_eq!(said, Some(length.to_string()));
    assert_eq!(xunge_domain::ids::Digest::of(&whole), offer.sha256);
    let (status, (range, said, etag), part) = get(&[("range", "bytes=10-19")]);
    assert_eq!((status, part.as_slice()), (206, &whole[10..20]));
    assert_eq!(range, Some(format!("bytes 10-19/{length}")));
    assert_eq!(
        (said.as_deref(), etag.as_deref()),
        (Some("10"), Some(tag.as_str()))
    );
    let (status, _, part) = get(&[("range", "bytes=-7")]);
    assert_eq!((status, part.as_slice()), (206, &whole[whole.len() - 7..]));
    let beyond = format!("bytes={length}-");
    let (status, (range, ..), body) = get(&[("range", &beyond)]);
    assert_eq!((status, range), (416, Some(format!("bytes */{length}"))));
    let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(error["error"]["code"], "range_not_there");
    let weak = format!("\"x\", W/{tag}");
    for known in [tag.as_str(), "*", &weak] {
        let (status, (_, _, etag), body) = get(&[("if-none-match", known)]);
        assert_eq!((status, body.len()), (304, 0));
        assert_eq!(etag.as_deref(), Some(tag.as_str()));
    }
    assert_eq!(get(&[("if-none-match", "\"other\"")]).0, 200);
    let (status, _, part) = get(&[("range", "bytes=1-2"), ("if-range", &tag)]);
    assert_eq!((status, part.len()), (206, 2));
    assert_eq!(
        get(&[("range", "bytes=1-2"), ("if-range", "\"other\"")]).0,
        200
    );
}

#[test]
fn a_tampered_segment_is_refused_and_the_frames_take_over() {
    let (town, worker) = busy_town(5);
    for (number, at) in [(20, 0), (21, 30), (22, 2_000), (23, usize::MAX)] {
        let (mut device, mut machine, offer) = offered(&town, "worker-putian-2", number);
        let at = at.min(usize::try_from(offer.length).unwrap() - 1);
        let mut answers = 0;
        device.go_on(&mut machine, |request, (status, mut body)| {
            if request.method == Method::Get {
                answers += 1;
                let from = usize::try_from(offer.length).unwrap() - body.len();
                body[at - from] ^= 1;
            }
            (status, body)
        });
        assert_eq!(answers, PACK_TROUBLES_MAX, "byte {at}");
        assert_eq!(contents(&device), contents(&worker), "byte {at}");
        assert_eq!((device.packs.len(), device.unresolved), (0, 0));
    }
}

#[test]
fn what_is_written_while_a_pack_is_fetched_is_not_lost() {
    let (town, mut worker) = busy_town(5);
    let (mut device, mut machine, offer) = offered(&town, "worker-putian-2", 2);
    let first = *worker.documents.keys().next().unwrap();
    let mut parts = 0;
    device.go_on(&mut machine, |request, (status, mut body)| {
        if request.method == Method::Get {
            parts += 1;
            body.truncate(1_500);
            // An old case and a new one, in the middle of it.
            worker.comment(first, &format!("补充 {parts}"));
            report(&mut worker, 1);
        }
        (status, body)
    });
    assert!(parts >= 3, "{parts}");
    worker.sync();
    device.sync();
    assert_eq!(contents(&device), contents(&worker));
    assert!(device.cursors[&offer.scope] > offer.seq);
    assert_eq!(device.unresolved, 0);
    town.is_healthy();
}

#[test]
fn a_pack_is_made_anew_once_its_feed_has_moved_on_and_the_old_one_is_gone() {
    let (town, mut worker) = busy_town(5);
    let (mut slow, mut slow_machine, first) = offered(&town, "worker-putian-2", 2);
    // It has the first segment when the pack goes away.
    let request = slow.next_request(&mut slow_machine).unwrap();
    let (status, mut body) = perform(&slow.base, &request);
    body.truncate(2_000);
    slow.take(&mut slow_machine, status, body);
    assert!(slow.packs[&first.scope].taken > 0);

    report(&mut worker, 1);
    let (_, _, same) = offered(&town, "worker-putian-2", 3);
    assert_eq!(same, first, "the feed has hardly moved");
    report(&mut worker, 12);
    let (mut device, mut machine, second) = offered(&town, "worker-putian-2", 4);
    assert!(second.seq > first.seq && second.sha256 != first.sha256);
    assert_eq!(files(&town), 1);
    assert_eq!(perform(&town.hub.url, &ask(&device, &first, &[])).0, 404);
    device.go_on(&mut machine, |_, answer| answer);
    assert_eq!(contents(&device), contents(&worker));

    slow.go_on(&mut slow_machine, |_, answer| answer);
    assert_eq!(contents(&slow), contents(&worker));
    assert_eq!(slow.cursors, device.cursors);
    // Another process over the same folder knows what lies there.
    let beside = town.hub.beside();
    let kept = beside.packs.kept(&second.scope).unwrap();
    assert_eq!((kept.sha256, kept.seq), (second.sha256, second.seq));
}

#[test]
fn a_folder_that_cannot_be_written_leaves_the_frames() {
    let town = town(5);
    fs::write(town.hub.folder().packs(), b"no folder").unwrap();
    let mut worker = town.device("worker-putian", 1);
    report(&mut worker, CASES);
    let mut device = town.device("worker-putian-2", 2);
    device.sync();
    assert_eq!(contents(&device), contents(&worker));
}

#[test]
fn nothing_is_counted_for_a_device_that_knows_its_feeds() {
    let (town, worker) = busy_town(5);
    let scopes = xunge_domain::scope::Scope::of(&worker.person);
    let cursors: Vec<_> = scopes.iter().map(|scope| (scope.clone(), 1)).collect();
    let offers = |cursors: &[_], packed: &[_], sent: &HashSet<DocumentId>| {
        packs::offers(&town.hub.state, &scopes, cursors, packed, sent).unwrap()
    };
    let none_sent = HashSet::new();
    let none = offers(&cursors, &[], &none_sent);
    assert_eq!(none, []);
    let all = offers(&[], &[], &none_sent);
    assert_eq!(all.len(), 1, "what the beat brings is not packed again");
    let sent: HashSet<DocumentId> = worker.documents.keys().copied().collect();
    assert_eq!(
        offers(&[], &[], &sent),
        [],
        "what it has just pushed is not packed for it"
    );
    let few = sent.iter().take(CASES / 4).copied().collect();
    assert_eq!(offers(&[], &[], &few), all, "but the others are");
    let packed: Vec<_> = all.into_iter().map(|offer| offer.scope).collect();
    let rest = offers(&[], &packed, &none_sent);
    assert_eq!(rest, []);
    // A hole: the beat is known to its end, and the person's own feed begins again. It is sent whole.
    let hole: Vec<_> = packed.iter().map(|scope| (scope.clone(), 1_000)).collect();
    let again = offers(&hole, &[], &none_sent);
    assert_eq!(again.len(), 1);
    assert!(again[0].scope.to_string().starts_with("person:"));
}
