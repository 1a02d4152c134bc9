//! What every handler holds: the store, the blobs, the clock, the entropy and the settings.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::Semaphore;
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;
use xunge_sync::hub::HubKey;
use xunge_sync::wire::ServerPin;

use crate::base_map_files::BaseMapFiles;
use crate::blob_files::BlobFiles;
use crate::pack_files::PackFiles;
use crate::private_key::PrivateKeyFile;
use crate::services::arrivals::Arrivals;
use crate::services::disk::PhotoLimit;
use crate::services::examiner::Wake;
use crate::services::hourly_turns::{CarriedTurns, ComparisonTurns};
use crate::services::live::Live;
use crate::services::refusals::Refusals;
use crate::services::signed_request::RequestsSeen;
use crate::store::{FeedWatcher, HubStore};
use crate::tables::TablesCache;

/// Passwords checked at once; more wait.
pub const PASSWORD_TURNS: usize = 2;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// This instant, by the hub.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Starts at a given instant and runs on: the demo city lives on a Monday in 2025.
#[derive(Debug, Clone, Copy)]
pub struct RunningClock {
    start: Timestamp,
    since: Instant,
}

impl RunningClock {
    /// A clock that shows `start` now.
    pub fn starting_at(start: Timestamp) -> Self {
        Self {
            start,
            since: Instant::now(),
        }
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        self.start
            .plus_millis(i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX))
    }
}

/// Stands still until it is set: for tests, for seeding and for the simulation.
#[derive(Debug, Default)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows `at`.
    pub const fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_millis()))
    }

    /// Sets it.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_millis(), Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// No randomness to be had.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the machine gives no randomness: {0}")]
pub struct EntropyError(pub String);

/// Where randomness comes from.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    ///
    /// # Errors
    /// The machine gives none.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The machine's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|error| EntropyError(error.to_string()))
    }
}

impl dyn Entropy + '_ {
    /// So many random bytes.
    ///
    /// # Errors
    /// The machine gives none.
    pub fn array<const LENGTH: usize>(&self) -> Result<[u8; LENGTH], EntropyError> {
        let mut bytes = [0; LENGTH];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}

/// What the operator chose.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Behind https: the session cookie is called `__Host-xunge_session` and marked Secure, and browsers are told to come
    /// back by https alone.
    pub https: bool,
    /// The authority of the certificate devices meet at that address; enrolment codes name it.
    pub pin: Option<ServerPin>,
    /// Where browsers and devices reach this hub, without a slash at the end; `None` before it listens.
    pub public_url: Option<String>,
    /// How full the disk may be before photos are refused.
    pub photo_limit: PhotoLimit,
}

/// Everything of one running hub.
pub struct App {
    /// Rows.
    pub store: Arc<dyn HubStore>,
    /// Bytes of photos.
    pub blobs: BlobFiles,
    /// Packs that lie ready.
    pub packs: PackFiles,
    /// The city's base map and what was cut of it.
    pub base_maps: BaseMapFiles,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Who the hub is, in this epoch.
    pub hub_key: HubKey,
    /// What the operator chose.
    pub settings: Settings,
    /// Grids and classes, read once per edition.
    pub tables: TablesCache,
    /// Passwords being checked: each takes 19 MiB and a core for a while.
    pub password_turns: Semaphore,
    /// How often each device compared lately.
    pub comparison_turns: ComparisonTurns,
    /// How often each device handed up what others made, in this hour.
    pub carried_turns: CarriedTurns,
    /// Uploads that are still arriving.
    pub arrivals: Arc<Arrivals>,
    /// What devices asked lately.
    pub requests_seen: RequestsSeen,
    /// The master key of personal data.
    pub private_key: PrivateKeyFile,
    /// Wakes whoever looks for risks.
    pub examinations: Arc<Wake>,
}

/// All who hear of commits.
struct Watchers {
    live: Arc<Live>,
    examinations: Arc<Wake>,
}

impl FeedWatcher for Watchers {
    fn moved(&self, scopes: BTreeSet<Scope>) {
        self.live.moved(scopes);
        self.examinations.wake();
    }
}

/// The state of the router: cheap to clone.
#[derive(Clone)]
pub struct AppState {
    app: Arc<App>,
    live: Arc<Live>,
    refusals: Arc<Refusals>,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(app: App) -> Self {
        let live = Arc::new(Live::starting(app.hub_key.epoch));
        app.store.watch_feeds(Arc::new(Watchers {
            live: Arc::clone(&live),
            examinations: Arc::clone(&app.examinations),
        }));
        Self {
            app: Arc::new(app),
            live,
            refusals: Arc::default(),
        }
    }

    /// Who listens hears what this hub commits.
    pub const fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// Who was refused what in this hour.
    pub const fn refusals(&self) -> &Arc<Refusals> {
        &self.refusals
    }

    /// Runs blocking work (the store, argon2) off the async threads.
    ///
    /// # Errors
    /// What the work answered; a panic inside it is answered as our own trouble.
    pub async fn blocking<Answer: Send + 'static, Failure>(
        &self,
        work: impl FnOnce(&App) -> Result<Answer, Failure> + Send + 'static,
    ) -> Result<Answer, crate::error::ApiError>
    where
        Failure: Into<crate::error::ApiError> + Send + 'static,
    {
        let state = self.clone();
        match tokio::task::spawn_blocking(move || work(&state)).await {
            Ok(answer) => answer.map_err(Into::into),
            Err(error) => Err(crate::error::ApiError::internal(&error)),
        }
    }

    /// [`AppState::blocking`] for work that hashes a password: a few at once, the others wait in line.
    ///
    /// # Errors
    /// What the work answered.
    pub async fn hashing<Answer: Send + 'static, Failure>(
        &self,
        work: impl FnOnce(&App) -> Result<Answer, Failure> + Send + 'static,
    ) -> Result<Answer, crate::error::ApiError>
    where
        Failure: Into<crate::error::ApiError> + Send + 'static,
    {
        let turn = self.password_turns.acquire().await;
        let turn = turn.map_err(|closed| crate::error::ApiError::internal(&closed))?;
        let answer = self.blocking(work).await;
        drop(turn);
        answer
    }
}

impl Deref for AppState {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_clock_never_shows_less_than_its_start() {
        let start = Timestamp::from_millis(1_751_252_400_000);
        let clock = RunningClock::starting_at(start);
        let first = clock.now();
        assert!(first >= start && clock.now() >= first);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = FixedClock::at(Timestamp::from_millis(5));
        assert_eq!(clock.now(), clock.now());
        clock.advance_millis(7);
        assert_eq!(clock.now(), Timestamp::from_millis(12));
    }
}
