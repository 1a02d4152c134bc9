//! Opening: lock, look, then touch. Nothing is written before the file is known to be ours and not newer.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::at_rest::data_key::DataKey;
use crate::at_rest::key_source::{self, KeySource};
use crate::at_rest::{encrypt, wipe};
use crate::blob_place::{BlobFolder, BlobPlace};
use crate::medium::{MemoryMedium, Taken};
use crate::power::Power;
use crate::{OpenStoreError, StoreError, migrate, pragmas, salvage};

/// The database in the store's folder.
pub(crate) const DATABASE_FILE: &str = "xunge.db";
/// The file whose lock says that a process is using the store. The lock is the operating system's: it dies with the
/// process, so a killed app never locks itself out.
const LOCK_FILE: &str = "xunge.lock";
/// The log beside it.
pub(crate) const LOG_FILE: &str = "xunge.db-wal";
/// The folder of blobs of a store without a key.
pub(crate) const BLOB_FOLDER: &str = "blobs";
/// The folder of blobs of a store with a key.
pub(crate) const SEALED_FOLDER: &str = "sealed";

/// What an open store holds. The connection comes first: it is closed before the lock is let go.
pub(crate) struct OpenFile {
    pub(crate) connection: Connection,
    pub(crate) blobs: BlobPlace,
    pub(crate) power: Power,
    /// What opens it again after a sleep; `None` when it is not encrypted.
    pub(crate) key: Option<DataKey>,
    /// Nothing to lock in memory: there the medium itself is taken.
    _lock: Option<FolderLock>,
}

/// The lock on a store's folder. Closing the file is not enough to let go: a process that is just being started has a
/// copy of it for a moment, and the lock would live on in that copy.
pub(crate) struct FolderLock(File);

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Failing leaves the lock to the closing of the file.
        let _ = self.0.unlock();
    }
}

impl OpenFile {
    /// Moves the log into the database file and empties it.
    pub(crate) fn fold_log(&self) -> Result<(), StoreError> {
        let busy: i64 =
            self.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 {
            Ok(())
        } else {
            Err(StoreError::Busy)
        }
    }
}

/// Opens the store of a folder, encrypted when there is a source of its key.
pub(crate) fn folder(
    folder: &Path,
    source: Option<&dyn KeySource>,
) -> Result<OpenFile, OpenStoreError> {
    make_folder(folder)?;
    let lock = lock(folder)?;
    wipe::finish(folder)?;
    salvage::finish(folder)?;
    let key = key_source::obtain(folder, source)?;
    if let Some(key) = &key {
        encrypt::database(folder, key, &Power::default())?;
    }
    let blobs = BlobFolder::of(folder, key.as_ref());
    let path = folder.join(DATABASE_FILE);
    refuse_emptied(&path, folder, &blobs)?;
    let mut connection = connect(&path, key.as_ref())?;
    look(&connection)?;
    pragmas::before_writing(&connection)?;
    migrate::climb(&mut connection, migrate::STEPS)?;
    make_folder(blobs.root())?;
    blobs.remove_unfinished()?;
    if key.is_some() {
        encrypt::photos(folder, &blobs, &Power::default())?;
    }
    flush_folder(folder)
        .map_err(|source| OpenStoreError::io("flushing the folder", folder, source))?;
    Ok(OpenFile {
        connection,
        blobs: BlobPlace::Folder(blobs),
        power: Power::default(),
        key,
        _lock: Some(lock),
    })
}

/// A connection to a database file that may write. The key comes before anything else.
pub(crate) fn connect(path: &Path, key: Option<&DataKey>) -> Result<Connection, OpenStoreError> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    if let Some(key) = key {
        pragmas::unlock(&connection, key)?;
    }
    Ok(connection)
}

/// Opens the store of a medium.
pub(crate) fn memory(medium: &MemoryMedium) -> Result<OpenFile, OpenStoreError> {
    let contents = match medium.take() {
        Taken::InUse => return Err(OpenStoreError::InUse),
        Taken::Left(contents) => contents,
        Taken::Fresh => fresh_memory().inspect_err(|_| medium.forget())?,
    };
    medium.power().restore();
    Ok(OpenFile {
        connection: contents.connection,
        blobs: contents.blobs,
        power: medium.power().clone(),
        key: None,
        _lock: None,
    })
}

fn fresh_memory() -> Result<crate::medium::Contents, OpenStoreError> {
    let mut connection = Connection::open_in_memory()?;
    pragmas::before_reading(&connection)?;
    pragmas::before_writing(&connection)?;
    migrate::climb(&mut connection, migrate::STEPS)?;
    Ok(crate::medium::Contents {
        connection,
        blobs: BlobPlace::memory(),
    })
}

/// Reads what the file says of itself. Closing a connection folds its log into the file; a file that is refused must
/// stay as it is to the byte, so that is switched off until the file is accepted.
pub(crate) fn look(connection: &Connection) -> Result<(), OpenStoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    pragmas::before_reading(connection)?;
    migrate::inspect(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// SQLite takes an empty file for a new database. Beside kept photos it is a lost one.
fn refuse_emptied(
    database: &Path,
    folder: &Path,
    blobs: &BlobFolder,
) -> Result<(), OpenStoreError> {
    let length = fs::metadata(database).map_or(0, |metadata| metadata.len());
    if length == 0 && (blobs.holds_any() || BlobFolder::of(folder, None).holds_any()) {
        let what = "photos are here, but their database is missing or empty".to_owned();
        return Err(OpenStoreError::Damaged { what });
    }
    Ok(())
}

pub(crate) fn lock(folder: &Path) -> Result<FolderLock, OpenStoreError> {
    let path = folder.join(LOCK_FILE);
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(|source| OpenStoreError::io("opening the lock file", &path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(TryLockError::WouldBlock) => Err(OpenStoreError::InUse),
        Err(TryLockError::Error(source)) => {
            Err(OpenStoreError::io("locking the store", &path, source))
        }
    }
}

/// Makes a folder and flushes its parent, or its entry could be gone after a power cut.
pub(crate) fn make_folder(folder: &Path) -> Result<(), OpenStoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)
        .and_then(|()| match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => flush_folder(parent),
            _ => Ok(()),
        })
        .map_err(|source| OpenStoreError::io("making the folder", folder, source))
}

/// Flushes a folder's entries.
pub(crate) fn flush_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_the_lock_in_a_process_being_started_does_not_keep_it() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        assert!(matches!(lock(folder.path()), Err(OpenStoreError::InUse)));
        let copy = held.0.try_clone().unwrap();
        drop(held);
        assert!(lock(folder.path()).is_ok());
        drop(copy);
    }
}
