//! Who signed a request is asked before anything else; what is refused, or repeated late, changes nothing.

use xunge_domain::case::{BlobReference, PhotoPurpose};
use xunge_domain::ids::{Digest, InstallationId};
use xunge_server::store::rows::InstallationRow;
use xunge_sync::device::{DeviceMachine, HttpRequest, Method};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::{
    ByteRange, CONTENT_DIGEST_HEADER, Frame, SESSION_HEADER, SIGNATURE_HEADER,
    SIGNATURE_INPUT_HEADER,
};

use crate::device::{Device, frames, perform, resigned};
use crate::hub::monday;
use crate::town::Town;

fn stranger() -> SoftwareKey {
    SoftwareKey::from_bytes(&[99; 32]).unwrap()
}

/// Status and stable code of a refusal.
fn refusal(device: &Device, request: &HttpRequest) -> (u16, String) {
    let (status, body) = perform(&device.base, request);
    let error: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let code = error["error"]["code"].as_str().unwrap_or_default();
    (status, code.to_owned())
}

/// What a request could change: the log, the device's row, the changes.
fn state(town: &Town, device: &Device) -> (usize, InstallationRow, usize) {
    let installation = device.session.installation;
    let store = &town.hub.state.store;
    let (lines, row) = store
        .reading(|read| {
            Ok::<_, xunge_server::store::StoreError>((
                read.audit_after(0, 10_000)?.len(),
                read.installation(&installation)?,
            ))
        })
        .unwrap();
    (lines, row.unwrap(), town.changes())
}

fn without(request: &HttpRequest, name: &str) -> HttpRequest {
    let mut request = request.clone();
    request.headers.retain(|(known, _)| known != name);
    request
}

#[test]
fn a_push_without_a_signature_that_holds_is_refused_before_anything_is_done() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    let request = worker.sync_request(&mut DeviceMachine::default());
    let before = state(&town, &worker);
    let missing = (403, "request_signature_missing".to_owned());
    let wrong = (403, "request_signature_wrong".to_owned());
    for name in [
        CONTENT_DIGEST_HEADER,
        SIGNATURE_INPUT_HEADER,
        SIGNATURE_HEADER,
    ] {
        assert_eq!(
            refusal(&worker, &without(&request, name)),
            missing,
            "{name}"
        );
    }
    let foreign = resigned(request.clone(), &stranger());
    assert_eq!(refusal(&worker, &foreign), wrong);
    let mut other_body = request.clone();
    other_body.body.push(0);
    let digest = (403, "content_digest_wrong".to_owned());
    assert_eq!(refusal(&worker, &other_body), digest);
    // A colleague's device may not speak for this one.
    let colleague = town.device("worker-putian-2", 2);
    let lines = state(&town, &worker).0;
    let signed = resigned(request.clone(), &colleague.key);
    assert_eq!(refusal(&worker, &signed), wrong);
    let after = state(&town, &worker);
    assert_eq!((after.0, &after.1, after.2), (lines, &before.1, before.2));
    assert_eq!(perform(&worker.base, &request).0, 200);
    assert_eq!(town.changes(), 2);
    town.is_healthy();
}

#[test]
fn a_stale_token_without_the_key_is_worth_nothing() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    worker.report();
    worker.sync();
    // Who knows an installation and nothing else.
    let mut thief = worker.clone();
    thief.pending.clear();
    thief.session.token = [9; 16];
    thief.key = stranger();
    let before = state(&town, &worker);
    let request = thief.sync_request(&mut DeviceMachine::default());
    let wrong = (403, "request_signature_wrong".to_owned());
    assert_eq!(refusal(&thief, &request), wrong);
    let unsigned = without(&request, SIGNATURE_HEADER);
    assert_eq!(refusal(&thief, &unsigned).0, 403);
    let blob = BlobReference {
        sha256: Digest::of(b"photo"),
        length: 5,
    };
    let range = ByteRange { from: 0, to: 5 };
    let when = (monday(), [5; 16]);
    let chunk = DeviceMachine::default().chunk(
        &thief.session,
        &blob,
        range,
        b"photo".to_vec(),
        when,
        &thief.key,
    );
    assert_eq!(refusal(&thief, &chunk.unwrap()), wrong);
    assert_eq!(state(&town, &worker), before, "no new name for anybody");
    worker.sync();
    assert_eq!(worker.superseded, 0);
    town.is_healthy();
}

#[test]
fn a_chunk_of_other_bytes_than_were_signed_leaves_nothing_behind() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let bytes = b"a photo of the scene".to_vec();
    let edit = worker.photo(&bytes, PhotoPurpose::Found, false);
    drop(edit);
    let blob = BlobReference {
        sha256: Digest::of(&bytes),
        length: bytes.len() as u64,
    };
    let range = ByteRange {
        from: 0,
        to: blob.length,
    };
    let request = worker.chunk_request(&mut DeviceMachine::default(), &blob, range);
    let mut bent = request.clone();
    bent.body[3] ^= 1;
    assert_eq!(
        refusal(&worker, &bent),
        (403, "content_digest_wrong".into())
    );
    let mut elsewhere = request.clone();
    for (name, value) in &mut elsewhere.headers {
        if name == "content-range" {
            *value = format!("bytes 1-{}/{}", blob.length, blob.length + 1);
        }
    }
    assert_eq!(
        refusal(&worker, &elsewhere),
        (403, "request_signature_wrong".into())
    );
    let store = &town.hub.state.store;
    let row = store.reading(|read| read.blob(&blob.sha256)).unwrap();
    assert!(row.is_none(), "nothing is noted of it");
    assert_eq!(perform(&worker.base, &request).0, 200);
    assert!(
        store
            .reading(|read| read.blob_stored(&blob.sha256))
            .unwrap()
    );
}

#[test]
fn a_request_that_is_repeated_late_makes_no_second_store() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut noted = Vec::new();
    for _ in 0..3 {
        worker.report();
        let mut machine = DeviceMachine::default();
        let request = worker.sync_request(&mut machine);
        let (status, body) = perform(&worker.base, &request);
        worker.take(&mut machine, status, body);
        noted.push(request);
    }
    let before = state(&town, &worker);
    for request in &noted[..2] {
        for _ in 0..2 {
            assert_eq!(refusal(&worker, request), (409, "request_repeated".into()));
        }
    }
    assert_eq!(state(&town, &worker), before);
    // The newest one may be the link's: it gets its answer again, and still changes nothing.
    assert_eq!(perform(&worker.base, &noted[2]).0, 200);
    assert_eq!(state(&town, &worker), before);
    worker.sync();
    assert_eq!(worker.superseded, 0);
    town.is_healthy();
}

#[test]
fn the_name_of_a_second_store_opens_nothing_before_its_key_has_signed() {
    let town = Town::new();
    let mut original = town.device("worker-putian", 1);
    original.report();
    let mut copy = original.clone();
    original.sync();
    original.sync();
    // The copy asks something of its own, and a bystander sees the answer.
    copy.report();
    let request = copy.sync_request(&mut DeviceMachine::default());
    let (_, body) = perform(&copy.base, &request);
    let Some((Frame::Superseded(given), _)) = frames(&body).pop() else {
        panic!("a second store gets a name of its own");
    };
    let base = town.hub.url.clone();
    let opened = |installation: InstallationId, token: &[u8]| {
        let token = data_encoding::HEXLOWER.encode(token);
        let request = HttpRequest {
            method: Method::Get,
            path: format!("/api/sync/packs/{}", Digest::of(b"any")),
            headers: vec![(SESSION_HEADER.into(), format!("{installation}.{token}"))],
            body: Vec::new(),
        };
        perform(&base, &request).0
    };
    assert_eq!(opened(given.installation, given.token.as_slice()), 401);
    let own = &original.session;
    assert_eq!(
        opened(own.installation, &own.token),
        404,
        "a device at work"
    );
    let mut machine = DeviceMachine::default();
    copy.take(&mut machine, 200, body);
    copy.sync();
    let own = &copy.session;
    assert_eq!(
        opened(own.installation, &own.token),
        404,
        "and so is the copy now"
    );
}
