//! What an answer means: whole, cut, strange, late.

use xunge_domain::ids::{DocumentId, InstallationId};
use xunge_sync::device::{Effect, HttpAnswer, LinkProblem, Outlook, Step};
use xunge_sync::hub::verify_push;
use xunge_sync::keys::{Signer as _, SoftwareKey};
use xunge_sync::wire::{
    Frame, FrameWriter, SESSION_HEADER, SupersededFrame, SyncRequest, Verdict, WIRE_HEADER, unpack,
};

use crate::desk::{
    CASE, Desk, NEXT_TOKEN, NOW, answered, body, commits, documents, end, hash, head, pending,
    problem, refusal, scope, verdicts,
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
    assert!(verify_push(&push, &desk.signer.public_key()));
    let signed = |push: &xunge_sync::wire::Push| verify_push(push, &desk.signer.public_key());
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
fn a_whole_answer_becomes_commits_in_its_order_and_the_round_is_over() {
    let mut desk = Desk::due();
    desk.push(&[1, 2, 3]);
    let told = vec![Verdict::Received, quarantined(), Verdict::Blocked];
    let effects = desk.answer(&[
        head(vec![verdicts(CASE, told.clone())]),
        documents(5),
        documents(6),
        end(vec![], false),
    ]);
    let commits = commits(&effects);
    assert_eq!(commits.len(), effects.len(), "nothing but commits");
    assert_eq!(commits[0].session, Some((NEXT_TOKEN, 3, NOW)));
    let paired: Vec<_> = [1, 2, 3].map(hash).into_iter().zip(told).collect();
    assert_eq!(commits[0].verdicts, [(CASE, paired)]);
    assert_eq!(commits[1].cursors, [(scope(), 5)]);
    assert_eq!(commits[2].cursors, [(scope(), 6)]);
    assert_eq!(desk.step(&Outlook::default()), Step::Done);
    assert_eq!(desk.machine.failures(), 0);
}

#[test]
fn more_in_the_feeds_is_asked_for_at_once() {
    let mut desk = Desk::due();
    desk.sync();
    desk.answer(&[head(vec![]), documents(5), end(vec![], true)]);
    assert!(matches!(desk.step(&Outlook::default()), Step::Sync { .. }));
    desk.sync();
    desk.answer(&[head(vec![]), end(vec![], false)]);
    assert_eq!(desk.step(&Outlook::default()), Step::Done);
}

#[test]
fn a_cut_at_any_byte_keeps_the_whole_frames_before_it_and_asks_again() {
    let frames = [
        head(vec![verdicts(CASE, vec![Verdict::Received])]),
        documents(5),
        end(vec![], false),
    ];
    let mut whole = Desk::due();
    whole.push(&[1]);
    let all = commits(&whole.answer(&frames));
    let length = body(whole.nonce, &frames).len();
    let mut kept = 0;
    for cut in 0..length {
        let mut desk = Desk::due();
        desk.push(&[1]);
        let body = body(desk.nonce, &frames);
        let effects = desk.machine.on_answer(answered(200, body[..cut].to_vec()));
        let (_, why) = problem(&effects).expect("a retry");
        let expected = if cut == 0 {
            LinkProblem::Unreachable
        } else {
            LinkProblem::Cut
        };
        assert_eq!(why, expected, "cut at {cut}");
        let commits = commits(&effects);
        assert!(
            all.starts_with(&commits) && commits.len() >= kept,
            "cut at {cut}"
        );
        kept = commits.len();
        assert!(matches!(desk.step(&Outlook::default()), Step::Sync { .. }));
        assert_eq!(desk.machine.failures(), 1);
    }
    assert_eq!(kept, 2, "the last frame alone was lost at the last byte");
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
fn a_late_or_repeated_answer_means_nothing() {
    let mut desk = Desk::due();
    let frames = [head(vec![]), documents(5), end(vec![], false)];
    assert_eq!(desk.answer(&frames), [], "nobody asked");
    desk.sync();
    let effects = desk.answer(&frames);
    assert_eq!(effects.len(), 2, "the end alone says nothing to commit");
    assert_eq!(desk.answer(&frames), []);
    assert_eq!(desk.machine.on_answer(HttpAnswer::Unreachable), []);
    assert_eq!(desk.machine.failures(), 0);
    assert_eq!(desk.step(&Outlook::default()), Step::Done);
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
fn verdicts_of_another_shape_than_the_push_leave_changes_pending() {
    let other = DocumentId::from_bytes([3; 16]);
    let received = |count: usize| vec![Verdict::Received; count];
    for told in [
        vec![],
        vec![verdicts(CASE, received(0))],
        vec![verdicts(CASE, received(1))],
        vec![verdicts(CASE, received(3))],
        vec![verdicts(other, received(2))],
    ] {
        let mut desk = Desk::due();
        desk.push(&[1, 2]);
        let effects = desk.answer(&[head(told), end(vec![], false)]);
        assert_eq!(commits(&effects)[0].verdicts, []);
    }
}

#[test]
fn a_superseded_device_goes_on_at_once_as_somebody_else() {
    let mut desk = Desk::due();
    desk.push(&[1]);
    let installation = InstallationId::from_bytes([6; 16]);
    let frame = Frame::Superseded(SupersededFrame {
        installation,
        token: [5; 16].into(),
    });
    let token = [5; 16];
    let superseded = Effect::Superseded {
        installation,
        token,
    };
    assert_eq!(desk.answer(&[frame]), [superseded]);
    assert!(matches!(desk.step(&Outlook::default()), Step::Sync { .. }));
}

#[test]
fn a_refused_device_stops_until_it_is_told_to_try_again() {
    let mut desk = Desk::due();
    desk.push(&[1]);
    let effects = desk.answer(&[refusal()]);
    assert!(matches!(&effects[..], [Effect::Refused(refused)] if refused.code == "device_revoked"));
    let waiting = Outlook {
        changes_pending: true,
        ..Outlook::default()
    };
    assert_eq!(desk.step(&waiting), Step::Done);
    desk.machine.start_round();
    assert!(matches!(desk.step(&waiting), Step::Sync { .. }));
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
