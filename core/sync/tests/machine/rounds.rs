//! Pushes and pulls: whole, cut, from somebody else, late, refused.

use xunge_domain::ids::InstallationId;
use xunge_sync::device::{
    Effect, HttpAnswer, LinkProblem, Outlook, PUSH_BYTES_MIN, PUSH_BYTES_START, RETRY_MILLIS_MAX,
    RETRY_MILLIS_MIN, SLOW_MILLIS, Step,
};
use xunge_sync::wire::{Frame, SupersededFrame, SyncRequest, Verdict, unpack};

use crate::script::{
    DOCUMENT, HASHES, NOW, Talk, blob, changes_waiting, commits, documents, end, head, missing,
    problem, refusal, uploads, whole_answer,
};

#[test]
fn a_whole_answer_is_committed_frame_by_frame_and_nothing_is_left_to_do() {
    let mut talk = Talk::new();
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
    let request = talk.sync(&changes_waiting());
    assert_eq!(request.path, "/api/sync");
    let sent: SyncRequest = unpack(&request.body).unwrap();
    assert_eq!(*sent.nonce, talk.nonce);
    let effects = talk.answer(&whole_answer());
    let commits = commits(&effects);
    assert_eq!(commits.len(), effects.len());
    assert_eq!(commits[0].session, Some(([6; 16], 1, NOW)));
    assert_eq!(
        commits[0].verdicts,
        [(
            DOCUMENT,
            vec![
                (HASHES[0], Verdict::Received),
                (HASHES[1], Verdict::Blocked)
            ]
        )]
    );
    assert_eq!(commits[1].cursors[0].1, 1);
    assert_eq!(commits[2].cursors[0].1, 2);
    assert_eq!(talk.machine.next_step(&Outlook::default()), Step::Done);
    assert_eq!(talk.machine.failures(), 0);
}

#[test]
fn more_in_the_feeds_means_another_round() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    talk.answer(&[head(Vec::new()), documents(1), end(true, Vec::new())]);
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
}

#[test]
fn a_cut_at_every_byte_keeps_the_whole_frames_before_it() {
    let frames = whole_answer();
    let mut lengths = Vec::new();
    let mut talk = Talk::new();
    talk.sync(&changes_waiting());
    for count in 1..=frames.len() {
        lengths.push(talk.body(&frames[..count]).len());
    }
    let body = talk.body(&frames);
    for cut in 0..body.len() {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let effects = talk.answer_raw(200, &body[..cut]);
        let whole = lengths.iter().filter(|length| **length <= cut).count();
        assert_eq!(commits(&effects).len(), whole, "cut at {cut}");
        let expected = if cut == 0 {
            LinkProblem::Unreachable
        } else {
            LinkProblem::Cut
        };
        assert_eq!(problem(&effects), Some(&expected), "cut at {cut}");
        assert!(matches!(
            talk.machine.next_step(&changes_waiting()),
            Step::Sync { .. }
        ));
    }
}

#[test]
fn a_push_is_halved_at_every_cut_and_grows_back_by_what_comes_through() {
    let mut talk = Talk::new();
    assert_eq!(talk.push_bytes(), PUSH_BYTES_START);
    let mut expected = PUSH_BYTES_START;
    for _ in 0..10 {
        talk.sync(&changes_waiting());
        talk.answer_raw(200, &[0, 0]);
        expected = (expected / 2).max(PUSH_BYTES_MIN);
        assert_eq!(talk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_MIN);
    for _ in 0..10 {
        talk.sync(&changes_waiting());
        talk.answer(&whole_answer());
        expected = (expected * 2).min(PUSH_BYTES_START);
        assert_eq!(talk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_START);
}

#[test]
fn a_push_that_was_answered_late_is_halved_though_it_came_through() {
    let mut talk = Talk::new();
    for (took, expected) in [
        (SLOW_MILLIS, PUSH_BYTES_START),
        (SLOW_MILLIS + 1, PUSH_BYTES_START / 2),
    ] {
        talk.sync(&changes_waiting());
        let body = talk.body(&whole_answer());
        let answer = HttpAnswer::Answered { status: 200, body };
        talk.machine.on_answer_after(answer, Some(took));
        assert_eq!(talk.push_bytes(), expected);
    }
}

#[test]
fn a_login_page_a_trouble_and_silence_are_told_apart_and_change_nothing() {
    let page = b"<!doctype html><title>Login</title>".as_slice();
    let cases = [
        (200, page, LinkProblem::Foreign { status: 200 }),
        (302, page, LinkProblem::Foreign { status: 302 }),
        (502, page, LinkProblem::Server { status: 502 }),
        (503, b"".as_slice(), LinkProblem::Server { status: 503 }),
        (429, b"".as_slice(), LinkProblem::Server { status: 429 }),
        (200, b"".as_slice(), LinkProblem::Unreachable),
    ];
    for (status, body, expected) in cases {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let effects = talk.answer_raw(status, body);
        assert_eq!(effects.len(), 1, "{status}");
        assert_eq!(problem(&effects), Some(&expected));
        assert_eq!(talk.machine.failures(), 1);
        assert_eq!(talk.push_bytes(), PUSH_BYTES_START / 2);
    }
    let mut talk = Talk::new();
    talk.sync(&changes_waiting());
    let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
    assert_eq!(problem(&effects), Some(&LinkProblem::Unreachable));
}

#[test]
fn a_late_or_repeated_answer_means_nothing() {
    let mut talk = Talk::new();
    assert_eq!(talk.answer(&whole_answer()), []);
    talk.sync(&changes_waiting());
    let first = talk.body(&whole_answer());
    assert!(!talk.answer_raw(200, &first).is_empty());
    assert_eq!(talk.answer_raw(200, &first), []);
    // The answer to an earlier request is signed over another nonce.
    talk.sync(&changes_waiting());
    let effects = talk.answer_raw(200, &first);
    assert!(commits(&effects).is_empty());
    assert_eq!(
        problem(&effects),
        Some(&LinkProblem::Foreign { status: 200 })
    );
}

#[test]
fn verdicts_of_another_shape_than_the_push_leave_everything_pending() {
    let shapes = [
        Vec::new(),
        vec![Verdict::Received],
        vec![Verdict::Received, Verdict::Received, Verdict::Received],
    ];
    for shape in shapes {
        let mut talk = Talk::new();
        talk.sync(&changes_waiting());
        let count = shape.len();
        let effects = talk.answer(&[head(shape), end(false, Vec::new())]);
        assert_eq!(
            commits(&effects)[0].verdicts,
            [],
            "{count} verdicts for two changes"
        );
        assert!(
            commits(&effects)[0].session.is_some(),
            "the next secret counts"
        );
    }
    // Of a document that was not pushed.
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[head(vec![Verdict::Received]), end(false, Vec::new())]);
    assert_eq!(commits(&effects)[0].verdicts, []);
}

#[test]
fn a_store_that_lives_twice_goes_on_as_another_installation() {
    let mut talk = Talk::new();
    talk.sync(&Outlook::default());
    let effects = talk.answer(&[Frame::Superseded(SupersededFrame {
        installation: InstallationId::from_bytes([9; 16]),
        token: [5; 16].into(),
    })]);
    assert_eq!(
        effects,
        [Effect::Superseded {
            installation: InstallationId::from_bytes([9; 16]),
            token: [5; 16],
        }]
    );
    assert!(matches!(
        talk.machine.next_step(&Outlook::default()),
        Step::Sync { .. }
    ));
}

#[test]
fn a_refused_device_stops_asking_until_it_is_told_to() {
    let photo = blob(1, 10);
    let outlook = Outlook {
        changes_pending: true,
        ..uploads(&[photo])
    };
    let mut talk = Talk::new();
    talk.sync(&outlook);
    talk.answer(&[
        head(vec![Verdict::Received, Verdict::Received]),
        end(false, vec![missing(photo, &[(0, 10)])]),
    ]);
    talk.sync(&outlook);
    let effects = talk.answer(&[Frame::Refused(refusal())]);
    assert_eq!(effects, [Effect::Refused(refusal())]);
    assert_eq!(talk.machine.next_step(&outlook), Step::Done);
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
}

#[test]
fn a_round_that_only_needs_more_ends_instead_of_going_round() {
    let mut talk = Talk::new();
    let outlook = changes_waiting();
    talk.sync(&outlook);
    let effects = talk.answer(&[
        head(vec![Verdict::NeedFrom(2), Verdict::NeedFrom(2)]),
        end(false, Vec::new()),
    ]);
    assert_eq!(commits(&effects)[0].verdicts[0].1.len(), 2);
    assert_eq!(talk.machine.next_step(&outlook), Step::Done);
    talk.machine.start_round();
    assert!(matches!(
        talk.machine.next_step(&outlook),
        Step::Sync { .. }
    ));
}

#[test]
fn the_wait_doubles_between_its_bounds_and_starts_anew_after_a_success() {
    let mut talk = Talk::new();
    let wait = |talk: &mut Talk| {
        talk.sync(&changes_waiting());
        let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
        match effects.as_slice() {
            [Effect::Retry { after_millis, .. }] => *after_millis,
            other => panic!("one retry, not {other:?}"),
        }
    };
    let mut expected = RETRY_MILLIS_MIN;
    for _ in 0..80 {
        assert_eq!(wait(&mut talk), expected);
        expected = (expected * 2).min(RETRY_MILLIS_MAX);
    }
    assert_eq!(expected, RETRY_MILLIS_MAX);
    assert_eq!(talk.machine.failures(), 80);
    talk.sync(&changes_waiting());
    talk.answer(&whole_answer());
    assert_eq!(talk.machine.failures(), 0);
    assert_eq!(wait(&mut talk), RETRY_MILLIS_MIN);
}
