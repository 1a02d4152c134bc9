//! Bad links: how much is pushed, and how long it is waited.

use xunge_sync::device::{
    HttpAnswer, LinkProblem, PUSH_BYTES_MAX, PUSH_BYTES_MIN, RETRY_MILLIS_MAX, RETRY_MILLIS_MIN,
};

use crate::desk::{Desk, answered, body, end, head, problem};

#[test]
fn a_push_is_halved_at_every_failure_and_doubled_at_every_success_within_its_bounds() {
    let mut desk = Desk::due();
    let mut expected = PUSH_BYTES_MAX;
    assert_eq!(desk.push_bytes(), expected);
    for _ in 0..10 {
        desk.sync();
        let whole = body(desk.nonce, &[head(vec![]), end(vec![], false)]);
        let cut = whole[..whole.len() - 1].to_vec();
        desk.machine.on_answer(answered(200, cut));
        expected = (expected / 2).max(PUSH_BYTES_MIN);
        assert_eq!(desk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_MIN);
    for _ in 0..10 {
        desk.sync();
        desk.answer(&[head(vec![]), end(vec![], false)]);
        expected = (expected * 2).min(PUSH_BYTES_MAX);
        assert_eq!(desk.push_bytes(), expected);
    }
    assert_eq!(expected, PUSH_BYTES_MAX);
}

#[test]
fn a_retry_waits_twice_as_long_each_time_up_to_the_longest_and_starts_over_after_a_success() {
    let mut desk = Desk::due();
    for round in 0..2 {
        let mut expected = RETRY_MILLIS_MIN;
        for attempt in 0..100 {
            desk.sync();
            let effects = desk.machine.on_answer(HttpAnswer::Unreachable);
            let (wait, why) = problem(&effects).expect("a retry");
            assert_eq!(why, LinkProblem::Unreachable);
            assert_eq!(wait, expected, "round {round}, attempt {attempt}");
            expected = (expected * 2).min(RETRY_MILLIS_MAX);
        }
        assert_eq!(desk.machine.failures(), 100);
        desk.sync();
        desk.answer(&[head(vec![]), end(vec![], false)]);
        assert_eq!(desk.machine.failures(), 0);
    }
}

#[test]
fn every_problem_has_a_code_of_its_own_and_says_that_nothing_is_lost() {
    let problems = [
        LinkProblem::Unreachable,
        LinkProblem::Cut,
        LinkProblem::Foreign { status: 200 },
        LinkProblem::Server { status: 503 },
    ];
    for (index, problem) in problems.iter().enumerate() {
        let later = &problems[index + 1..];
        assert!(later.iter().all(|other| other.code() != problem.code()));
        assert!(problem.zh().chars().count() > 10 && problem.en().len() > 20);
    }
}
