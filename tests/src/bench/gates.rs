//! The gates of W1, as the design of sync sets them: for unsigned runs. Signed runs are held against the same ones, so
//! that it is seen what signatures cost.

use super::BenchRun;
use crate::figures::Gate;

/// Seconds of a push of 1,000 cases: at the machine's speed, with a delay, over a slow link.
const PUSH_SECONDS: f64 = 0.35;
const PUSH_SECONDS_DELAYED: f64 = 1.3;
const PUSH_SECONDS_SLOW: f64 = 11.0;
/// The cases these are for.
const PUSH_CASES: u64 = 1_000;
/// The delay and the rate these are for.
const DELAY_MS: u64 = 150;
const SLOW_KBPS: u64 = 256;
/// Bytes of a case of six changes.
const BYTES_UP_A_CASE: f64 = 300.0;
const BYTES_DOWN_A_CASE: f64 = 280.0;
/// Bytes of the answers to a push; every case of W1 brings one ruling.
const BYTES_DOWN_A_RULING: f64 = 40.0;
const RESYNC_BYTES: f64 = 2_048.0;
/// Beside two round trips, one of them for the connection.
const RESYNC_SECONDS: f64 = 0.1;
/// With the signature of the request, which an unsigned run carries as well: its headers are as long.
const NOTHING_NEW_BYTES: f64 = 2_048.0;
/// Beside one round trip: what a busy machine needs to answer at all.
const NOTHING_NEW_SECONDS: f64 = 0.02;
const HUB_CPU_MS_A_CASE: f64 = 0.5;
const HUB_MEMORY_MIB: f64 = 64.0;
const KIB_OF_MIB: f64 = 1_024.0;
/// From the fewest cases to the most.
const GROWTH: f64 = 1.3;

/// The gates one run can be held against.
#[must_use]
pub fn w1(run: &BenchRun) -> Vec<Gate> {
    let cases = run.plan.cases as f64;
    let round_trip = 2.0 * run.plan.delay_ms as f64 / 1_000.0;
    let mut gates = Vec::new();
    if let Some(seconds) = push_seconds(run) {
        let name = "push of 1,000 cases, s";
        gates.push(Gate::at_most(name, seconds, run.push.seconds));
    }
    let mut at_most =
        |name: &str, limit, measured| gates.push(Gate::at_most(name, limit, measured));
    at_most(
        "bytes up a case",
        BYTES_UP_A_CASE,
        run.push.bytes_up as f64 / cases,
    );
    at_most(
        "bytes down a case, fresh device",
        BYTES_DOWN_A_CASE,
        run.pull.bytes_down as f64 / cases,
    );
    at_most(
        "bytes down a ruling, receipts included",
        BYTES_DOWN_A_RULING,
        run.push.bytes_down as f64 / cases,
    );
    at_most(
        "resync of 5, bytes both ways",
        RESYNC_BYTES,
        run.resync_of_5.bytes() as f64,
    );
    at_most(
        "nothing new, bytes both ways",
        NOTHING_NEW_BYTES,
        run.nothing_new.bytes() as f64,
    );
    if run.plan.kbps.is_none() {
        at_most(
            "resync of 5, s (2 round trips + 0.1)",
            2.0 * round_trip + RESYNC_SECONDS,
            run.resync_of_5.seconds,
        );
        at_most(
            "nothing new, s (1 round trip + 0.02)",
            round_trip + NOTHING_NEW_SECONDS,
            run.nothing_new.seconds,
        );
    }
    at_most(
        "hub CPU a case, ms",
        HUB_CPU_MS_A_CASE,
        1_000.0 * run.push.hub_cpu_seconds / cases,
    );
    at_most(
        "hub memory, MiB",
        HUB_MEMORY_MIB,
        run.hub_peak_memory_kb as f64 / KIB_OF_MIB,
    );
    gates
}

/// How long the push may take: set for 1,000 cases and three links alone.
fn push_seconds(run: &BenchRun) -> Option<f64> {
    let plan = &run.plan;
    match (plan.cases, plan.delay_ms, plan.kbps) {
        (PUSH_CASES, 0, None) => Some(PUSH_SECONDS),
        (PUSH_CASES, DELAY_MS, None) => Some(PUSH_SECONDS_DELAYED),
        (PUSH_CASES, DELAY_MS, Some(SLOW_KBPS)) => Some(PUSH_SECONDS_SLOW),
        _ => None,
    }
}

/// How much a case costs more in the largest of several runs than in the smallest: linear is 1.
#[must_use]
pub fn growth(runs: &[BenchRun]) -> Vec<Gate> {
    let by_cases = |run: &&BenchRun| run.plan.cases;
    let (Some(small), Some(large)) = (
        runs.iter().min_by_key(by_cases),
        runs.iter().max_by_key(by_cases),
    ) else {
        return Vec::new();
    };
    let gate = |name: &str, cost: fn(&BenchRun) -> f64| {
        let a_case = |run: &BenchRun| cost(run) / run.plan.cases as f64;
        Gate::at_most(name, GROWTH, a_case(large) / a_case(small))
    };
    vec![
        gate("hub CPU a case, push, times", |run| {
            run.push.hub_cpu_seconds
        }),
        gate("device CPU a case, push, times", |run| {
            run.push.device_cpu_seconds
        }),
        gate("hub CPU a case, pull, times", |run| {
            run.pull.hub_cpu_seconds
        }),
        gate("device CPU a case, pull, times", |run| {
            run.pull.device_cpu_seconds
        }),
        gate("device CPU a case, write, times", |run| {
            run.write_cpu_seconds
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{BenchPlan, Phase};
    use super::*;

    fn sample(cases: u64, delay_ms: u64, kbps: Option<u64>, hub_cpu_seconds: f64) -> BenchRun {
        let phase = Phase {
            seconds: 0.3,
            bytes_up: 300 * cases,
            bytes_down: 40 * cases,
            requests: 1,
            hub_cpu_seconds,
            device_cpu_seconds: 1.0,
            hub_peak_memory_kb: 1,
        };
        BenchRun {
            plan: BenchPlan {
                cases,
                delay_ms,
                kbps,
                unsigned: true,
                plain: false,
                unencrypted: false,
            },
            write_seconds: 1.0,
            write_cpu_seconds: 1.0,
            push: phase,
            nothing_new: phase,
            comparison: phase,
            resync_of_5: phase,
            pull: phase,
            hub_peak_memory_kb: 1,
        }
    }

    #[test]
    fn the_push_is_held_against_the_gate_of_its_link() {
        let limit = |run: BenchRun| {
            let gates = w1(&run);
            let push = gates.into_iter().find(|gate| gate.name.starts_with("push"));
            push.map(|gate| gate.limit)
        };
        assert_eq!(limit(sample(1_000, 0, None, 0.1)), Some(0.35));
        assert_eq!(limit(sample(1_000, 150, None, 0.1)), Some(1.3));
        assert_eq!(limit(sample(1_000, 150, Some(256), 0.1)), Some(11.0));
        assert_eq!(limit(sample(5_000, 0, None, 0.1)), None);
    }

    #[test]
    fn growth_compares_a_case_of_the_most_with_one_of_the_fewest() {
        let runs = [
            sample(10_000, 0, None, 13.0),
            sample(1_000, 0, None, 1.0),
            sample(5_000, 0, None, 100.0),
        ];
        let gates = growth(&runs);
        let hub = gates
            .iter()
            .find(|gate| gate.name.starts_with("hub CPU a case, push"));
        assert!(
            hub.is_some_and(|gate| (gate.measured - 1.3).abs() < 1e-9 && gate.met),
            "{gates:?}"
        );
        assert!(growth(&[]).is_empty());
    }
}
