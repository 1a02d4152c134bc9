//! The figures side by side, with the gate beside each that has one.

use std::fmt;

use serde_json::{Value, json};
use xunge_tests::figures::Gate;

use crate::measured::Measured;

/// Most that a gate allows, of so many of a hundred, in milliseconds.
struct Limit {
    percent: usize,
    millis: f64,
}

const fn half(millis: f64) -> Option<Limit> {
    Some(Limit {
        percent: 50,
        millis,
    })
}

/// What is shown, in this order. The gates are those of the design for 100,000 cases, through the foreign functions.
static SHOWN: [(&str, Option<Limit>); 22] = [
    ("open", half(300.0)),
    ("first page", half(5.0)),
    ("next page", half(5.0)),
    ("deep page", None),
    ("filtered page", None),
    (
        "search, 2 characters",
        Some(Limit {
            percent: 95,
            millis: 30.0,
        }),
    ),
    ("search, 4 characters", None),
    ("search, 1 character", None),
    ("search, a code", None),
    ("nearby", half(5.0)),
    ("nearby, filtered", None),
    ("case page", None),
    ("home", None),
    ("class suggestions", None),
    ("sync page", None),
    ("change counters", None),
    ("4 MB handed over", half(15.0)),
    ("photo kept with its copies", None),
    ("draft saved", None),
    ("report", None),
    ("photo read", None),
    ("suspend", None),
];
const MEMORY_KB_MAX: f64 = 120.0 * 1_000.0;

/// A run.
pub(crate) struct Report {
    pub(crate) cases: u64,
    /// None where the stores were there.
    pub(crate) fill_seconds: Option<f64>,
    pub(crate) photo_bytes: u64,
    pub(crate) database_bytes: u64,
    /// Encrypted, through the foreign functions.
    pub(crate) foreign: Measured,
    /// Encrypted, by the facade.
    pub(crate) encrypted: Measured,
    /// Not encrypted, by the facade.
    pub(crate) plain: Measured,
}

impl Report {
    /// Each gate with its figure, through the foreign functions.
    pub(crate) fn gates(&self) -> Vec<Gate> {
        let of = |(what, limit): &(&str, Option<Limit>)| {
            let limit = limit.as_ref()?;
            let measured = self.foreign.percentile(what, limit.percent);
            let name = format!("{what}, ms at p{}", limit.percent);
            Some(Gate::at_most(&name, limit.millis, measured))
        };
        let mut gates: Vec<Gate> = SHOWN.iter().filter_map(of).collect();
        // Exact below 2^52 KiB.
        let peak = self.foreign.memory_peak_kb as f64;
        gates.push(Gate::at_most(
            "memory at its largest, KiB",
            MEMORY_KB_MAX,
            peak,
        ));
        gates
    }

    /// For a machine to read.
    pub(crate) fn value(&self) -> Value {
        let side = |measured: &Measured| {
            let figures = SHOWN
                .iter()
                .filter(|(what, _)| measured.millis.contains_key(*what));
            let figures = figures.map(|(what, _)| {
                let [p50, p95, p100] = [50, 95, 100].map(|of| measured.percentile(what, of));
                (
                    (*what).to_owned(),
                    json!({ "p50": p50, "p95": p95, "max": p100 }),
                )
            });
            json!({
                "milliseconds": figures.collect::<serde_json::Map<_, _>>(),
                "memory_before_kb": measured.memory_before_kb,
                "memory_kb": measured.memory_kb,
                "memory_peak_kb": measured.memory_peak_kb,
            })
        };
        json!({
            "cases": self.cases,
            "fill_seconds": self.fill_seconds,
            "photo_bytes": self.photo_bytes,
            "database_bytes": self.database_bytes,
            "foreign_encrypted": side(&self.foreign),
            "facade_encrypted": side(&self.encrypted),
            "facade_plain": side(&self.plain),
            "gates": self.gates(),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} cases, {} MB of database, a photo of {} kB",
            self.cases,
            self.database_bytes / 1_000_000,
            self.photo_bytes / 1_000
        )?;
        match self.fill_seconds {
            Some(seconds) => writeln!(out, "; both stores filled in {seconds:.0} s\n")?,
            None => writeln!(out, "; stores of an earlier run\n")?,
        }
        writeln!(
            out,
            "| p50 / p95, ms | gate | foreign functions, encrypted | facade, encrypted | facade, plain |\n\
             |---|---|---|---|---|"
        )?;
        for (what, limit) in &SHOWN {
            let figure = |measured: &Measured| match measured.millis.contains_key(*what) {
                true => format!(
                    "{:.2} / {:.2}",
                    measured.percentile(what, 50),
                    measured.percentile(what, 95)
                ),
                false => String::new(),
            };
            let gate = limit.as_ref().map(|limit| {
                let met = self.foreign.percentile(what, limit.percent) <= limit.millis;
                let missed = if met { "" } else { " MISSED" };
                format!("{} at p{}{missed}", limit.millis, limit.percent)
            });
            writeln!(
                out,
                "| {what} | {} | {} | {} | {} |",
                gate.unwrap_or_default(),
                figure(&self.foreign),
                figure(&self.encrypted),
                figure(&self.plain)
            )?;
        }
        let [foreign, encrypted, plain] =
            [&self.foreign, &self.encrypted, &self.plain].map(|side| {
                [side.memory_before_kb, side.memory_kb, side.memory_peak_kb]
                    .map(|kb| format!("{:.0}", kb as f64 / 1_000.0))
                    .join(" / ")
            });
        let missed = if self.foreign.memory_peak_kb as f64 > MEMORY_KB_MAX {
            " MISSED"
        } else {
            ""
        };
        writeln!(
            out,
            "| memory, MB: before opening / all read / at its largest, with the photo | 120 at its largest{missed} | {foreign} | {encrypted} | {plain} |"
        )
    }
}
