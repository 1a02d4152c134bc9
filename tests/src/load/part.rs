//! One part of the load: what the devices saw and what the hub used.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::device::{SyncEnd, SyncReport};
use crate::figures::{Memory, Spread, forget_peak_memory, memory, processor_seconds};

/// What one device saw.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// How long the link and the hub took for each round.
    rounds: Vec<Duration>,
    /// How much later than its time each round began: the harness's own slowness.
    pub(super) late: Vec<Duration>,
    requests: u64,
    bytes_up: u64,
    bytes_down: u64,
    errors: BTreeMap<String, u64>,
}

impl Tally {
    /// Takes a round down.
    pub(super) fn take(&mut self, report: &SyncReport) {
        self.rounds.push(report.waited);
        self.requests += u64::from(report.requests);
        self.bytes_up += report.bytes_up;
        self.bytes_down += report.bytes_down;
        for problem in &report.problems {
            *self.errors.entry(problem.code().to_owned()).or_default() += 1;
        }
        if let SyncEnd::Refused { code, .. } = &report.end {
            *self.errors.entry(code.clone()).or_default() += 1;
        }
    }
}

/// What a part came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartReport {
    /// Rounds of all devices.
    pub rounds: usize,
    /// Their requests.
    pub requests: u64,
    /// Errors by code.
    pub errors: BTreeMap<String, u64>,
    /// A round: all its requests, from sending to the last byte of the answer.
    pub round_ms: Spread,
    /// How much later than their time the rounds began. Large: the machine was too busy for the harness itself.
    pub late_ms: Spread,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answer bodies.
    pub bytes_down: u64,
    /// How long it went on.
    pub seconds: f64,
    /// Processor time of the hub.
    pub hub_cpu_seconds: f64,
    /// Processor time of all devices together.
    pub devices_cpu_seconds: f64,
    /// Memory of the hub when the part began.
    pub hub_memory_before: Memory,
    /// Memory of the hub at its end; the peak is that of the part.
    pub hub_memory: Memory,
}

impl PartReport {
    /// Errors of all codes.
    #[must_use]
    pub fn error_count(&self) -> u64 {
        self.errors.values().sum()
    }
}

/// A part that runs.
pub(super) struct Part {
    hub: u32,
    began: Instant,
    hub_cpu: f64,
    devices_cpu: f64,
    memory: Memory,
}

impl Part {
    pub(super) fn begin(hub: u32) -> Self {
        forget_peak_memory(hub);
        Self {
            hub,
            began: Instant::now(),
            hub_cpu: processor_seconds(hub),
            devices_cpu: processor_seconds(std::process::id()),
            memory: memory(hub),
        }
    }

    pub(super) fn end(self, tallies: &[Tally]) -> PartReport {
        let all = |of: fn(&Tally) -> &Vec<Duration>| -> Vec<Duration> {
            tallies.iter().flat_map(of).copied().collect()
        };
        let sum = |of: fn(&Tally) -> u64| tallies.iter().map(of).sum();
        let mut errors = BTreeMap::new();
        for (code, count) in tallies.iter().flat_map(|tally| &tally.errors) {
            *errors.entry(code.clone()).or_default() += count;
        }
        let rounds = all(|tally| &tally.rounds);
        PartReport {
            rounds: rounds.len(),
            requests: sum(|tally| tally.requests),
            errors,
            round_ms: Spread::of(&rounds),
            late_ms: Spread::of(&all(|tally| &tally.late)),
            bytes_up: sum(|tally| tally.bytes_up),
            bytes_down: sum(|tally| tally.bytes_down),
            seconds: self.began.elapsed().as_secs_f64(),
            hub_cpu_seconds: processor_seconds(self.hub) - self.hub_cpu,
            devices_cpu_seconds: processor_seconds(std::process::id()) - self.devices_cpu,
            hub_memory_before: self.memory,
            hub_memory: memory(self.hub),
        }
    }
}
