//! What a load came to, as JSON and for a person.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::backups::BackupReport;
use super::{AtHub, LoadPlan, PartReport};
use crate::figures::{Gate, table};

/// A round of the steady part, at the slowest hundredth.
const STEADY_P99_MS: f64 = 50.0;
/// Memory of the hub at its largest, in MiB: several times what a small server has to spare would be no bound.
const HUB_MEMORY_MIB: f64 = 256.0;
const KIB_OF_MIB: f64 = 1_024.0;

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadReport {
    pub(super) plan: LoadPlan,
    pub(super) set_up: Duration,
    /// The steady part.
    pub steady: PartReport,
    /// The reconnect storm.
    pub storm: PartReport,
    /// From the first device's coming back until the last had nothing left.
    pub storm_took: Duration,
    /// Work the hub did not take, by code.
    pub set_aside: BTreeMap<String, u64>,
    /// The backups; none when none were asked for.
    pub backups: BackupReport,
    /// What the hub has in the end.
    pub at_hub: AtHub,
}

impl LoadReport {
    /// Errors of every kind.
    #[must_use]
    pub fn errors(&self) -> u64 {
        let set_aside: u64 = self.set_aside.values().sum();
        let failed_backups = self.backups.failed.len() as u64;
        self.steady.error_count() + self.storm.error_count() + set_aside + failed_backups
    }

    /// Changes that are not at the hub, or not known to be.
    #[must_use]
    pub const fn not_drained(&self) -> u64 {
        self.at_hub.missing + self.at_hub.unacknowledged
    }

    /// What must hold.
    #[must_use]
    pub fn gates(&self) -> Vec<Gate> {
        let peak = self
            .steady
            .hub_memory
            .peak_kb
            .max(self.storm.hub_memory.peak_kb);
        vec![
            Gate::at_most("errors", 0.0, self.errors() as f64),
            Gate::at_most(
                "p99 of a round, steady, ms",
                STEADY_P99_MS,
                self.steady.round_ms.p99,
            ),
            Gate::at_most(
                "changes not drained after the storm",
                0.0,
                self.not_drained() as f64,
            ),
            Gate::at_most(
                "hub memory at its largest, MiB",
                HUB_MEMORY_MIB,
                peak as f64 / KIB_OF_MIB,
            ),
        ]
    }

    /// One object for scripts.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "devices": self.plan.devices,
            "device": "core/field over SQLite in memory, HTTP over loopback, a thread each",
            "steady_seconds": self.plan.steady.as_secs_f64(),
            "round_every_seconds": self.plan.every.as_secs_f64(),
            "storm_seconds": self.plan.storm.as_secs_f64(),
            "storm_cases_each": self.plan.storm_cases,
            "set_up_seconds": self.set_up.as_secs_f64(),
            "steady": self.steady,
            "storm": self.storm,
            "storm_drained": self.not_drained() == 0,
            "storm_drained_seconds": self.storm_took.as_secs_f64(),
            "set_aside": self.set_aside,
            "backups": self.plan.backup.then_some(&self.backups),
            "at_hub": self.at_hub,
            "errors": self.errors(),
            "gates": self.gates(),
        })
    }
}

impl fmt::Display for LoadReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = &self.plan;
        writeln!(
            out,
            "{} devices, a round every {:.0} s for {:.0} s, then all back within {:.0} s with {} cases each",
            plan.devices,
            plan.every.as_secs_f64(),
            plan.steady.as_secs_f64(),
            plan.storm.as_secs_f64(),
            plan.storm_cases
        )?;
        part(out, "steady", &self.steady)?;
        part(out, "storm", &self.storm)?;
        let AtHub {
            cases,
            changes,
            missing,
            unacknowledged,
        } = self.at_hub;
        writeln!(
            out,
            "at the hub: {cases} cases, {changes} changes of the devices, {missing} missing, {unacknowledged} unacknowledged"
        )?;
        if plan.backup {
            let BackupReport {
                made,
                failed,
                took_ms,
            } = &self.backups;
            writeln!(
                out,
                "backups: {made} made, {} failed, p50 {:.0} ms, max {:.0} ms",
                failed.len(),
                took_ms.p50,
                took_ms.max
            )?;
            failed
                .iter()
                .try_for_each(|said| writeln!(out, "  {said}"))?;
        }
        writeln!(out)?;
        out.write_str(&table(&self.gates()))
    }
}

fn part(out: &mut fmt::Formatter<'_>, name: &str, part: &PartReport) -> fmt::Result {
    writeln!(
        out,
        "{name}: {} rounds, {} requests in {:.1} s, errors {:?}",
        part.rounds, part.requests, part.seconds, part.errors
    )?;
    writeln!(
        out,
        "  round p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms; begun late p99 {:.1} ms, max {:.1} ms",
        part.round_ms.p50, part.round_ms.p99, part.round_ms.max, part.late_ms.p99, part.late_ms.max
    )?;
    writeln!(
        out,
        "  bytes up {}, down {}; CPU of the hub {:.1} s, of the devices {:.1} s; hub memory {} -> {} KiB, peak {}",
        part.bytes_up,
        part.bytes_down,
        part.hub_cpu_seconds,
        part.devices_cpu_seconds,
        part.hub_memory_before.now_kb,
        part.hub_memory.now_kb,
        part.hub_memory.peak_kb
    )
}
