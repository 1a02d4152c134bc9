//! A store without a disk, for tests and simulation: what a disk would hold outlives the [`Store`] that used it.
//!
//! Dropping the store is the crash: an open transaction is gone, everything committed is there for the next store
//! opened on the same medium.
//!
//! [`Store`]: crate::Store

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::blob_place::BlobPlace;
use crate::power::Power;
use crate::{StoreError, pragmas};

/// The handle of a store's surviving contents.
#[derive(Clone, Default)]
pub struct MemoryMedium {
    slot: Arc<Mutex<Slot>>,
    power: Power,
}

/// What the medium holds at a moment.
#[derive(Default)]
enum Slot {
    /// Nobody was here yet.
    #[default]
    Fresh,
    /// A store left this behind.
    Left(Contents),
    /// A store is using it.
    InUse,
}

/// What a disk would hold.
pub(crate) struct Contents {
    pub(crate) connection: Connection,
    pub(crate) blobs: BlobPlace,
}

impl Contents {
    fn copy(&self) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        Backup::new(&self.connection, &mut connection)?.step(-1)?;
        pragmas::before_reading(&connection)?;
        pragmas::before_writing(&connection)?;
        Ok(Self {
            connection,
            blobs: self.blobs.copy(),
        })
    }
}

/// The answer to a store that wants the medium.
pub(crate) enum Taken {
    Fresh,
    Left(Contents),
    InUse,
}

impl MemoryMedium {
    /// An empty medium.
    pub fn new() -> Self {
        Self::default()
    }

    /// What a copy of the folder would be: another medium that holds the same. `None` while a store is using this one.
    ///
    /// # Errors
    /// SQLite's.
    pub fn copy(&self) -> Result<Option<Self>, StoreError> {
        let slot = match &*self.slot() {
            Slot::InUse => return Ok(None),
            Slot::Fresh => Slot::Fresh,
            Slot::Left(contents) => Slot::Left(contents.copy()?),
        };
        Ok(Some(Self {
            slot: Arc::new(Mutex::new(slot)),
            power: Power::default(),
        }))
    }

    /// Cuts the power after so many more writes (a statement, a photo's file or a commit each): from then on every call
    /// of the store fails, and what was not committed is gone once the store is dropped. The next opening has power
    /// again.
    pub fn cut_power_after(&self, writes: u64) {
        self.power.cut_after(writes);
    }

    pub(crate) fn power(&self) -> &Power {
        &self.power
    }

    pub(crate) fn take(&self) -> Taken {
        match std::mem::replace(&mut *self.slot(), Slot::InUse) {
            Slot::Fresh => Taken::Fresh,
            Slot::Left(contents) => Taken::Left(contents),
            Slot::InUse => Taken::InUse,
        }
    }

    pub(crate) fn give_back(&self, contents: Contents) {
        *self.slot() = Slot::Left(contents);
    }

    /// The medium was taken, but nothing could be set up on it.
    pub(crate) fn forget(&self) {
        *self.slot() = Slot::Fresh;
    }

    /// A panic elsewhere cannot leave the slot half written: it is replaced in one step.
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for MemoryMedium {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = match &*self.slot() {
            Slot::Fresh => "fresh",
            Slot::Left(_) => "left",
            Slot::InUse => "in use",
        };
        write!(out, "MemoryMedium({state})")
    }
}
