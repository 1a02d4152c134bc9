//! What a run came to.

use std::fmt;

/// One row: a step, and the side that was hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was hit, in the middle of what.
    pub what: String,
    /// How many points there are.
    pub points: u64,
    /// How many of them were hit.
    pub hit: u64,
    /// What was lost, doubled or broken, with the place where it was hit.
    pub violations: Vec<String>,
}

/// All of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What a point is called here.
    pub unit: &'static str,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// Points hit.
    #[must_use]
    pub fn hit(&self) -> u64 {
        self.rows.iter().map(|row| row.hit).sum()
    }

    /// Points there are.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.rows.iter().map(|row| row.points).sum()
    }

    /// Everything that does not hold.
    pub fn violations(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().flat_map(|row| &row.violations);
        rows.map(String::as_str)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit;
        writeln!(
            out,
            "{unit:<34} {:>7} {:>7} {:>10}",
            "there", "hit", "violations"
        )?;
        for row in &self.rows {
            let violations = row.violations.len();
            writeln!(
                out,
                "{:<34} {:>7} {:>7} {violations:>10}",
                row.what, row.points, row.hit
            )?;
        }
        let violations = self.violations().count();
        writeln!(
            out,
            "{:<34} {:>7} {:>7} {violations:>10}",
            "all",
            self.points(),
            self.hit()
        )?;
        self.violations()
            .try_for_each(|violation| writeln!(out, "VIOLATION {violation}"))
    }
}
