//! Ninety days of the city as a plan: who did what, where and when. Pure data; the ordinary ingest enters it.

pub mod checkins;
mod draws;
pub mod hours;
mod life;
pub mod matters;
mod stories;

use xunge_domain::case::{Act, PhotoPurpose, Severity};
use xunge_domain::geo::Point;
use xunge_domain::grid::{GridError, GridIndex, UnitGridCode};
use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;

use super::city::City;
use super::photos::Picture;
use super::random::Random;

/// How far back the history reaches.
pub const DAYS: i64 = 90;
/// The demo's fixed clock: Monday 2025-06-30 11:00 in Zhengzhou, as milliseconds since the epoch.
pub const DEMO_CLOCK: Timestamp = Timestamp::from_millis(1_751_252_400_000);

/// One case from its finding on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedCase {
    /// Code of the minor class.
    pub class: String,
    /// Code of the filing condition, as the reporter proposes it.
    pub condition: String,
    /// One line.
    pub title: String,
    /// What is wrong.
    pub description: String,
    /// Where, in words.
    pub address: String,
    /// Where.
    pub point: Point,
    /// The unit grid of the point.
    pub unit_grid: UnitGridCode,
    /// How bad.
    pub severity: Severity,
    /// What happened, in the order in which the server heard of it. The reporter's steps up to the report come first.
    pub steps: Vec<Step>,
}

/// One thing somebody did.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Who.
    pub author: PersonId,
    /// The author's clock.
    pub at: Timestamp,
    /// When the server received it; later than `at` where there was no signal.
    pub received: Timestamp,
    /// What.
    pub deed: Deed,
}

/// What a step adds to the case.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// A photo.
    Photo {
        /// Which drawing.
        picture: Picture,
        /// What it is for.
        purpose: PhotoPurpose,
        /// In words.
        caption: String,
        /// Where the camera was.
        point: Point,
    },
    /// A hazard note.
    Hazard(String),
    /// A comment.
    Comment(String),
    /// An action to be ruled.
    Act(Act),
}

impl PlannedCase {
    /// Who reported.
    pub fn reporter(&self) -> Option<&PersonId> {
        self.steps.first().map(|step| &step.author)
    }

    /// When it was filed, if it came that far.
    pub fn filed_at(&self) -> Option<Timestamp> {
        let filing = |step: &&Step| matches!(step.deed, Deed::Act(Act::File { .. }));
        self.steps.iter().find(filing).map(|step| step.received)
    }

    /// When the server first heard of it.
    pub fn first_received(&self) -> Option<Timestamp> {
        self.steps.first().map(|step| step.received)
    }
}

/// Plans `cases` cases over the 90 days before `clock`, the oldest first. The two told events are among them.
///
/// # Errors
/// The city's unit grids cannot be right.
pub fn plan(
    city: &City,
    seed: u64,
    cases: usize,
    clock: Timestamp,
) -> Result<Vec<PlannedCase>, GridError> {
    let grids = GridIndex::new(city.unit_grids.clone())?;
    let mut random = Random::new(seed, "history");
    // On an earlier day than theirs the told events have not happened yet.
    let happened = |story: &PlannedCase| story.steps.iter().all(|step| step.received <= clock);
    let mut plan: Vec<PlannedCase> = stories::stories(city, &grids)
        .into_iter()
        .filter(happened)
        .take(cases)
        .collect();
    // A draw that lands on no grid is drawn again; bounded, so that a broken city cannot hang the start.
    let mut attempts = cases.saturating_mul(4);
    let mut waiting = draws::WAITING.into_iter();
    let mut waits_at = waiting.next();
    while plan.len() < cases && attempts > 0 {
        attempts -= 1;
        // However small the city: one case for every desk comes first.
        if let Some(case) = life::case(city, &grids, clock, waits_at, &mut random) {
            plan.push(case);
            waits_at = waiting.next();
        }
    }
    plan.sort_by_key(|case| (case.first_received(), case.title.clone()));
    Ok(plan)
}

#[cfg(test)]
mod tests;
