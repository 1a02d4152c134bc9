//! Gates: what a figure must not exceed.

use std::fmt::Write as _;

use serde::Serialize;

/// One gate and what was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gate {
    /// What is measured, with its unit.
    pub name: String,
    /// The most it may be.
    pub limit: f64,
    /// What it was.
    pub measured: f64,
    /// Whether it kept to it.
    pub met: bool,
}

impl Gate {
    /// At most `limit`.
    #[must_use]
    pub fn at_most(name: &str, limit: f64, measured: f64) -> Self {
        Self {
            name: name.to_owned(),
            limit,
            measured,
            met: measured <= limit,
        }
    }
}

/// Whether every gate was met.
#[must_use]
pub fn all_met(gates: &[Gate]) -> bool {
    gates.iter().all(|gate| gate.met)
}

/// The gates for a person to read.
#[must_use]
pub fn table(gates: &[Gate]) -> String {
    let mut lines = String::from("| gate | at most | measured | |\n|---|---|---|---|\n");
    for gate in gates {
        let verdict = if gate.met { "met" } else { "MISSED" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            "| {} | {} | {} | {verdict} |",
            gate.name,
            number(gate.limit),
            number(gate.measured)
        );
    }
    lines
}

/// Three digits behind the point where there is one, none where the number is whole.
fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_met_up_to_its_limit() {
        let gates = [
            Gate::at_most("round, ms", 50.0, 50.0),
            Gate::at_most("errors", 0.0, 1.0),
        ];
        assert!(all_met(&gates[..1]) && !all_met(&gates));
        let table = table(&gates);
        assert!(table.contains("| round, ms | 50 | 50 | met |"), "{table}");
        assert!(table.contains("| errors | 0 | 1 | MISSED |"), "{table}");
    }
}
