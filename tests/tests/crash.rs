//! A little of the crashes in the test run; `make crash` does all of them.

use xunge_tests::crash::{Day, Selection, Table, permitted};

/// One kill in so many points of a step.
const KILL_STRIDE: u64 = 40;
/// One failing call in so many.
const ERROR_STRIDE: u64 = 120;
const STATES: u64 = 300;
/// With every planted mistake.
const PLANTED_STATES: u64 = 60;
const PLANTED_STRIDE: u64 = 12;

fn selection(stride: u64) -> Selection {
    Selection { step: None, stride }
}

fn expect_nothing(table: &Table) {
    eprintln!("{table}");
    assert!(table.violations().next().is_none(), "{table}");
    assert!(table.rows.iter().all(|row| row.hit > 0), "{table}");
}

#[test]
fn nothing_promised_is_lost_by_a_kill_a_power_cut_or_a_failing_disk() {
    if let Err(why) = permitted() {
        // Some containers forbid it; the kills by time (`kills`) are tried there all the same.
        eprintln!("not tried: {why}");
        return;
    }
    let day = Day::play();
    expect_nothing(&day.kill(selection(KILL_STRIDE)));
    expect_nothing(&day.power(STATES, 20_250_630));
    expect_nothing(&day.errors(selection(ERROR_STRIDE)));
    for planted in day.planted(PLANTED_STATES, PLANTED_STRIDE) {
        assert!(
            planted.violations().next().is_some(),
            "not found: {planted}"
        );
    }
}
