//! A few of the kills in the test run; `make kills` does 300.

use xunge_tests::kills::{Moment, Phase, run};

/// Kills of the test run: a few in every phase.
const KILLS: u64 = 24;

#[test]
fn nothing_called_saved_or_received_is_lost_or_doubled_by_a_kill() {
    let table = run(KILLS, 20_250_630);
    eprintln!("{table}");
    assert_eq!(
        (&table.lost, &table.duplicated),
        (&vec![], &vec![]),
        "{table}"
    );
    assert!(
        table.kills() >= KILLS && table.inside() >= KILLS / 2,
        "{table}"
    );
    for phase in Phase::ALL {
        let kills = [Moment::Before, Moment::Inside, Moment::After];
        let kills: u64 = kills.iter().map(|moment| table.count(phase, *moment)).sum();
        assert!(kills > 0, "{phase:?}\n{table}");
    }
}
