//! A little of the load in the test run; `make load` does all of it. What is too slow on a busy machine is not judged.

use std::time::Duration;

use ureq::Agent;
use xunge_tests::figures::memory;
use xunge_tests::load::{LoadPlan, run};
use xunge_tests::world::ServerProcess;

const DEVICES: usize = 5;

#[test]
fn a_city_is_served_and_a_storm_drains_while_backups_are_made() {
    let report = run(&LoadPlan {
        devices: DEVICES,
        steady: Duration::from_secs(2),
        every: Duration::from_secs(1),
        storm: Duration::from_secs(1),
        storm_cases: 3,
        backup: true,
        seed: 1,
    });
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    eprintln!("{report}");
    assert_eq!(report.errors(), 0, "{report}");
    assert_eq!(report.not_drained(), 0, "{report}");
    assert_eq!(
        (report.steady.rounds, report.storm.rounds),
        (2 * DEVICES, DEVICES)
    );
    // Four held cases and three of the storm, each of six changes, and two edits a round.
    let changes = DEVICES as u64 * (7 * 6 + 2 * 2);
    assert_eq!(
        (report.at_hub.cases, report.at_hub.changes),
        (DEVICES as u64 * 7, changes)
    );
    assert!(report.backups.made > 0, "{report}");
}

/// Connections that stay open: a device keeps its own between rounds.
const CONNECTIONS: usize = 200;
/// What one may cost the hub. It was 730 KiB when each got a copy of the router.
const CONNECTION_KIB: u64 = 64;

#[test]
fn a_connection_that_stays_open_costs_the_hub_little() {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let server = ServerProcess::demo(folder.path(), 0);
    let agents = || (0..CONNECTIONS).map(|_| Agent::new_with_defaults());
    let ask = |agent: &Agent| {
        let answer = agent.get(format!("{}/healthz", server.url())).call();
        answer.map(|mut answer| answer.body_mut().read_to_string())
    };
    let (first, others) = (Agent::new_with_defaults(), agents().collect::<Vec<_>>());
    assert!(ask(&first).is_ok());
    let before = memory(server.id()).now_kb;
    assert!(others.iter().all(|agent| ask(agent).is_ok()));
    let each = memory(server.id()).now_kb.saturating_sub(before) / CONNECTIONS as u64;
    assert!(each <= CONNECTION_KIB, "{each} KiB a connection");
}
