//! Ten thousand random working lives of a case over five replicas: a hub and four devices that write without signal,
//! meet each other or the hub, and ask for anything at any time. All end with equal heads and equal JSON, nothing that
//! was acknowledged is lost, and the case was never where the written rules do not lead.
//!
//! `XUNGE_HISTORIES=100000` for more of them, `XUNGE_HISTORY=7` for one alone.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failing test should stop, and what was reached is printed"
)]

mod acts;
mod life;
mod people;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the tests of bytes use the rest")]
mod support;
#[path = "../../../domain/tests/world/table.rs"]
#[allow(dead_code, reason = "the domain's own tests use the rest")]
mod table;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use xunge_domain::case::{ActionName, CaseState};

use life::{Life, Rules};

const HISTORIES: u64 = 10_000;

/// What the histories came through together.
#[derive(Default)]
struct Reached {
    states: BTreeMap<CaseState, u64>,
    accepted: BTreeMap<ActionName, u64>,
    declined: u64,
    disputed: u64,
}

impl Reached {
    fn add(&mut self, life: &Life<'_>) {
        for state in &life.states {
            *self.states.entry(*state).or_default() += 1;
        }
        for (name, count) in &life.accepted {
            *self.accepted.entry(*name).or_default() += count;
        }
        self.declined += life.declined;
        self.disputed += u64::from(life.disputed);
    }

    fn join(mut self, other: Self) -> Self {
        for (state, count) in other.states {
            *self.states.entry(state).or_default() += count;
        }
        for (name, count) in other.accepted {
            *self.accepted.entry(name).or_default() += count;
        }
        self.declined += other.declined;
        self.disputed += other.disputed;
        self
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how many and which histories is the caller's choice"
)]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "ten thousand histories on all processors"
)]
fn random_histories_over_five_replicas_end_equal_lose_nothing_and_keep_to_the_rules() {
    let rules = Rules::read();
    if let Some(seed) = number("XUNGE_HISTORY") {
        let mut life = Life::new(seed, &rules);
        life.run();
        println!("{:#?}", life.told());
        return;
    }
    let histories = number("XUNGE_HISTORIES").unwrap_or(HISTORIES);
    let next = AtomicU64::new(1);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let reached = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut reached = Reached::default();
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed > histories {
                            return reached;
                        }
                        let mut life = Life::new(seed, &rules);
                        life.run();
                        reached.add(&life);
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .fold(Reached::default(), Reached::join)
    });
    println!("histories: {histories}, states {:?}", reached.states);
    println!(
        "accepted {:?}, declined {}, disputed {}",
        reached.accepted, reached.declined, reached.disputed
    );
    for state in CaseState::ALL {
        assert!(
            reached.states.contains_key(&state),
            "no history came to {state:?}"
        );
    }
    for name in ActionName::ALL {
        assert!(
            reached.accepted.contains_key(name),
            "{name:?} was never accepted"
        );
    }
    assert!(reached.disputed > 0, "no two checks disagreed");
}
