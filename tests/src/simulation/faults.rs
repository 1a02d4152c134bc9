//! The hub's store on a bad day: commits that fail, commits that only pretend (to test the checker), and another
//! request that gets in between two transactions of one.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use xunge_field::HttpRequest;
use xunge_server::app::App;
use xunge_server::error::ApiError;
use xunge_server::store::sqlite::SqliteStore;
use xunge_server::store::{HubStore, ReadWork, StoreError, WriteWork};

use super::hub::serve;

/// A mistake planted in the simulated world. A checker that does not notice it is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// Now and then the hub's store says "committed" and keeps nothing.
    AcknowledgesBeforeCommit,
    /// The device says "saved" before its store has committed.
    DeviceAcknowledgesEarly,
    /// The hub calls a photo stored when it is offered, before its bytes are there.
    AcknowledgesPhotoEarly,
    /// The hub merges whatever it is sent, forged or not.
    MergesForgeries,
}

/// A request that the hub takes in the middle of another one.
struct Guest {
    request: HttpRequest,
    /// Transactions of the other request that come first.
    after: u64,
}

/// What the hub answered to a guest.
pub(super) type GuestAnswer = (HttpRequest, Result<Vec<u8>, ApiError>);

/// What the next work of the store does.
#[derive(Default)]
pub(super) struct StoreFaults {
    /// The next transaction is undone, and its caller is told so.
    pub(super) fail_commit: AtomicBool,
    /// The next transaction is undone, and its caller is told that it holds.
    pub(super) lie: AtomicBool,
    /// The hub that the store belongs to.
    pub(super) app: OnceLock<Weak<App>>,
    guest: Mutex<Option<Guest>>,
    answered: Mutex<Option<GuestAnswer>>,
}

impl StoreFaults {
    /// A request that gets in before the transaction of this number.
    pub(super) fn invite(&self, request: HttpRequest, after: u64) {
        *lock(&self.guest) = Some(Guest { request, after });
    }

    /// The answer to the guest, if it got in. A guest that did not is sent away.
    pub(super) fn guest_answer(&self) -> Option<GuestAnswer> {
        lock(&self.guest).take();
        lock(&self.answered).take()
    }

    fn let_in(&self) {
        let app = self.app.get().and_then(Weak::upgrade);
        // A guest could want a pack as well, and would wait for ever for the one that is being made.
        let Some(app) = app.filter(|app| !app.packs.is_making()) else {
            return;
        };
        let mut waiting = lock(&self.guest);
        let Some(mut guest) = waiting.take() else {
            return;
        };
        if guest.after > 0 {
            guest.after -= 1;
            *waiting = Some(guest);
            return;
        }
        drop(waiting);
        let answer = serve(&app, &guest.request);
        *lock(&self.answered) = Some((guest.request, answer));
    }
}

fn lock<Value>(value: &Mutex<Value>) -> std::sync::MutexGuard<'_, Value> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The hub's store, with faults.
pub(super) struct FaultyStore {
    pub(super) inner: SqliteStore,
    pub(super) faults: Arc<StoreFaults>,
}

impl HubStore for FaultyStore {
    fn read(&self, work: ReadWork<'_>) -> Result<(), StoreError> {
        self.faults.let_in();
        self.inner.read(work)
    }

    fn write(&self, work: WriteWork<'_>) -> Result<(), StoreError> {
        self.faults.let_in();
        let fails = self.faults.fail_commit.swap(false, Ordering::SeqCst);
        let lies = self.faults.lie.swap(false, Ordering::SeqCst);
        if !fails && !lies {
            return self.inner.write(work);
        }
        let undone = self.inner.write(&mut |transaction| {
            work(transaction)?;
            Err(StoreError::Busy)
        });
        match undone {
            Err(StoreError::Busy) if lies => Ok(()),
            other => other,
        }
    }

    fn backup_into(&self, file: &Path) -> Result<(), StoreError> {
        self.inner.backup_into(file)
    }
}
