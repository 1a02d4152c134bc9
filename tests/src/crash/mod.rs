//! Crashes of real processes at their system calls: killed at every one, the power cut after any, the disk broken or
//! full at any.
//!
//! A day of twenty steps is played once with a real `field-device` and a real `xunge`, both under a tracer that sees
//! every call that changes a file, a name or a folder, flushes one, or gives an answer away. Between two such calls
//! nothing changes that a crash could leave behind, so these are all points there are.

mod call;
mod check;
mod disk;
mod errors;
mod kill;
mod power;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod registers;
mod script;
mod stage;
mod table;
#[cfg_attr(
    not(all(target_os = "linux", target_arch = "x86_64")),
    path = "tracer_absent.rs"
)]
mod tracer;
mod watchers;

pub use table::{Row, Table};

use call::Failure;
use errors::errors;
use kill::{Side, done_twice, kill};
use power::{Flushes, power};
use stage::Stage;

/// Steps of the day, from 0, that planted mistakes strike: a report, a round that brings it to the hub, a comment.
const REPORT: usize = 1;
const SYNC: usize = 5;
const COMMENT: usize = 4;

/// Whether processes can be watched on this machine.
///
/// # Errors
/// Why not, for a person.
pub fn permitted() -> Result<(), String> {
    tracer::permitted()
}

/// A played day, to crash.
pub struct Day(Stage);

/// What of the day is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// One step, from 1; all of them when there is none.
    pub step: Option<usize>,
    /// One point in so many.
    pub stride: u64,
}

impl Day {
    /// Plays it once, without a fault.
    ///
    /// # Panics
    /// When the world does not start or something fails without any fault.
    #[must_use]
    pub fn play() -> Self {
        Self(Stage::play())
    }

    fn sides(&self, selection: Selection) -> impl Iterator<Item = (usize, Side)> {
        let steps = self.0.steps.iter().enumerate();
        let steps = steps.filter(move |(number, _)| {
            let wanted = selection.step;
            wanted.is_none_or(|wanted| wanted == number + 1)
        });
        steps.flat_map(|(number, step)| {
            let hub = step.speaks().then_some((number, Side::Hub));
            [(number, Side::Device)].into_iter().chain(hub)
        })
    }

    /// Kills device and hub at the points of the day.
    #[must_use]
    pub fn kill(&self, selection: Selection) -> Table {
        let sides = self.sides(selection);
        let rows = sides.map(|(number, side)| kill(&self.0, number, side, selection.stride));
        Table {
            unit: "killed at a call of",
            rows: rows.collect(),
        }
    }

    /// Cuts the power so many times, half of them at the hub.
    #[must_use]
    pub fn power(&self, states: u64, seed: u64) -> Table {
        self.cut(states, seed, Flushes::Kept)
    }

    fn cut(&self, states: u64, seed: u64, flushes: Flushes) -> Table {
        let at_hub = states / 2;
        Table {
            unit: "states after a power cut",
            rows: vec![
                power(&self.0, Side::Device, states - at_hub, seed, flushes),
                power(&self.0, Side::Hub, at_hub, seed, flushes),
            ],
        }
    }

    /// Breaks the disk of device and hub at the calls of the day, and fills it.
    #[must_use]
    pub fn errors(&self, selection: Selection) -> Table {
        let stride = selection.stride;
        let rows = self.sides(selection).flat_map(|(number, side)| {
            let failures = [Failure::Broken, Failure::Full];
            failures.map(|failure| errors(&self.0, number, side, failure, stride))
        });
        Table {
            unit: "the disk fails at a call of",
            rows: rows.collect(),
        }
    }

    /// Mistakes that are planted, each of which must be found: a disk that forgets what it was told to flush, a disk
    /// that calls a write done and does not do it, a step done twice.
    #[must_use]
    pub fn planted(&self, states: u64, stride: u64) -> Vec<Table> {
        let row = |row| Table {
            unit: "planted",
            rows: vec![row],
        };
        let lying = |number, side| row(errors(&self.0, number, side, Failure::Lying, stride));
        let forgotten = self.cut(states, 1, Flushes::Ignored);
        let mut planted: Vec<Table> = forgotten.rows.into_iter().map(row).collect();
        planted.push(lying(REPORT, Side::Device));
        planted.push(lying(SYNC, Side::Hub));
        planted.push(row(done_twice(&self.0, COMMENT)));
        planted
    }
}
