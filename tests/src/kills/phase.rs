//! What is killed, in the middle of what, and what the kills came to.

use std::fmt;

/// What a kill is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The device writes a report: draft, photo files, case.
    Report,
    /// The device keeps a photo of a case.
    Attach,
    /// The device writes a comment.
    Comment,
    /// The device is in a round: it pushes, uploads, takes an answer in.
    Round,
    /// The hub takes a push in.
    Ingest,
    /// The hub takes the bytes of a photo in.
    Upload,
}

impl Phase {
    /// Every phase, in the order of the table; kills go round them.
    pub const ALL: [Self; 6] = [
        Self::Report,
        Self::Attach,
        Self::Comment,
        Self::Round,
        Self::Ingest,
        Self::Upload,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Report => "device, writing a report",
            Self::Attach => "device, keeping a photo",
            Self::Comment => "device, writing a comment",
            Self::Round => "device, in a round",
            Self::Ingest => "hub, taking a push in",
            Self::Upload => "hub, taking a photo in",
        }
    }
}

/// When a kill struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before anything of the write or the round was on the disk or on the wire.
    Before,
    /// In the middle.
    Inside,
    /// The command had answered, or the answer had been taken in.
    After,
}

/// The count of all kills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    counts: [[u64; 3]; Phase::ALL.len()],
    /// Commands that were over before the kill: they are no kills.
    pub missed: u64,
    /// Writes called saved.
    pub saved: u64,
    /// What was called saved or received and is gone.
    pub lost: Vec<String>,
    /// What is there twice.
    pub duplicated: Vec<String>,
}

impl Table {
    pub(super) fn add(&mut self, phase: Phase, moment: Moment) {
        self.counts[phase as usize][moment as usize] += 1;
    }

    /// Kills of one phase at one moment.
    #[must_use]
    pub const fn count(&self, phase: Phase, moment: Moment) -> u64 {
        self.counts[phase as usize][moment as usize]
    }

    /// All kills.
    #[must_use]
    pub fn kills(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// Kills in the middle of a write or a round.
    #[must_use]
    pub fn inside(&self) -> u64 {
        let inside = |counts: &[u64; 3]| counts[Moment::Inside as usize];
        self.counts.iter().map(inside).sum()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "{:<28} {:>6} {:>6} {:>6}",
            "killed", "before", "inside", "after"
        )?;
        for phase in Phase::ALL {
            let count = |moment| self.count(phase, moment);
            writeln!(
                out,
                "{:<28} {:>6} {:>6} {:>6}",
                phase.name(),
                count(Moment::Before),
                count(Moment::Inside),
                count(Moment::After)
            )?;
        }
        writeln!(
            out,
            "{} kills, {} of them inside a write or a round; {} commands were over before the kill",
            self.kills(),
            self.inside(),
            self.missed
        )?;
        writeln!(
            out,
            "{} writes called saved: {} lost, {} duplicated",
            self.saved,
            self.lost.len(),
            self.duplicated.len()
        )?;
        for (what, items) in [("LOST", &self.lost), ("DUPLICATED", &self.duplicated)] {
            items
                .iter()
                .try_for_each(|item| writeln!(out, "{what} {item}"))?;
        }
        Ok(())
    }
}
