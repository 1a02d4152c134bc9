//! What a run came to.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::target::{Target, Verdict};
use super::trial::{Limits, Outcome, Trial};

/// Upper bounds of the classes of times are powers of 2^(1/8) microseconds.
const CLASSES: usize = 200;
const CLASSES_AN_OCTAVE: f64 = 8.0;

/// The worst of something and the input that did it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worst<Value> {
    /// How bad.
    pub value: Value,
    /// Number of the input.
    pub number: u64,
}

impl<Value: PartialOrd> Worst<Value> {
    fn take(&mut self, value: Value, number: u64) {
        if value > self.value {
            *self = Self { value, number };
        }
    }
}

/// An input that did what none may.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Number of the input.
    pub number: u64,
    /// Where it went.
    pub target: Target,
    /// What it did.
    pub what: String,
    /// The input, made small where it was a panic.
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone)]
struct Row {
    inputs: u64,
    accepted: u64,
    panics: u64,
    contained: u64,
    times: Vec<u64>,
    slowest: Worst<Duration>,
    largest: Worst<u64>,
}

impl Row {
    fn new() -> Self {
        Self {
            inputs: 0,
            accepted: 0,
            panics: 0,
            contained: 0,
            times: vec![0; CLASSES],
            slowest: Worst::default(),
            largest: Worst::default(),
        }
    }

    fn median(&self) -> Duration {
        let mut left = self.inputs / 2;
        for (class, count) in self.times.iter().enumerate() {
            if *count > left {
                return Duration::from_secs_f64((class as f64 / CLASSES_AN_OCTAVE).exp2() / 1e6);
            }
            left -= count;
        }
        Duration::ZERO
    }
}

/// Counts, times and findings, target by target.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    rows: BTreeMap<Target, Row>,
    /// In the order in which they were met.
    pub findings: Vec<Finding>,
}

impl Tally {
    /// The slowest input of a target so far.
    #[must_use]
    pub fn slowest(&self, target: Target) -> Duration {
        self.rows
            .get(&target)
            .map_or(Duration::ZERO, |row| row.slowest.value)
    }

    /// Takes note of a trial.
    pub(super) fn note(&mut self, target: Target, number: u64, trial: &Trial) {
        let row = self.rows.entry(target).or_insert_with(Row::new);
        row.inputs += 1;
        row.contained += trial.contained;
        match trial.outcome {
            Outcome::Said(Verdict::Accepted) => row.accepted += 1,
            Outcome::Said(Verdict::Refused) => {}
            Outcome::Panicked(_) => row.panics += 1,
        }
        let class = (trial.time.as_secs_f64() * 1e6).max(1.0).log2() * CLASSES_AN_OCTAVE;
        let class = (class as usize).min(CLASSES - 1);
        row.times[class] += 1;
        row.slowest.take(trial.time, number);
        row.largest.take(trial.bytes, number);
    }

    /// Adds another's counts.
    pub(super) fn merge(&mut self, other: Self) {
        for (target, row) in other.rows {
            let own = self.rows.entry(target).or_insert_with(Row::new);
            own.inputs += row.inputs;
            own.accepted += row.accepted;
            own.panics += row.panics;
            own.contained += row.contained;
            own.times
                .iter_mut()
                .zip(row.times)
                .for_each(|(own, other)| *own += other);
            own.slowest.take(row.slowest.value, row.slowest.number);
            own.largest.take(row.largest.value, row.largest.number);
        }
        self.findings.extend(other.findings);
    }

    /// How many inputs in all.
    #[must_use]
    pub fn inputs(&self) -> u64 {
        self.rows.values().map(|row| row.inputs).sum()
    }

    /// How many of them against the guard and the wire.
    #[must_use]
    pub fn guard_and_wire(&self) -> u64 {
        let counted = self
            .rows
            .iter()
            .filter(|(target, _)| target.is_guard_or_wire());
        counted.map(|(_, row)| row.inputs).sum()
    }

    /// How many inputs of a target were taken.
    #[must_use]
    pub fn accepted(&self, target: Target) -> u64 {
        self.rows.get(&target).map_or(0, |row| row.accepted)
    }

    /// How many inputs of a target were refused.
    #[must_use]
    pub fn refused(&self, target: Target) -> u64 {
        let row = self.rows.get(&target);
        row.map_or(0, |row| row.inputs - row.accepted - row.panics)
    }

    /// How many panics came out.
    #[must_use]
    pub fn panics(&self) -> u64 {
        self.rows.values().map(|row| row.panics).sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:8} {:>10} {:>9} {:>10} {:>6} {:>9} {:>9} {:>20} {:>22}",
            "target",
            "inputs",
            "accepted",
            "refused",
            "panics",
            "contained",
            "median µs",
            "worst ms (input)",
            "most KiB (input)"
        )?;
        for (target, row) in &self.rows {
            writeln!(
                out,
                "{:8} {:>10} {:>9} {:>10} {:>6} {:>9} {:>9.1} {:>20} {:>22}",
                target.name(),
                row.inputs,
                row.accepted,
                row.inputs - row.accepted - row.panics,
                row.panics,
                row.contained,
                row.median().as_secs_f64() * 1e6,
                format!(
                    "{:.2} ({})",
                    row.slowest.value.as_secs_f64() * 1e3,
                    row.slowest.number
                ),
                format!("{} ({})", row.largest.value / 1024, row.largest.number),
            )?;
        }
        write!(
            out,
            "{} inputs, {} of them against the guard and the wire; {} panics out, {} findings",
            self.inputs(),
            self.guard_and_wire(),
            self.panics(),
            self.findings.len()
        )
    }
}

/// What a trial did that none may.
pub(super) fn fault(trial: &Trial, limits: Limits) -> Option<String> {
    if let Outcome::Panicked(words) = &trial.outcome {
        return Some(format!("panicked: {words}"));
    }
    if trial.time > limits.time {
        return Some(format!("took {:.1} ms", trial.time.as_secs_f64() * 1e3));
    }
    (trial.bytes > limits.bytes).then(|| format!("allocated {} KiB", trial.bytes / 1024))
}
