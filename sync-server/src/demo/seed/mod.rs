//! Puts the planned history into a hub: devices push, the hub ingests and rules, staff act under the hub's key; the very
//! functions of `xunge_sync::hub` decide everything. Only the transactions are larger than in daily life.

mod checkins;
mod devices;
mod entering;
mod marked;
mod pictures;
mod registers;
mod roster;
mod telling;

use std::collections::BTreeMap;
use std::sync::Mutex;

use xunge_domain::class::ClassTableError;
use xunge_domain::grid::{GridError, GridIndex};
use xunge_domain::ids::PersonId;
use xunge_domain::time::Timestamp;

use super::city::City;
use super::history::{self, PlannedCase};
use crate::app::{App, EntropyError};
use crate::blob_files::BlobFileError;
use crate::services::directory::case_number;
use crate::services::passwords::PasswordError;
use crate::store::StoreError;

/// Cases a thread takes at once, and a transaction holds at most.
const BATCH: usize = 100;

/// What the demo city is made from.
#[derive(Debug, Clone, Copy)]
pub struct SeedOptions {
    /// How many cases.
    pub cases: usize,
    /// The same seed is the same city.
    pub seed: u64,
    /// When the history ends.
    pub clock: Timestamp,
}

/// Why the demo city was not built.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The store's trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The blob folder's trouble.
    #[error(transparent)]
    Blobs(#[from] BlobFileError),
    /// No randomness for the password's salt.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The carried class table.
    #[error(transparent)]
    Classes(#[from] ClassTableError),
    /// The generated grids.
    #[error(transparent)]
    Grids(#[from] GridError),
    /// A step of the plan the hub would not take: the generator and the rules have drifted apart.
    #[error("the plan of {title:?} does not hold: {why}")]
    Plan {
        /// Of which case.
        title: String,
        /// What happened.
        why: String,
    },
    /// A drawn photo could not be encoded.
    #[error("a demo photo could not be drawn: {0}")]
    Photo(String),
}

impl SeedError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Blobs(error) => error.code(),
            Self::Password(error) => error.code(),
            Self::Entropy(_) => "no_entropy",
            Self::Classes(_) => "demo_classes",
            Self::Grids(_) => "demo_grids",
            Self::Plan { .. } => "demo_plan",
            Self::Photo(_) => "demo_photo",
        }
    }
}

/// Builds the demo city in an empty hub.
///
/// # Errors
/// The store, the blobs, or a plan that does not hold.
pub fn seed(app: &App, options: SeedOptions) -> Result<(), SeedError> {
    let city = City::build()?;
    let SeedOptions { cases, seed, clock } = options;
    let start = clock.plus_millis(-(history::DAYS + 1) * 86_400_000);
    let devices = devices::enrol_everybody(&city, seed)?;
    registers::write(app, &city, &devices, (start, clock))?;
    let plan = history::plan(&city, seed, cases, clock)?;
    let numbers = case_numbers(&plan);
    let (city, devices, plan, numbers) = (&city, &devices, &plan, &numbers);
    let pictures = pictures::store(app, seed, start)?;
    let telling = telling::Teller {
        city,
        grids: GridIndex::new(city.unit_grids.clone())?,
        devices,
        pictures: &pictures,
        hub: &app.hub_key,
        seed,
    };
    let next = Mutex::new(plan.iter().zip(numbers).enumerate());
    tell_everything(app, &telling, &next)?;
    checkins::tell(app, &telling, plan)?;
    entering::finish(app, numbers, &city.classes)?;
    let worker = marked::WORKER.parse().ok();
    let device = worker.and_then(|worker: PersonId| devices.get(&worker));
    marked::enter(app, device, &pictures, clock)
}

/// A number and its day.
type CaseNumber = Option<(String, u64)>;

/// Numbers go by the order of filing within a day, whatever thread tells a case.
fn case_numbers(plan: &[PlannedCase]) -> Vec<CaseNumber> {
    let mut filings: Vec<(Timestamp, usize)> = plan
        .iter()
        .enumerate()
        .filter_map(|(index, case)| Some((case.filed_at()?, index)))
        .collect();
    filings.sort();
    let mut last_of: BTreeMap<String, u64> = BTreeMap::new();
    let mut numbers: Vec<CaseNumber> = vec![None; plan.len()];
    for (at, index) in filings {
        let day = at.to_local_day();
        let last = last_of.entry(day.clone()).or_default();
        *last += 1;
        if let Some(slot) = numbers.get_mut(index) {
            *slot = Some((day, *last));
        }
    }
    numbers
}

/// Tells the cases on every core; the store takes them in the order they are ready, the feeds do not care.
fn tell_everything<'plan>(
    app: &App,
    teller: &telling::Teller<'_>,
    next: &Mutex<impl Iterator<Item = (usize, (&'plan PlannedCase, &'plan CaseNumber))> + Send>,
) -> Result<(), SeedError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| tell_batches(app, teller, next)))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| {
                Err(SeedError::Plan {
                    title: String::new(),
                    why: "a thread ended early".into(),
                })
            })
        })
    })
}

fn tell_batches<'plan>(
    app: &App,
    teller: &telling::Teller<'_>,
    next: &Mutex<impl Iterator<Item = (usize, (&'plan PlannedCase, &'plan CaseNumber))> + Send>,
) -> Result<(), SeedError> {
    loop {
        let batch: Vec<_> = {
            let mut next = next
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            next.by_ref().take(BATCH).collect()
        };
        if batch.is_empty() {
            return Ok(());
        }
        let mut told = Vec::with_capacity(batch.len());
        for (index, (case, number)) in batch {
            let number = number
                .as_ref()
                .map(|(day, number)| case_number(day, *number));
            told.push(teller.tell(index, case, number)?);
        }
        entering::enter(app, &told)?;
    }
}
