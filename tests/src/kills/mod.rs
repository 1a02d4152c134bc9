//! `kill -9` of real processes, aimed at writes and rounds.
//!
//! A kill of the device waits for the first change in its store and strikes within the time the write then takes; a
//! kill in a round waits for a number of bytes on the wire. After each kill everything that was ever called saved
//! must be on the device, and everything it calls received must be at the hub; at the end all of it must be at both,
//! once.

mod campaign;
mod ledger;
mod phase;
mod running;

pub use phase::{Moment, Phase, Table};

use campaign::Campaign;

/// Commands that may be over before their kill, for each kill wanted.
const MISSES_PER_KILL: u64 = 20;

/// Kills a device and a hub so many times, in turn in every phase.
///
/// # Panics
/// When the world does not start, does not drain, or the aim is never true.
#[must_use]
pub fn run(kills: u64, seed: u64) -> Table {
    let mut campaign = Campaign::new(seed);
    let mut phases = Phase::ALL.into_iter().cycle();
    while campaign.table.kills() < kills {
        let phase = phases.next().unwrap_or(Phase::Comment);
        while !campaign.kill(phase) {
            assert!(
                campaign.table.missed < MISSES_PER_KILL * kills,
                "the aim at {phase:?} is never true"
            );
        }
    }
    campaign.settle();
    campaign.table
}
