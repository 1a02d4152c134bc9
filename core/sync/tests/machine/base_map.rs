//! The base map: behind everything else, piece by piece, and nothing of it in anybody's way.

use xunge_domain::ids::Digest;
use xunge_sync::device::{
    BASE_MAP_PIECE_BYTES, BASE_MAP_TROUBLES_MAX, BaseMapProgress, Effect, HttpAnswer, LinkProblem,
    Method, Outlook, Step,
};
use xunge_sync::wire::SESSION_HEADER;

use crate::script::{Talk, blob, end, head, missing, problem, uploads};

const PIECE: u64 = BASE_MAP_PIECE_BYTES;

fn progress(here: u64, length: u64) -> BaseMapProgress {
    BaseMapProgress {
        sha256: Digest::from_bytes([5; 32]),
        length,
        here,
    }
}

fn outlook(here: u64, length: u64) -> Outlook {
    Outlook {
        base_map: Some(progress(here, length)),
        ..Outlook::default()
    }
}

/// Asks for a piece, and says for which bytes.
fn ask(talk: &mut Talk, here: u64, length: u64) -> String {
    let step = talk.machine.next_step(&outlook(here, length));
    assert_eq!(step, Step::BaseMap(progress(here, length)));
    let session = talk.session();
    let request = talk.machine.base_map(&session, progress(here, length));
    assert_eq!(request.method, Method::Get);
    let named = Digest::from_bytes([5; 32]);
    assert_eq!(request.path, format!("/api/sync/base-maps/{named}"));
    assert!(
        request
            .headers
            .iter()
            .any(|(name, _)| name == SESSION_HEADER)
    );
    let range = request.headers.iter().find(|(name, _)| name == "range");
    range.unwrap().1.clone()
}

fn piece(from: u64, bytes: Vec<u8>) -> Effect {
    Effect::BaseMapPiece {
        sha256: Digest::from_bytes([5; 32]),
        from,
        bytes,
    }
}

#[test]
fn pieces_follow_one_another_to_the_last_byte() {
    let mut talk = Talk::new();
    let length = PIECE + 3;
    assert_eq!(ask(&mut talk, 0, length), format!("bytes=0-{}", PIECE - 1));
    let bytes = vec![1; PIECE as usize];
    assert_eq!(talk.answer_raw(206, &bytes), [piece(0, bytes)]);
    let rest = format!("bytes={PIECE}-{}", PIECE + 2);
    assert_eq!(ask(&mut talk, PIECE, length), rest);
    assert_eq!(talk.answer_raw(206, &[2; 3]), [piece(PIECE, vec![2; 3])]);
    assert_eq!(talk.machine.failures(), 0);
}

#[test]
fn everything_else_goes_before() {
    let mut talk = Talk::new();
    let text = Outlook {
        changes_pending: true,
        ..outlook(0, 9)
    };
    assert!(matches!(talk.machine.next_step(&text), Step::Sync { .. }));
    let photo = blob(1, 10);
    let both = Outlook {
        base_map: Some(progress(0, 9)),
        ..uploads(&[photo])
    };
    assert!(matches!(talk.machine.next_step(&both), Step::Sync { .. }));
    talk.sync(&both);
    talk.answer(&[head(vec![]), end(false, vec![missing(photo, &[(0, 10)])])]);
    assert!(matches!(talk.machine.next_step(&both), Step::Chunk { .. }));
    // Once the photo is acknowledged there is nothing else.
    assert_eq!(ask(&mut talk, 0, 9), "bytes=0-8");
}

#[test]
fn the_beginning_of_a_piece_that_broke_off_counts_and_the_link_is_waited_for() {
    let mut talk = Talk::new();
    ask(&mut talk, 0, 9);
    let effects = talk.answer_raw(206, &[1, 2, 3]);
    assert_eq!(effects[0], piece(0, vec![1, 2, 3]));
    assert_eq!(problem(&effects[1..]), Some(&LinkProblem::Cut));
    ask(&mut talk, 3, 9);
    let effects = talk.answer_raw(206, &[]);
    assert_eq!(problem(&effects), Some(&LinkProblem::Unreachable));
    ask(&mut talk, 3, 9);
    let effects = talk.machine.on_answer(HttpAnswer::Unreachable);
    assert_eq!(problem(&effects), Some(&LinkProblem::Unreachable));
    assert_eq!(talk.machine.failures(), 3);
    ask(&mut talk, 3, 9);
    assert_eq!(talk.answer_raw(206, &[4; 6]), [piece(3, vec![4; 6])]);
    assert_eq!(talk.machine.failures(), 0);
}

#[test]
fn one_that_is_gone_is_asked_about_and_not_tried_without_end() {
    let mut talk = Talk::new();
    for _ in 0..BASE_MAP_TROUBLES_MAX {
        ask(&mut talk, 0, 9);
        let gone = Effect::BaseMapGone(Digest::from_bytes([5; 32]));
        assert_eq!(talk.answer_raw(404, b"{}"), [gone]);
    }
    assert_eq!(talk.machine.next_step(&outlook(0, 9)), Step::Done);
    talk.machine.start_round();
    talk.sync(&outlook(0, 9));
    talk.answer(&[head(vec![]), end(false, vec![])]);
    ask(&mut talk, 0, 9);
}

#[test]
fn what_others_answer_is_no_map() {
    let mut talk = Talk::new();
    let page = b"<!doctype html><title>Login</title>";
    ask(&mut talk, 0, 99);
    let effects = talk.answer_raw(200, page);
    assert_eq!(
        problem(&effects),
        Some(&LinkProblem::Foreign { status: 200 })
    );
    // More than was asked for.
    ask(&mut talk, 0, 9);
    let effects = talk.answer_raw(206, page);
    assert_eq!(
        problem(&effects),
        Some(&LinkProblem::Foreign { status: 206 })
    );
    ask(&mut talk, 0, 9);
    let effects = talk.answer_raw(503, page);
    assert_eq!(
        problem(&effects),
        Some(&LinkProblem::Server { status: 503 })
    );
}

#[test]
fn who_is_shut_out_asks_no_more_in_this_round() {
    for status in [401, 403] {
        let mut talk = Talk::new();
        ask(&mut talk, 0, 9);
        assert_eq!(talk.answer_raw(status, b"{}"), []);
        assert_eq!(talk.machine.next_step(&outlook(0, 9)), Step::Done);
    }
}
