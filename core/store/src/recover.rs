//! Recovery of a lost phone's store: an unencrypted copy for whoever holds the key. The store itself stays as it is.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use xunge_domain::ids::Digest;

use crate::at_rest::encrypt::{self, is_plain};
use crate::at_rest::envelope::KeyEnvelope;
use crate::at_rest::key_source::{self, KeySource};
use crate::blob_place::{BlobFolder, BlobPlace};
use crate::open::{DATABASE_FILE, LOG_FILE, flush_folder, lock, make_folder};
use crate::{OpenStoreError, Store, StoreError};

/// The encrypted database beside the copy while that is made.
const ENCRYPTED_FILE: &str = "xunge.db.lost";

/// What a recovery brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Photo files that were written, each checked against its digest.
    pub photos: u64,
    /// Photos whose bytes do not match any more: left out.
    pub damaged: Vec<Digest>,
}

impl Store {
    /// Writes an unencrypted copy of the store in `folder` to `to`, which [`Store::open`] reads. A lost phone's store is opened
    /// with the organisation's recovery key.
    ///
    /// Slow: reads and writes the whole store. The copy is plain: keep it where reports may lie in plain, and remove it.
    ///
    /// # Errors
    /// `to` is not empty, the key does not open this store, or it is damaged, newer, in use or full; the store stays as it is.
    pub fn recover(
        folder: &Path,
        source: &dyn KeySource,
        to: &Path,
    ) -> Result<Recovered, OpenStoreError> {
        let _lock = lock(folder)?;
        let envelope = KeyEnvelope::read(folder)?.ok_or(OpenStoreError::KeyMissing)?;
        let key = key_source::open(&envelope, source)?;
        make_empty(to)?;
        let failed = |source| OpenStoreError::io("recovering the store", to, source);
        let database = to.join(DATABASE_FILE);
        copy_database(folder, to).map_err(failed)?;
        if !is_plain(&database) {
            let encrypted = to.join(ENCRYPTED_FILE);
            let aside = || -> io::Result<()> {
                move_file(&database, &encrypted)?;
                move_file(&to.join(LOG_FILE), &log_of(&encrypted))
            };
            aside().map_err(failed)?;
            encrypt::export(&encrypted, Some(&key), &database, None)?;
            fs::remove_file(&encrypted).map_err(failed)?;
            File::open(&database)
                .and_then(|file| file.sync_all())
                .map_err(failed)?;
        }
        let copy = Store::open(to)?;
        let places = [
            BlobFolder::of(folder, Some(&key)),
            BlobFolder::of(folder, None),
        ];
        let recovered = copy.read(|reader| {
            let known = reader.all("SELECT sha256 FROM blob", [], |row| {
                crate::values::digest(row, 0)
            })?;
            copy_photos(&known, places.map(BlobPlace::Folder), reader.blobs)
        })?;
        flush_folder(to).map_err(failed)?;
        Ok(recovered)
    }
}

/// The database as its last commit left it: when its encryption was not ended, the new file is whole already.
fn copy_database(folder: &Path, to: &Path) -> io::Result<()> {
    let finished = folder.join(encrypt::FINISHED_FILE);
    if finished.is_file() {
        fs::copy(finished, to.join(DATABASE_FILE))?;
        return Ok(());
    }
    fs::copy(folder.join(DATABASE_FILE), to.join(DATABASE_FILE))?;
    match fs::copy(folder.join(LOG_FILE), to.join(LOG_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Copies every photo that is here and whole.
fn copy_photos(
    known: &[Digest],
    from: [BlobPlace; 2],
    to: &BlobPlace,
) -> Result<Recovered, StoreError> {
    let mut recovered = Recovered {
        photos: 0,
        damaged: Vec::new(),
    };
    for digest in known {
        for place in &from {
            match place.read(*digest) {
                Ok(None) => {}
                Ok(Some(bytes)) if Digest::of(&bytes) == *digest => {
                    to.keep(*digest, &bytes)?;
                    recovered.photos += 1;
                    break;
                }
                Ok(Some(_)) | Err(StoreError::BlobDamaged(_)) => recovered.damaged.push(*digest),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(recovered)
}

/// SQLite finds a log by the name of its database.
fn log_of(database: &Path) -> std::path::PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn make_empty(folder: &Path) -> Result<(), OpenStoreError> {
    make_folder(folder)?;
    let failed = |source| OpenStoreError::io("recovering the store", folder, source);
    match fs::read_dir(folder).map_err(failed)?.next() {
        None => Ok(()),
        Some(_) => Err(failed(io::Error::other("the folder is not empty"))),
    }
}
