//! The seeded simulation in the test run, and the proof that its checker is awake: each planted mistake is found.

use xunge_tests::simulation::{Event, Planted, run_schedule, simulate};

/// Schedules of the test run; `make simulate` runs 10,000.
const SCHEDULES: u64 = 200;
const SEED: u64 = 20_250_630;
/// Within so many schedules a planted mistake must be found.
const SCHEDULES_TO_FIND: u64 = 200;

#[test]
fn two_hundred_schedules_break_no_invariant() {
    let (shares, finding) = simulate(SCHEDULES, SEED, None, &|_| {});
    if let Some(finding) = finding {
        let violation = finding.violation.map(|violation| violation.to_string());
        panic!(
            "schedule {}: {violation:?}\n{}",
            finding.seed,
            finding.trace.join("\n")
        );
    }
    eprintln!("{shares}");
    assert_eq!(shares.schedules, SCHEDULES);
    for event in Event::ALL {
        assert!(
            shares.with(event) > 0,
            "no schedule had {event:?}\n{shares}"
        );
    }
}

#[test]
fn a_schedule_is_a_function_of_its_seed() {
    assert_eq!(run_schedule(SEED, None), run_schedule(SEED, None));
    assert_ne!(
        run_schedule(SEED, None).trace,
        run_schedule(SEED + 1, None).trace
    );
}

fn finds(planted: Planted, rules: &[&str]) {
    let (_, finding) = simulate(SCHEDULES_TO_FIND, SEED, Some(planted), &|_| {});
    let rule = finding
        .and_then(|finding| finding.violation)
        .map(|violation| violation.rule);
    assert!(
        rule.is_some_and(|rule| rules.contains(&rule)),
        "{planted:?} was found as {rule:?}"
    );
}

#[test]
fn a_hub_that_answers_before_it_commits_is_found() {
    finds(Planted::AcknowledgesBeforeCommit, &["I2"]);
}

#[test]
fn a_device_that_says_saved_before_it_commits_is_found() {
    finds(Planted::DeviceAcknowledgesEarly, &["I1"]);
}

#[test]
fn a_photo_called_stored_too_early_is_found() {
    finds(Planted::AcknowledgesPhotoEarly, &["I2", "I8"]);
}

#[test]
fn a_hub_that_merges_forgeries_is_found() {
    finds(Planted::MergesForgeries, &["I5"]);
}
