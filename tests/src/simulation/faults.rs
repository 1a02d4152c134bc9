//! The hub's disk on a bad day: commits that fail, and, to test the checker, commits that only pretend.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use xunge_server::store::sqlite::SqliteStore;
use xunge_server::store::{HubStore, ReadWork, StoreError, WriteWork};

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

/// What the next write of the store does.
#[derive(Debug, Default)]
pub(super) struct StoreFaults {
    /// The next transaction is undone, and its caller is told so.
    pub(super) fail_commit: AtomicBool,
    /// The next transaction is undone, and its caller is told that it holds.
    pub(super) lie: AtomicBool,
}

/// The hub's store in memory, with faults.
pub(super) struct FaultyStore {
    pub(super) inner: SqliteStore,
    pub(super) faults: Arc<StoreFaults>,
}

impl HubStore for FaultyStore {
    fn read(&self, work: ReadWork<'_>) -> Result<(), StoreError> {
        self.inner.read(work)
    }

    fn write(&self, work: WriteWork<'_>) -> Result<(), StoreError> {
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
