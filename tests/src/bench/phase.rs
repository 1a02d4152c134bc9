//! One phase: a device synchronises until nothing is left, and what that took.

use std::time::Instant;

use serde::Serialize;
use xunge_field::FieldApp;

use super::BenchError;
use crate::device::{Link, SyncEnd, synchronise};
use crate::figures::{forget_peak_memory, memory, processor_seconds, thread_processor_seconds};
use crate::proxy::ChaosProxy;

/// Tries in a row; the link of a measurement is slow, not broken.
const TRIES: u32 = 3;

/// What a phase took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Phase {
    /// By the clock.
    pub seconds: f64,
    /// Bytes the device sent, on its socket.
    pub bytes_up: u64,
    /// Bytes it was given.
    pub bytes_down: u64,
    /// Requests.
    pub requests: u32,
    /// Processor time of the hub, in steps of 10 ms.
    pub hub_cpu_seconds: f64,
    /// Processor time of the device.
    pub device_cpu_seconds: f64,
    /// The most memory the hub had in it.
    pub hub_peak_memory_kb: u64,
}

impl Phase {
    /// Bytes both ways.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes_up + self.bytes_down
    }
}

pub(super) fn measure(
    name: &'static str,
    app: &mut FieldApp,
    link: &Link,
    proxy: &ChaosProxy,
    hub: u32,
) -> Result<Phase, BenchError> {
    forget_peak_memory(hub);
    let counters = proxy.counters();
    let (up, down) = (counters.bytes_up(), counters.bytes_down());
    let (hub_cpu, device_cpu) = (processor_seconds(hub), thread_processor_seconds());
    let began = Instant::now();
    let report = synchronise(app, link, TRIES, &mut |_| {})?;
    let seconds = began.elapsed().as_secs_f64();
    if report.end != SyncEnd::Done || !report.problems.is_empty() {
        return Err(BenchError::Round {
            phase: name,
            said: format!("{report:?}"),
        });
    }
    Ok(Phase {
        seconds,
        bytes_up: counters.bytes_up() - up,
        bytes_down: counters.bytes_down() - down,
        requests: report.requests,
        hub_cpu_seconds: processor_seconds(hub) - hub_cpu,
        device_cpu_seconds: thread_processor_seconds() - device_cpu,
        hub_peak_memory_kb: memory(hub).peak_kb,
    })
}
