//! Pushes that are not what they say.

use xunge_documents::Edit;
use xunge_domain::case::{Act, Action, Note};
use xunge_domain::ids::{Digest, IntentId};
use xunge_server::services::sync::OFFERS_MAX;
use xunge_sync::device::{DeviceMachine, HttpRequest};
use xunge_sync::keys::SoftwareKey;
use xunge_sync::wire::columns::{ActorNames, Effort, encode};
use xunge_sync::wire::{Frame, Origin, RefusedChanges, SyncRequest, Verdict, pack, unpack};

use crate::device::{Device, frames, perform, resigned};
use crate::hub::monday;
use crate::town::{Town, person};

fn altered(
    request: &HttpRequest,
    key: &SoftwareKey,
    alter: impl FnOnce(&mut SyncRequest),
) -> HttpRequest {
    let mut message: SyncRequest = unpack(&request.body).unwrap();
    alter(&mut message);
    let altered = HttpRequest {
        body: pack(&message),
        ..request.clone()
    };
    resigned(altered, key)
}

fn origin(request: &mut SyncRequest) -> &mut Origin {
    match (&mut request.push, &mut request.columns) {
        (Some(push), _) => &mut push.origin,
        (None, Some(push)) => &mut push.origin,
        (None, None) => panic!("nothing is pushed"),
    }
}

fn without_documents(request: &mut SyncRequest) {
    if let Some(push) = &mut request.push {
        push.documents.clear();
    }
    if let Some(push) = &mut request.columns {
        let names = ActorNames::default();
        push.batch = encode(&[], &names, Effort::Quick).unwrap().into();
    }
}

fn refused(town: &Town, device: &mut Device, alter: impl FnOnce(&mut SyncRequest)) -> String {
    let mut machine = DeviceMachine::default();
    let request = device.sync_request(&mut machine);
    let request = altered(&request, &device.key, alter);
    let (status, body) = perform(&device.base, &request);
    device.take(&mut machine, status, body);
    assert_eq!(town.changes(), 0, "nothing is merged");
    device.refusals.pop().unwrap().code
}

#[test]
fn a_signature_that_does_not_hold_and_a_foreign_origin_are_refused_whole() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let other = town.device("worker-putian-2", 2);
    worker.report();
    let code = refused(&town, &mut worker, |request| {
        origin(request).signature[9] ^= 1;
    });
    assert_eq!(code, "wrong_signature");
    let code = refused(&town, &mut worker, |request| {
        without_documents(request);
    });
    assert_eq!(code, "wrong_signature", "the digest is over what is there");
    let code = refused(&town, &mut worker, |request| {
        origin(request).installation = other.session.installation;
    });
    assert_eq!(code, "foreign_origin");
    assert_eq!(town.hub.audit("push_refused").len(), 3);
    worker.sync();
    assert_eq!(town.changes(), 2, "the honest push goes through");
    town.is_healthy();
}

#[test]
fn forgeries_are_quarantined_and_answered_alike_the_next_time() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let id = worker.report();
    worker.sync();
    let note = |author: &str| Note {
        author: person(author),
        at: monday(),
        text: "不是我写的".into(),
    };
    let accept = Action {
        author: person("clerk"),
        at: monday(),
        act: Act::Accept,
        seal: None,
        session: None,
    };
    type Forge<'a> = &'a dyn Fn(IntentId, IntentId) -> Edit;
    let forgeries: [(&str, Forge<'_>); 3] = [
        ("forged_author", &|own, _| {
            Edit::Comment(own, note("worker-putian"))
        }),
        ("anothers_entry", &|_, foreign| {
            Edit::Comment(foreign, note("worker-putian-2"))
        }),
        ("forged_author", &|own, _| Edit::Action(own, accept.clone())),
    ];
    for ((code, forge), number) in forgeries.into_iter().zip(2..) {
        let mut forger = town.device("worker-putian-2", number);
        forger.sync();
        let edit = forge(forger.intent_id(), worker.intent_id());
        let hash = forger.write(id, vec![edit]);
        let pending = forger.pending.clone();
        for _ in 0..2 {
            forger.pending.clone_from(&pending);
            forger.verdicts.clear();
            forger.sync();
            let [(document, told, verdict)] = &forger.verdicts[..] else {
                panic!("{:?}", forger.verdicts);
            };
            assert_eq!((*document, *told), (id, hash));
            assert!(
                matches!(verdict, Verdict::Quarantined { code: found, zh, en }
                    if found == code && !zh.is_ascii() && !en.is_empty()),
                "{code}: {verdict:?}"
            );
        }
    }
    assert_eq!(town.changes(), 2, "report and ruling");
    assert_eq!(town.hub.audit("quarantined").len(), 3, "each once");
    town.is_healthy();
}

#[test]
fn what_follows_a_quarantined_change_is_blocked_and_other_documents_are_not() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let (bad, good) = (worker.report(), worker.report());
    worker.sync();
    let forged = Note {
        author: person("clerk"),
        at: monday(),
        text: "同意".into(),
    };
    let edit = Edit::Hazard(worker.intent_id(), forged);
    worker.write(bad, vec![edit]);
    worker.comment(bad, "建在其上");
    worker.comment(good, "另一件");
    worker.verdicts.clear();
    worker.sync();
    let verdicts: Vec<&Verdict> = worker
        .verdicts
        .iter()
        .map(|(_, _, verdict)| verdict)
        .collect();
    assert!(
        matches!(
            verdicts[..],
            [
                Verdict::Quarantined { .. },
                Verdict::Blocked,
                Verdict::Received
            ]
        ),
        "{verdicts:?}"
    );
    town.is_healthy();
}

#[test]
fn strangers_and_revoked_devices_are_told_apart_and_requests_have_limits() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut machine = DeviceMachine::default();
    let request = worker.sync_request(&mut machine);
    let with = |name: &str, value: &str| {
        let mut request = request.clone();
        let header = request.headers.iter_mut().find(|(known, _)| known == name);
        value.clone_into(&mut header.unwrap().1);
        request
    };
    let code = |request: &HttpRequest| {
        let (status, body) = perform(&town.hub.url, request);
        let error: serde_json::Value = serde_json::from_slice(&body).unwrap();
        (status, error["error"]["code"].as_str().unwrap().to_owned())
    };
    let stranger = format!("{}.{}", "0".repeat(32), "0".repeat(32));
    assert_eq!(
        code(&with("xunge-session", &stranger)),
        (401, "device_unknown".into())
    );
    assert_eq!(code(&with("xunge-session", "x")).0, 401);
    assert_eq!(
        code(&with("xunge-wire", "of-tomorrow")),
        (406, "wire_unknown".into())
    );
    let mut garbage = request.clone();
    garbage.body = b"<html>".to_vec();
    let garbage = resigned(garbage, &worker.key);
    assert_eq!(code(&garbage), (400, "bad_request".into()));
    let offer = xunge_domain::case::BlobReference {
        sha256: xunge_domain::ids::Digest::of(b"photo"),
        length: 5,
    };
    let offers = |count| {
        let request = altered(&request, &worker.key, |request| {
            request.offers = vec![offer; count]
        });
        perform(&town.hub.url, &request).0
    };
    assert_eq!(offers(OFFERS_MAX), 200);
    assert_eq!(offers(OFFERS_MAX + 1), 413);
    let installation = worker.session.installation;
    town.hub
        .state
        .store
        .writing(|write| write.revoke_installation(&installation, monday()))
        .unwrap();
    worker.report();
    worker.sync();
    assert_eq!(worker.refusals[0].code, "revoked");
    assert_eq!((worker.pending.len(), town.changes()), (1, 0));
}

/// As after a hub was put back to before a colleague was given this beat: he is no party of the case any more, and what
/// his comment was read by builds on something that will never be merged.
#[test]
fn whose_work_builds_on_a_refused_comment_is_told_which() {
    let town = Town::new();
    let mut worker = town.device("worker-putian", 1);
    let mut colleague = town.device("worker-erqi", 2);
    let case = worker.report();
    worker.sync();
    let here = worker.documents[&case].clone();
    colleague.documents.insert(case, here);
    let theirs = colleague.comment(case, "同事");
    worker
        .documents
        .insert(case, colleague.documents[&case].clone());
    colleague.sync();
    worker.comment(case, "本人");

    let mut machine = DeviceMachine::default();
    let mut refused = Vec::new();
    worker.go_on(&mut machine, |_, (status, body)| {
        for (frame, _) in frames(&body) {
            if let Frame::End(end) = frame {
                refused.extend(end.refused);
            }
        }
        (status, body)
    });
    let named = RefusedChanges {
        document: case,
        changes: vec![Digest::from_bytes(*theirs.as_bytes())],
    };
    assert_eq!(refused, [named]);
    let (_, _, verdict) = worker.verdicts.pop().unwrap();
    assert!(
        matches!(&verdict, Verdict::Quarantined { code, .. } if code == "builds_on_refused"),
        "{verdict:?}"
    );
    // The author of the refused one is told nothing of it as of somebody else's.
    let request = colleague.sync_request(&mut machine);
    let (_, body) = perform(&colleague.base, &request);
    let end = frames(&body).pop().unwrap().0;
    assert!(matches!(end, Frame::End(end) if end.refused.is_empty()));

    town.is_healthy();
}
