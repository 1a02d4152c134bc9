//! What an answer means: whole, cut, strange, late.

use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_sync::device::{HttpAnswer, LinkProblem, Outlook, Step};
use xunge_sync::hub::OpenedPush;
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{FrameWriter, SESSION_HEADER, SyncRequest, Verdict, WIRE_HEADER, unpack};

use crate::desk::{
    CASE, Desk, NOW, answered, body, commits, end, head, pending, problem, scope, verdicts,
};

fn quarantined() -> Verdict {
    Verdict::Quarantined {
        code: "wrong_form".into(),
        zh: "过长".into(),
        en: "too long".into(),
    }
}

#[test]
fn a_request_says_who_asks_and_is_signed_over_what_it_pushes() {
    let mut desk = Desk::due();
    let other = DocumentId::from_bytes([3; 16]);
    let change = |number: u8| {
        let mut pending = pending(CASE, &[]);
        let bytes = vec![number; 3];
        pending.changes.push(xunge_sync::device::PendingChange {
            hash: xunge_sync::hub::name_of(&bytes),
            bytes,
            signature: (number == 6).then_some([4; 64]),
        });
        pending.changes.remove(0)
    };
    let mut first = pending(CASE, &[]);
    first.changes = vec![change(5), change(6)];
    let mut second = pending(other, &[]);
    second.changes = vec![change(7)];
    let request = desk.sync_with(&[first, second], &Outlook::default());
    assert_eq!(request.path, "/api/sync");
    let header = |name: &str| {
        let found = request.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(header(WIRE_HEADER), Some("plain"));
    let session = format!("{}.{}", "01".repeat(16), "02".repeat(16));
    assert_eq!(header(SESSION_HEADER), Some(session.as_str()));
    let message: SyncRequest = unpack(&request.body).unwrap();
    assert_eq!(*message.nonce, desk.nonce);
    assert_eq!((message.epoch, message.device_time), (3, NOW));
    assert_eq!(message.cursors, [(scope(), 4)]);
    let push = message.push.expect("a push");
    let key = desk.signer.public_key();
    let signed = |push: &xunge_sync::wire::Push| OpenedPush::plain(push).is_signed_by(&key);
    assert!(signed(&push));
    let mut swapped = push.clone();
    swapped.documents.swap(0, 1);
    assert!(!signed(&swapped));
    let mut moved = push.clone();
    let change = moved.documents[0].changes.remove(1);
    moved.documents[1].changes.insert(0, change);
    assert!(!signed(&moved));
    let mut shorter = push.clone();
    shorter.documents.pop();
    assert!(!signed(&shorter));
    let mut elsewhere = push;
    elsewhere.origin.installation = InstallationId::from_bytes([5; 16]);
    assert!(!signed(&elsewhere));
}

#[test]
fn what_the_pinned_key_did_not_sign_for_this_request_is_nobodys_receipt() {
    let frames = [
        head(vec![verdicts(CASE, vec![Verdict::Received])]),
        end(vec![], false),
    ];
    let other_key = SoftwareKey::from_bytes(&[9; 32]).unwrap();
    let mut desk = Desk::due();
    desk.push(&[1]);
    let mut writer = FrameWriter::new(&other_key, desk.nonce);
    frames.iter().for_each(|frame| writer.push(frame));
    let bodies = [
        b"<!doctype html><html><body>Login</body></html>".to_vec(),
        br#"{"error":{"code":"device_unknown"}}"#.to_vec(),
        writer.finish(),
        body([0xEE; 16], &frames),
        vec![0xFF; 10],
    ];
    for foreign in bodies {
        for status in [200, 302, 404, 511] {
            let mut desk = Desk::due();
            desk.push(&[1]);
            let effects = desk.machine.on_answer(answered(status, foreign.clone()));
            assert_eq!(effects.len(), 1, "nothing is committed");
            let (_, why) = problem(&effects).expect("a retry");
            let expected = if status == 511 {
                LinkProblem::Server { status }
            } else {
                LinkProblem::Foreign { status }
            };
            assert_eq!(why, expected);
            assert!(matches!(desk.step(&Outlook::default()), Step::Sync { .. }));
        }
    }
}

#[test]
fn a_server_in_trouble_is_not_believed_whatever_it_says() {
    for status in [429, 500, 502, 503, 599] {
        let mut desk = Desk::due();
        desk.push(&[1]);
        let body = body(desk.nonce, &[head(vec![]), end(vec![], false)]);
        let effects = desk.machine.on_answer(answered(status, body));
        assert_eq!(effects.len(), 1);
        let (_, why) = problem(&effects).expect("a retry");
        assert_eq!(why, LinkProblem::Server { status });
    }
}

#[test]
fn an_answer_to_an_earlier_request_is_not_one_to_the_present_one() {
    let mut desk = Desk::due();
    desk.push(&[1]);
    let late = body(
        desk.nonce,
        &[
            head(vec![verdicts(CASE, vec![Verdict::Received])]),
            end(vec![], false),
        ],
    );
    desk.machine.on_answer(HttpAnswer::Unreachable);
    desk.push(&[2]);
    let effects = desk.machine.on_answer(answered(200, late));
    assert_eq!(commits(&effects), [], "change 2 would be called received");
}

#[test]
fn a_round_that_settles_nothing_is_not_repeated_without_end() {
    let waiting = Outlook {
        changes_pending: true,
        ..Outlook::default()
    };
    for (verdict, again) in [
        (Verdict::Received, true),
        (quarantined(), true),
        (Verdict::Blocked, false),
        (Verdict::NeedFrom(1), false),
    ] {
        let mut desk = Desk::new();
        desk.push(&[1]);
        desk.answer(&[
            head(vec![verdicts(CASE, vec![verdict.clone()])]),
            end(vec![], false),
        ]);
        let asked = matches!(desk.step(&waiting), Step::Sync { .. });
        assert_eq!(asked, again, "{verdict:?}");
    }
}
