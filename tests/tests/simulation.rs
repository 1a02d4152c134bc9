//! The seeded simulation in the test run, and the proof that its checker is awake: each planted mistake is found.
#![expect(clippy::expect_used, reason = "a failing test should stop")]

use xunge_tests::simulation::{
    Event, Options, Outcome, Plan, Planted, minimise, run_plan, simulate,
};

/// Schedules of the test run; `make simulate` runs 100,000.
const SCHEDULES: u64 = 200;
const SEED: u64 = 20_250_630;
/// Schedules of the test run whose stores are files.
const SCHEDULES_ON_FILES: u64 = 20;
/// Two copies of a store made an edit of the description again; a restored hub gave out numbers of cases twice.
const FOUND: [u64; 4] = [817, 848, 4_116, 53_036];
/// Within so many schedules a planted mistake must be found.
const SCHEDULES_TO_FIND: u64 = 1_000;

fn broke_nothing(finding: Option<Outcome>) {
    if let Some(finding) = finding {
        let violation = finding.violation.map(|violation| violation.to_string());
        panic!(
            "schedule {}: {violation:?}\n{}",
            finding.plan.seed(),
            finding.trace.join("\n")
        );
    }
}

#[test]
fn two_hundred_schedules_break_no_invariant() {
    let (shares, finding) = simulate(SCHEDULES, SEED, Options::default(), &|_| {});
    broke_nothing(finding);
    eprintln!("{shares}");
    assert_eq!(shares.schedules, SCHEDULES);
    for event in Event::ALL {
        assert!(
            shares.with(event) > 0,
            "no schedule had {event:?}\n{shares}"
        );
    }
}

/// What the simulation has found stays found.
#[test]
fn schedules_that_once_broke_an_invariant_break_none() {
    for seed in FOUND {
        let outcome = run_plan(Plan::of(seed), Options::default());
        broke_nothing(outcome.violation.is_some().then_some(outcome));
    }
}

#[test]
fn the_same_on_real_files() {
    let options = Options {
        on_files: true,
        ..Options::default()
    };
    let (shares, finding) = simulate(SCHEDULES_ON_FILES, SEED, options, &|_| {});
    broke_nothing(finding);
    assert_eq!(shares.schedules, SCHEDULES_ON_FILES);
}

#[test]
fn a_schedule_is_a_function_of_its_seed() {
    let run = |seed| run_plan(Plan::of(seed), Options::default());
    assert_eq!(run(SEED), run(SEED));
    assert_ne!(run(SEED).trace, run(SEED + 1).trace);
}

#[test]
fn a_finding_gets_small_and_can_be_repeated() {
    let options = Options {
        planted: Some(Planted::MergesForgeries),
        ..Options::default()
    };
    let (_, finding) = simulate(SCHEDULES_TO_FIND, SEED, options, &|_| {});
    let found = finding.expect("a finding");
    let (steps, rule) = (
        found.plan.numbers().0.len(),
        found.violation.as_ref().map(|violation| violation.rule),
    );
    let small = minimise(found, options);
    let (kept, calm) = small.plan.numbers();
    assert!(kept.len() * 2 < steps, "{} of {steps} steps", kept.len());
    let again = run_plan(Plan::of(small.plan.seed()).only(&kept, &calm), options);
    assert_eq!(again.violation.map(|violation| violation.rule), rule);
}

fn finds(planted: Planted, rules: &[&str]) {
    let (_, finding) = simulate(
        SCHEDULES_TO_FIND,
        SEED,
        Options {
            planted: Some(planted),
            ..Options::default()
        },
        &|_| {},
    );
    let found = finding.and_then(|finding| finding.violation);
    assert!(
        found
            .as_ref()
            .is_some_and(|found| rules.contains(&found.rule)),
        "{planted:?} was found as {found:?}"
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
