//! The store: opened once, one writer, closed while the app sleeps.

use std::path::{Path, PathBuf};

use rusqlite::TransactionBehavior;
use zeroize::Zeroizing;

use crate::at_rest::data_key::DataKey;
use crate::at_rest::envelope::KeyEnvelope;
use crate::at_rest::key_source::KeySource;
use crate::at_rest::key_wrapper::KeyUnavailable;
use crate::at_rest::recovery_key::RecoveryPublicKey;
use crate::base_map::BaseMapFiles;
use crate::medium::{Contents, MemoryMedium};
use crate::open::{self, OpenFile};
use crate::tables::case_index;
use crate::topics::{self, ChangeCounters};
use crate::transaction::{Reader, Tx};
use crate::{OpenStoreError, StoreError};

/// Draws of a secret before the source of randomness is taken for broken.
const DRAWS_MAX: u32 = 8;

/// The device's store. Not shared between threads at once: the facade holds it behind its mutex.
pub struct Store {
    place: Place,
    open: Option<OpenFile>,
    counters: ChangeCounters,
    pub(crate) base_map: BaseMapFiles,
}

/// Where the store lives, open or not.
enum Place {
    Folder(PathBuf, Option<DataKey>),
    /// Wiped, and not made anew yet.
    Wiped(PathBuf),
    /// Sealed: this program cannot open it any more.
    Sealed(PathBuf),
    Memory(MemoryMedium),
}

impl Store {
    /// Opens the store in `folder`, making both when there is nothing yet, and climbs to the newest schema.
    ///
    /// Reads and writes the disk; a first opening flushes several times.
    ///
    /// # Errors
    /// Newer, damaged, in use, encrypted, full or unusable; whatever is there stays as it is.
    pub fn open(folder: &Path) -> Result<Self, OpenStoreError> {
        Self::with(
            Place::Folder(folder.to_owned(), None),
            open::folder(folder, None)?,
        )
    }

    /// Opens the encrypted store in `folder`, making it when there is nothing yet, as [`Self::open`] does. The source gives
    /// its key while the folder is locked; until the store is dropped the key stays in memory, also while suspended.
    ///
    /// A store that is not encrypted yet becomes so, once: the database in a few seconds for 100 MB, then photo by photo.
    /// Killed meanwhile, the next opening goes on.
    ///
    /// # Errors
    /// As [`Self::open`]; the key is the wrong one, missing, or cannot be had.
    pub fn open_encrypted(folder: &Path, source: &dyn KeySource) -> Result<Self, OpenStoreError> {
        let opened = open::folder(folder, Some(source))?;
        let key = opened.key.clone();
        Self::with(Place::Folder(folder.to_owned(), key), opened)
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
        Self::with(Place::Memory(medium.clone()), open::memory(medium)?)
    }

    fn with(place: Place, opened: OpenFile) -> Result<Self, OpenStoreError> {
        let counters = topics::read(&opened.connection)?;
        let base_map = BaseMapFiles::of(place.folder());
        Ok(Self {
            place,
            base_map,
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

    /// Removes the bytes of blobs that are noted as not here: call it behind the transaction that freed them. What a kill left
    /// behind goes with the next call. Reads the names of all that are elsewhere.
    ///
    /// # Errors
    /// A file that cannot be removed, or the store's.
    pub fn remove_freed(&mut self) -> Result<(), StoreError> {
        let open = self.open.as_mut().ok_or(StoreError::Suspended)?;
        open.power.check()?;
        let reader = Reader::new(&open.connection, &open.blobs, &open.power);
        let elsewhere = reader.all("SELECT sha256 FROM blob WHERE state = 2", [], |row| {
            crate::values::digest(row, 0)
        })?;
        elsewhere
            .into_iter()
            .try_for_each(|digest| open.blobs.remove(digest))
    }

    /// Writes the whole database anew, without what earlier pages still hold of rows that were changed or taken away, and
    /// empties its log. Reads and writes everything: some hundred milliseconds for ten megabytes.
    ///
    /// # Errors
    /// No room for a second copy, or the store's; nothing is lost.
    pub fn rewrite(&mut self) -> Result<(), StoreError> {
        let open = self.open.as_mut().ok_or(StoreError::Suspended)?;
        open.power.check()?;
        open.power.spend()?;
        open.connection.flush_prepared_statement_cache();
        case_index::forget_former_texts(&open.connection)?;
        open.connection.execute_batch("VACUUM")?;
        open.fold_log()
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
        self.base_map.close();
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

    /// Wraps the data key for the organisation's recovery key as well, unless that was done already: answers whether it was
    /// just now. On the disk when this returns. Of a store that is not encrypted nothing is wrapped.
    ///
    /// `random` fills with random bytes.
    ///
    /// # Errors
    /// Suspended, or the key file cannot be written.
    pub fn wrap_for(
        &self,
        recovery: &RecoveryPublicKey,
        random: &dyn Fn(&mut [u8]),
    ) -> Result<bool, OpenStoreError> {
        let open = self.open.as_ref().ok_or(StoreError::Suspended)?;
        let (Place::Folder(folder, _), Some(key)) = (&self.place, &open.key) else {
            return Ok(false);
        };
        let envelope = KeyEnvelope::read(folder)?.ok_or(OpenStoreError::KeyMissing)?;
        if envelope.is_recoverable_by(recovery) {
            return Ok(false);
        }
        let wrap = (0..DRAWS_MAX).find_map(|_| {
            let mut ephemeral = Zeroizing::new([0; 32]);
            random(&mut *ephemeral);
            recovery.wrap(&ephemeral, key)
        });
        let wrap =
            wrap.ok_or_else(|| KeyUnavailable::because("no randomness for the recovery key"))?;
        envelope.with_recovery(wrap).write(folder)?;
        Ok(true)
    }

    /// Who can open this store; `None` when it is not encrypted.
    ///
    /// # Errors
    /// The key file cannot be read.
    pub fn envelope(&self) -> Result<Option<KeyEnvelope>, OpenStoreError> {
        match &self.place {
            Place::Folder(folder, Some(_)) => KeyEnvelope::read(folder),
            _ => Ok(None),
        }
    }

    /// Closes this store and takes out what the platform's key store could open: what is left opens with the organisation's
    /// recovery key alone. On the disk when this returns; the platform's key is the caller's to destroy. Answers whether it
    /// was sealed: a store that is not encrypted, or not wrapped for a recovery key, would be lost, and stays as it is.
    ///
    /// # Errors
    /// The key file cannot be read or written: call again.
    pub fn seal(&mut self) -> Result<bool, OpenStoreError> {
        let Some(envelope) = self.envelope()?.filter(KeyEnvelope::is_recoverable) else {
            return Ok(false);
        };
        let Place::Folder(folder, _) = &self.place else {
            return Ok(false);
        };
        let folder = folder.clone();
        envelope.into_sealed().write(&folder)?;
        self.base_map.close();
        self.open = None;
        self.place = Place::Sealed(folder);
        Ok(true)
    }

    /// Closes this store and wipes it as [`Self::wipe`] does; it stays closed until [`Self::begin_anew`].
    ///
    /// # Errors
    /// A file cannot be removed: call again.
    pub fn erase(&mut self) -> Result<(), OpenStoreError> {
        self.base_map.close();
        self.open = None;
        let folder = match &self.place {
            Place::Memory(medium) => {
                medium.forget();
                return Ok(());
            }
            Place::Folder(folder, _) | Place::Wiped(folder) | Place::Sealed(folder) => {
                folder.clone()
            }
        };
        self.place = Place::Wiped(folder.clone());
        Self::wipe(&folder)
    }

    /// Makes a new, empty store where one was erased, encrypted when there is a source of its key.
    ///
    /// # Errors
    /// As [`Self::open`] and [`Self::open_encrypted`].
    pub fn begin_anew(&mut self, source: Option<&dyn KeySource>) -> Result<(), OpenStoreError> {
        let opened = match &self.place {
            Place::Wiped(folder) => {
                let opened = open::folder(folder, source)?;
                self.place = Place::Folder(folder.clone(), opened.key.clone());
                opened
            }
            place => place.open()?,
        };
        self.counters = topics::read(&opened.connection)?;
        self.open = Some(opened);
        Ok(())
    }

    /// Nothing is looked at while the store is closed.
    pub(crate) fn awake(&self) -> Result<(), StoreError> {
        let open = self.open.as_ref().ok_or(StoreError::Suspended)?;
        open.power.check()
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
        let first = |pragma: &str| -> Result<Option<String>, StoreError> {
            let mut statement = open.connection.prepare(pragma)?;
            let mut rows = statement.query([])?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        };
        if open.key.is_some()
            && let Some(found) = first("PRAGMA cipher_integrity_check")?
        {
            return Err(StoreError::damaged(found));
        }
        let found = first("PRAGMA quick_check(1)")?.unwrap_or_default();
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
    /// The folder, where there is one.
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder, _) | Self::Wiped(folder) | Self::Sealed(folder) => Some(folder),
            Self::Memory(_) => None,
        }
    }

    fn open(&self) -> Result<OpenFile, OpenStoreError> {
        match self {
            Self::Folder(folder, key) => {
                open::folder(folder, key.as_ref().map(|key| key as &dyn KeySource))
            }
            Self::Wiped(_) => Err(OpenStoreError::KeyMissing),
            Self::Sealed(_) => Err(OpenStoreError::Sealed),
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
