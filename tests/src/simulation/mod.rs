//! Both halves of the product in one thread, without a socket and without a clock: three devices on media in memory,
//! the hub's services over a store in memory, and between them the worst network that a seed can draw.
//!
//! A schedule is a pure function of its seed, so a finding repeats. After every step the invariants I1-I8 of
//! `docs/reliability.md` are checked against a model that knows only what devices called saved and what the hub
//! called received; at the end the faults stop, everything must drain and all replicas must be alike.

mod cast;
mod device;
mod faults;
mod forgery;
mod hub;
mod invariants;
mod model;
mod network;
mod receipts;
mod settle;
mod staff;
mod tally;
mod violation;
mod world;
mod writes;

pub use faults::Planted;
pub use tally::{Event, Shares, Tally};
pub use violation::Violation;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use world::World;

/// How a schedule went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its seed.
    pub seed: u64,
    /// What happened in it.
    pub tally: Tally,
    /// The invariant it broke, if any.
    pub violation: Option<Violation>,
    /// Step by step, the last ones.
    pub trace: Vec<String>,
}

/// Runs one schedule.
#[must_use]
pub fn run_schedule(seed: u64, planted: Option<Planted>) -> Outcome {
    let mut world = match World::new(seed, planted) {
        Ok(world) => world,
        Err(violation) => {
            return Outcome {
                seed,
                tally: Tally::default(),
                violation: Some(violation),
                trace: Vec::new(),
            };
        }
    };
    let ran = world.run().and_then(|()| world.settle());
    Outcome {
        seed,
        tally: world.tally,
        violation: ran.err(),
        trace: world.into_trace(),
    }
}

/// Runs the schedules `seed`, `seed + 1`, … on every core, until one finds something. The shares are those of the
/// schedules that ran; the finding is the one with the smallest seed among those that ran.
/// `progress` is told the shares after each schedule.
#[must_use]
pub fn simulate(
    schedules: u64,
    seed: u64,
    planted: Option<Planted>,
    progress: &(dyn Fn(&Shares) + Sync),
) -> (Shares, Option<Outcome>) {
    let next = AtomicU64::new(0);
    let found = AtomicBool::new(false);
    let collected = Mutex::new((Shares::default(), None::<Outcome>));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= schedules || found.load(Ordering::Relaxed) {
                        return;
                    }
                    let outcome = run_schedule(seed.wrapping_add(number), planted);
                    let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
                    collected.0.take(&outcome.tally);
                    progress(&collected.0);
                    if outcome.violation.is_some() {
                        found.store(true, Ordering::Relaxed);
                        let earlier = collected.1.as_ref().map_or(u64::MAX, |found| found.seed);
                        if outcome.seed < earlier {
                            collected.1 = Some(outcome);
                        }
                    }
                }
            });
        }
    });
    collected
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}
