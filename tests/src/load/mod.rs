//! A city at work on one hub: hundreds of devices in a steady day, then all of them coming back at once.
//!
//! The hub is a process of its own (`xunge serve`), HTTP is real and goes over loopback, and every device is the real
//! core with its SQLite; only the stores lie in memory, because hundreds of stores on the hub's own disk would measure
//! that disk. Two devices share a beat, as two workers in shifts do, so that a round also brings what the other wrote.
//! Setting up (people, enrolment, the cases the devices hold) is not counted.

mod backups;
mod beats;
mod city;
mod error;
mod fleet;
mod kept;
mod part;
mod report;

use std::time::{Duration, Instant};

pub use error::LoadError;
pub use kept::AtHub;
pub use part::PartReport;
pub use report::LoadReport;

use backups::Backups;
use city::City;
use part::Part;

/// What is asked of the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadPlan {
    /// Devices.
    pub devices: usize,
    /// How long the steady part is.
    pub steady: Duration,
    /// How often a device makes a round in it.
    pub every: Duration,
    /// Within how long all devices come back.
    pub storm: Duration,
    /// With how many cases each.
    pub storm_cases: u64,
    /// Whether backups are made all the while.
    pub backup: bool,
    /// Of the texts.
    pub seed: u64,
}

/// Sets the city up, runs both parts and looks what the hub has in the end.
///
/// # Errors
/// What keeps the load from running. What the hub does wrong under it is in the report.
pub fn run(plan: &LoadPlan) -> Result<LoadReport, LoadError> {
    let began = Instant::now();
    let city = City::build(plan)?;
    let mut fleet = city.enrol(plan)?;
    fleet.hold_cases(plan.seed)?;
    let set_up = began.elapsed();
    let backups = Backups::default();
    let (steady, storm, storm_took) = std::thread::scope(|scope| {
        if plan.backup {
            scope.spawn(|| backups.keep_making(&city.server, city.folder.path()));
        }
        let parts = both_parts(plan, &city, &mut fleet);
        // However it ended, or the backups would go on for ever.
        backups.stop();
        parts
    })?;
    let errors_kept = fleet.set_aside()?;
    let at_hub = kept::compare(city, fleet)?;
    Ok(LoadReport {
        plan: plan.clone(),
        set_up,
        steady,
        storm,
        storm_took,
        set_aside: errors_kept,
        backups: backups.report(),
        at_hub,
    })
}

fn both_parts(
    plan: &LoadPlan,
    city: &City,
    fleet: &mut fleet::Fleet,
) -> Result<(PartReport, PartReport, Duration), LoadError> {
    let hub = city.server.id();
    let steady = Part::begin(hub);
    let tallies = fleet.steady(plan.steady, plan.every, plan.seed)?;
    let steady = steady.end(&tallies);
    // Without signal now: nothing of this reaches the hub.
    fleet.write_offline(plan.storm_cases, plan.seed)?;
    let storm = Part::begin(hub);
    let began = Instant::now();
    let tallies = fleet.storm(plan.storm)?;
    let took = began.elapsed();
    Ok((steady, storm.end(&tallies), took))
}
