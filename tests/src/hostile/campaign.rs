//! A run of many inputs on several threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::minimise::minimise;
use super::source::Source;
use super::tally::{Finding, Tally, fault};
use super::target::{Target, Verdict};
use super::trial::{Limits, Measure, Outcome, Trial, try_input};

/// Inputs a thread takes at a time.
const BLOCK: u64 = 512;
/// What takes longer is measured again, unless something slower is known already.
const SLOW: Duration = Duration::from_millis(5);
/// Findings kept in all; the rest is counted.
const FINDINGS_MAX: u64 = 16;

/// What to run.
pub struct Campaign<'a> {
    /// Where inputs come from.
    pub source: &'a Source,
    /// Number of the first input.
    pub first: u64,
    /// How many.
    pub inputs: u64,
    /// With which seed.
    pub seed: u64,
    /// On how many threads.
    pub threads: usize,
    /// What no input may exceed.
    pub limits: Limits,
    /// How memory is counted.
    pub measure: Measure,
    /// Whom the inputs are for; [`Target::run`] but in the tests of this harness.
    pub run: &'a (dyn Fn(Target, &[u8]) -> Verdict + Sync),
}

/// Runs all inputs; `progress` hears from time to time how many are done.
#[must_use]
pub fn run(campaign: &Campaign<'_>, progress: &(dyn Fn(u64) + Sync)) -> Tally {
    let next = AtomicU64::new(0);
    let found = AtomicU64::new(0);
    let mut whole = Tally::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..campaign.threads.max(1))
            .map(|_| scope.spawn(|| work(campaign, &next, &found, progress)))
            .collect();
        for worker in workers {
            if let Ok(tally) = worker.join() {
                whole.merge(tally);
            }
        }
    });
    whole
}

fn work(
    campaign: &Campaign<'_>,
    next: &AtomicU64,
    found: &AtomicU64,
    progress: &(dyn Fn(u64) + Sync),
) -> Tally {
    let mut tally = Tally::default();
    loop {
        let from = next.fetch_add(BLOCK, Ordering::Relaxed);
        if from >= campaign.inputs {
            return tally;
        }
        for offset in from..(from + BLOCK).min(campaign.inputs) {
            one(campaign, campaign.first + offset, found, &mut tally);
        }
        progress(from);
    }
}

fn one(campaign: &Campaign<'_>, number: u64, found: &AtomicU64, tally: &mut Tally) {
    let (target, bytes) = campaign.source.input(campaign.seed, number);
    let run = |bytes: &[u8]| (campaign.run)(target, bytes);
    let slow = tally
        .slowest(target)
        .min(campaign.limits.time / 2)
        .max(SLOW);
    let trial = try_input(&run, &bytes, slow, campaign.measure);
    tally.note(target, number, &trial);
    let Some(what) = fault(&trial, campaign.limits) else {
        return;
    };
    if found.fetch_add(1, Ordering::Relaxed) < FINDINGS_MAX {
        tally.findings.push(Finding {
            number,
            target,
            what,
            bytes: small(campaign, target, &trial, bytes),
        });
    }
}

fn small(campaign: &Campaign<'_>, target: Target, trial: &Trial, bytes: Vec<u8>) -> Vec<u8> {
    if !matches!(trial.outcome, Outcome::Panicked(_)) {
        return bytes;
    }
    let run = |bytes: &[u8]| (campaign.run)(target, bytes);
    let panics = |bytes: &[u8]| {
        let trial = try_input(&run, bytes, Duration::MAX, campaign.measure);
        matches!(trial.outcome, Outcome::Panicked(_))
    };
    minimise(target, &bytes, &panics)
}
