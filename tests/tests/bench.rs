//! Small measurements in the test run: what is counted is there. How much it is, `make bench` and `make store-bench` judge.

use std::process::Command;

use serde_json::{Map, Value};
use xunge_tests::bench::{BenchPlan, growth, run, w1};
use xunge_tests::world::{HubProgram, binary};

#[test]
fn every_phase_of_w1_comes_through_and_is_counted() {
    let plan = BenchPlan {
        cases: 20,
        delay_ms: 1,
        kbps: None,
        unsigned: false,
        plain: false,
        unencrypted: false,
    };
    let run = run(plan, HubProgram::product()).unwrap_or_else(|error| panic!("{error}"));
    eprintln!("{run}");
    let phases = [run.push, run.nothing_new, run.resync_of_5, run.pull];
    for phase in phases {
        assert!(phase.requests >= 1 && phase.bytes_up > 0 && phase.bytes_down > 0);
    }
    // Twenty cases cost more than five, and five more than none.
    assert!(run.push.bytes_up > run.resync_of_5.bytes_up);
    assert!(run.resync_of_5.bytes_up > run.nothing_new.bytes_up);
    assert!(run.pull.bytes_down > run.nothing_new.bytes_down);
    assert!(run.hub_peak_memory_kb > 0 && !w1(&run).is_empty());
    assert!(
        growth(&[run])
            .iter()
            .all(|gate| gate.measured == 1.0 || gate.measured.is_nan())
    );
}

#[test]
fn a_small_city_is_imported_and_looked_up() {
    let size = ["--grids", "400", "--components", "2000", "--people", "300"];
    let ran = Command::new(binary("import-bench"))
        .args(size)
        .args(["--lookups", "200"])
        .output()
        .unwrap_or_else(|error| panic!("{error}"));
    let said = String::from_utf8_lossy(&ran.stdout);
    // 1 says that a gate was missed, which on a busy machine is no finding.
    assert!(
        matches!(ran.status.code(), Some(0 | 1)) && ran.stderr.is_empty(),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    for judged in [
        "import of all tables, s",
        "point to grid, p99 ms",
        "nearest component, p99 ms",
    ] {
        assert!(said.contains(judged), "{judged}: {said}");
    }
}

#[test]
fn a_full_phone_answers_every_question_of_a_screen_through_the_foreign_functions() {
    let output = Command::new(binary("store-bench"))
        .args(["--cases", "300", "--runs", "1", "--json"])
        .output()
        .unwrap_or_else(|error| panic!("{error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}"));
    eprintln!("{report:#}");
    let figures = |side: &str| report[side]["milliseconds"].as_object().map_or(0, Map::len);
    // The facade alone has no crossing to time, and reads its counters from memory.
    assert_eq!(figures("foreign_encrypted"), 22);
    assert_eq!(
        (figures("facade_encrypted"), figures("facade_plain")),
        (20, 20)
    );
    let gates = report["gates"].as_array().map_or(0, Vec::len);
    assert_eq!(gates, 7, "six times and the memory");
}
