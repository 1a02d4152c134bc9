//! One input, measured.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::time::{Duration, Instant};

use super::target::Verdict;

/// A slow input is tried again so many times and its best time counts: the others are the machine's. Where the
/// system tells how long this thread was on a processor, the mean of that counts: others may be at work.
const TRIES_OF_A_SLOW_ONE: u32 = 4;
/// How exactly the system tells it.
const TICK: Duration = Duration::from_millis(4);

/// Measures the most bytes that were allocated at one time while something ran. Handed in, because counting takes an
/// allocator of its own, which only a whole program can choose.
pub type Measure = fn(&mut dyn FnMut()) -> u64;

/// What no input may exceed.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time.
    pub time: Duration,
    /// Bytes allocated at one time.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_millis(50),
            bytes: 64 * 1024 * 1024,
        }
    }
}

/// How an input ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With a verdict.
    Said(Verdict),
    /// With a panic: a violation. What it said.
    Panicked(String),
}

/// What one input cost.
#[derive(Debug, Clone)]
pub struct Trial {
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took; the best of several where the first was slow.
    pub time: Duration,
    /// The most bytes allocated at one time.
    pub bytes: u64,
    /// Panics that the product caught itself.
    pub contained: u64,
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static PANICS: Cell<u64> = const { Cell::new(0) };
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Counts panics on this thread without their report, which would be gigabytes.
fn listen() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if QUIET.get() {
                PANICS.set(PANICS.get() + 1);
                LAST.with_borrow_mut(|last| *last = panic.to_string());
            } else {
                report(panic);
            }
        }));
    });
}

/// Runs one input. What takes longer than `slow` is run again, to tell the input from the machine.
pub fn try_input(
    run: &dyn Fn(&[u8]) -> Verdict,
    bytes: &[u8],
    slow: Duration,
    measure: Measure,
) -> Trial {
    listen();
    let mut trial = once(run, bytes, measure);
    if trial.time <= slow {
        return trial;
    }
    let before = on_processor();
    for _ in 0..TRIES_OF_A_SLOW_ONE {
        trial.time = trial.time.min(once(run, bytes, measure).time);
    }
    if let (Some(before), Some(after)) = (before, on_processor()) {
        // The system counts in ticks, so up to one is missing.
        let busy = after.saturating_sub(before) + TICK;
        trial.time = trial.time.min(busy / TRIES_OF_A_SLOW_ONE);
    }
    trial
}

/// How long this thread was on a processor in its life; Linux tells.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

fn once(run: &dyn Fn(&[u8]) -> Verdict, bytes: &[u8], measure: Measure) -> Trial {
    let mut ended = None;
    let mut time = Duration::ZERO;
    let before = PANICS.get();
    QUIET.set(true);
    let allocated = measure(&mut || {
        let started = Instant::now();
        ended = Some(catch_unwind(AssertUnwindSafe(|| run(bytes))).ok());
        time = started.elapsed();
    });
    QUIET.set(false);
    let outcome = ended.flatten().map_or_else(
        || Outcome::Panicked(LAST.with_borrow(String::clone)),
        Outcome::Said,
    );
    let out = u64::from(matches!(outcome, Outcome::Panicked(_)));
    Trial {
        outcome,
        time,
        bytes: allocated,
        contained: PANICS.get() - before - out,
    }
}
