//! The store: opened once, one writer, closed while the app sleeps.

use std::path::{Path, PathBuf};

use rusqlite::TransactionBehavior;

use crate::medium::{Contents, MemoryMedium};
use crate::open::{self, OpenFile};
use crate::topics::{self, ChangeCounters};
use crate::transaction::{Reader, Tx};
use crate::{OpenStoreError, StoreError};

/// The device's store. Not shared between threads at once: the facade holds it behind its mutex.
pub struct Store {
    place: Place,
    open: Option<OpenFile>,
    counters: ChangeCounters,
}

/// Where the store lives, open or not.
enum Place {
    Folder(PathBuf),
    Memory(MemoryMedium),
}

impl Store {
    /// Opens the store in `folder`, making both when there is nothing yet, and climbs to the newest schema.
    ///
    /// Reads and writes the disk; a first opening flushes several times.
    ///
    /// # Errors
    /// Newer, damaged, in use, full or unusable; whatever is there stays as it is.
    pub fn open(folder: &Path) -> Result<Self, OpenStoreError> {
        Self::on(Place::Folder(folder.to_owned()))
    }

    /// A store that lives as long as this value.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_in_memory() -> Result<Self, OpenStoreError> {
        Self::open_medium(&MemoryMedium::new())
    }

    /// A store on a medium that outlives it: what an earlier store committed there is there.
    ///
    /// # Errors
    /// Another store is using the medium, or SQLite's.
    pub fn open_medium(medium: &MemoryMedium) -> Result<Self, OpenStoreError> {
        Self::on(Place::Memory(medium.clone()))
    }

    fn on(place: Place) -> Result<Self, OpenStoreError> {
        let opened = place.open()?;
        let counters = topics::read(&opened.connection)?;
        Ok(Self {
            place,
            open: Some(opened),
            counters,
        })
    }

    /// Runs `work` as one unit: committed whole when it answers Ok, undone whole when it fails, panics or the power goes.
    ///
    /// Flushes the disk once.
    ///
    /// # Errors
    /// Those of `work`, and the store's own.
    pub fn transaction<T, E>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let open = self.open.as_mut().ok_or(StoreError::Suspended)?;
        open.power.check()?;
        let transaction = open
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let tx = Tx::new(Reader::new(&transaction, &open.blobs, &open.power));
        let answer = work(&tx)?;
        tx.still_open()?;
        let counters = tx.touched().bump(&transaction, self.counters)?;
        open.power.spend()?;
        transaction.commit().map_err(StoreError::from)?;
        self.counters = counters;
        Ok(answer)
    }

    /// Runs `work`, which only reads.
    ///
    /// # Errors
    /// Those of `work`, and a suspended store.
    pub fn read<T, E>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let open = self.open.as_ref().ok_or(StoreError::Suspended)?;
        open.power.check()?;
        work(&Reader::new(&open.connection, &open.blobs, &open.power))
    }

    /// How often each topic changed: three numbers from memory, also while suspended.
    pub fn change_counters(&self) -> ChangeCounters {
        self.counters
    }

    /// Folds the log into the database file and closes everything, the lock as well, so that a sleeping app holds no
    /// file. A second call does nothing.
    ///
    /// # Errors
    /// The log could not be folded in; the store is closed all the same and nothing is lost, the next opening reads the
    /// log.
    pub fn suspend(&mut self) -> Result<(), StoreError> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let folded = open.fold_log();
        self.place.close(open);
        folded
    }

    /// Opens again after [`Self::suspend`]; does nothing when open.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn resume(&mut self) -> Result<(), OpenStoreError> {
        if self.open.is_none() {
            let opened = self.place.open()?;
            self.counters = topics::read(&opened.connection)?;
            self.open = Some(opened);
        }
        Ok(())
    }

    /// Whether the store is closed for now.
    pub fn is_suspended(&self) -> bool {
        self.open.is_none()
    }

    /// Reads every page and checks that they fit together. Slow (seconds on a large store): for a person who asks.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with what was found.
    pub fn check(&self) -> Result<(), StoreError> {
        let open = self.open.as_ref().ok_or(StoreError::Suspended)?;
        let found: String = open
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found == "ok" {
            Ok(())
        } else {
            Err(StoreError::damaged(found))
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            self.place.close(open);
        }
    }
}

impl Place {
    fn open(&self) -> Result<OpenFile, OpenStoreError> {
        match self {
            Self::Folder(folder) => open::folder(folder),
            Self::Memory(medium) => open::memory(medium),
        }
    }

    fn close(&self, open: OpenFile) {
        if let Self::Memory(medium) = self {
            let OpenFile {
                connection, blobs, ..
            } = open;
            medium.give_back(Contents { connection, blobs });
        }
    }
}
