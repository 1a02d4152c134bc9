//! The seed of a day's draws, published: who has it and a checkpoint of the log makes every draw again.

use serde::Serialize;
use utoipa::ToSchema;
use xunge_domain::ids::Digest;
use xunge_domain::task::task_seed;
use xunge_domain::time::Timestamp;

use crate::app::App;
use crate::services::log::{LogError, root_at};
use crate::services::rechecks::{RecheckError, midnight};
use crate::services::tasks::rules;
use crate::store::HubRead;
use crate::tables::local_date;

/// `printf 'xunge task\n%s\n%s\n%s\n' $day $size $root | sha256sum` is the seed. An offer goes to somebody else than the nearest
/// when the first eight hex digits of `printf '%s %s %s %s' $seed $case $kind $round | sha256sum`, as a number, times 10,000 are
/// below `per_myriad` times 2³²; then the next eight, times the number of the others, over 2³² are the place among them by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeedView {
    /// The day, +08:00.
    pub day: String,
    /// Entries of the log before the first one of that day.
    pub size: u64,
    /// The log's root at that size, hex: `/api/log/consistency?from={size}` proves it.
    pub root: String,
    /// The seed, hex.
    pub seed: String,
    /// Of ten thousand offers so many go to somebody else, by the rules in force now.
    pub per_myriad: u32,
}

/// The seed of a day that has begun.
///
/// # Errors
/// No day, a day that has not begun, or the log's.
pub fn seed_of_day(app: &App, day: &str) -> Result<SeedView, RecheckError> {
    let begins = midnight(day).filter(|begins| *begins <= app.clock.now());
    let begins = begins.ok_or(RecheckError::Day)?;
    Ok(app.store.reading(|read| of_day(read, begins))?)
}

/// The seed of the day in which an instant lies.
pub(super) fn seed_now(read: &dyn HubRead, now: Timestamp) -> Result<(SeedView, Digest), LogError> {
    // A day that is shown by a clock begins.
    let begins = midnight(&local_date(now)).unwrap_or(now);
    let view = of_day(read, begins)?;
    let seed = view.seed.parse().unwrap_or_else(|_| Digest::of(b""));
    Ok((view, seed))
}

fn of_day(read: &dyn HubRead, begins: Timestamp) -> Result<SeedView, LogError> {
    let (size, root) = root_at(read, begins)?;
    let day = local_date(begins);
    Ok(SeedView {
        seed: task_seed(&day, size, &root).to_string(),
        root: root.to_string(),
        day,
        size,
        per_myriad: rules(read)?.share_per_myriad,
    })
}
