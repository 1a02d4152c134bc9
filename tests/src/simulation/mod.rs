//! Both halves of the product in one thread, without a socket and without a clock: two to six devices on media in
//! memory or on files, the hub's services over its store, and between them the worst network that a seed can draw.
//!
//! A schedule is a pure function of its seed, so a finding repeats, and its steps can be left out one by one, so it
//! gets small. After every step the invariants I1-I8 of `docs/reliability.md` are checked against a model that knows
//! only what devices called saved and what the hub called received; at the end the faults stop, everything must drain
//! and all replicas must be alike.

mod cast;
mod device;
mod faults;
mod forgery;
mod hub;
mod invariants;
mod minimise;
mod model;
mod network;
mod parts;
mod plan;
mod receipts;
mod settle;
mod staff;
mod tally;
mod trouble;
mod violation;
mod world;
mod writes;

pub use faults::Planted;
pub use minimise::minimise;
pub use plan::Plan;
pub use tally::{Event, Shares, Tally};
pub use violation::Violation;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use world::World;

/// How schedules are run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// A mistake in the simulated world.
    pub planted: Option<Planted>,
    /// Every store is SQLite on real files.
    pub on_files: bool,
    /// Schedules at once; 0: one a core.
    pub jobs: usize,
}

/// How a schedule went.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What was to happen in it.
    pub plan: Plan,
    /// What happened in it.
    pub tally: Tally,
    /// The invariant it broke, if any.
    pub violation: Option<Violation>,
    /// Step by step, the last ones.
    pub trace: Vec<String>,
}

impl Outcome {
    /// The seed of the schedule.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.plan.seed
    }
}

/// Runs one schedule.
#[must_use]
pub fn run_plan(plan: Plan, options: Options) -> Outcome {
    let mut world = match World::new(&plan, options) {
        Ok(world) => world,
        Err(violation) => {
            return Outcome {
                plan,
                tally: Tally::default(),
                violation: Some(violation),
                trace: Vec::new(),
            };
        }
    };
    let ran = world.run(&plan).and_then(|()| world.settle());
    Outcome {
        plan,
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
    options: Options,
    progress: &(dyn Fn(&Shares) + Sync),
) -> (Shares, Option<Outcome>) {
    let next = AtomicU64::new(0);
    let found = AtomicBool::new(false);
    let collected = Mutex::new((Shares::default(), None::<Outcome>));
    let jobs = if options.jobs == 0 {
        std::thread::available_parallelism().map_or(1, usize::from)
    } else {
        options.jobs
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= schedules || found.load(Ordering::Relaxed) {
                        return;
                    }
                    let outcome = run_plan(Plan::of(seed.wrapping_add(number)), options);
                    let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
                    collected.0.take(&outcome.tally);
                    progress(&collected.0);
                    if outcome.violation.is_some() {
                        found.store(true, Ordering::Relaxed);
                        let earlier = collected.1.as_ref().map_or(u64::MAX, Outcome::seed);
                        if outcome.seed() < earlier {
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
