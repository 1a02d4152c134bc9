//! A measurement for a person to read, and to paste into docs/performance.md.

use std::fmt;

use super::{BenchPlan, BenchRun, Phase};

impl fmt::Display for BenchRun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        title(out, &self.plan)?;
        writeln!(
            out,
            "| phase | seconds | bytes up | bytes down | requests | hub CPU, s | device CPU, s |\n\
             |---|---|---|---|---|---|---|"
        )?;
        writeln!(
            out,
            "| write, no link | {:.3} | | | | | {:.3} |",
            self.write_seconds, self.write_cpu_seconds
        )?;
        let phases = [
            ("push", &self.push),
            ("nothing new", &self.nothing_new),
            ("comparison, nothing differs", &self.comparison),
            ("resync of 5 changed", &self.resync_of_5),
            ("pull by a fresh device", &self.pull),
        ];
        for (name, phase) in phases {
            row(out, name, phase)?;
        }
        writeln!(
            out,
            "\nHub memory at its largest: {} KiB",
            self.hub_peak_memory_kb
        )
    }
}

fn title(out: &mut fmt::Formatter<'_>, plan: &BenchPlan) -> fmt::Result {
    let BenchPlan {
        cases,
        delay_ms,
        kbps,
        unsigned,
        plain,
        unencrypted,
    } = plan;
    let signatures = if *unsigned { "unsigned" } else { "signed" };
    let wire = if *plain { "plain" } else { "columns" };
    let stores = if *unencrypted { "plain" } else { "encrypted" };
    write!(
        out,
        "{cases} cases, {signatures}, {wire}, stores {stores}, {delay_ms} ms one way, "
    )?;
    match kbps {
        Some(kbps) => writeln!(out, "{kbps} kbit/s\n"),
        None => writeln!(out, "rate of the machine\n"),
    }
}

fn row(out: &mut fmt::Formatter<'_>, name: &str, phase: &Phase) -> fmt::Result {
    writeln!(
        out,
        "| {name} | {:.3} | {} | {} | {} | {:.2} | {:.3} |",
        phase.seconds,
        phase.bytes_up,
        phase.bytes_down,
        phase.requests,
        phase.hub_cpu_seconds,
        phase.device_cpu_seconds
    )
}
