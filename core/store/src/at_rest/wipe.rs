//! A store that is to be gone: the wrapped key first, then everything it would open.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::envelope::ENVELOPE_FILE;
use crate::base_map::BASE_MAP_FOLDER;
use crate::open::{BLOB_FOLDER, SEALED_FOLDER, flush_folder, lock};
use crate::salvage::DAMAGED_FOLDER;
use crate::{OpenStoreError, Store};

/// Says that a wipe was begun: whoever opens the store next ends it.
const WIPING_FILE: &str = "xunge.wiping";
/// What every file of the database begins with, half made ones included.
const DATABASE_FILES: &str = "xunge.db";

impl Store {
    /// Wipes the store of a folder: opened afterwards it is a new, empty one. The wrapped key is destroyed first and that is
    /// on the disk before anything else goes, so a wipe that was killed leaves nothing to be read; the next opening ends it.
    ///
    /// Of a store that is not encrypted the files are only deleted.
    ///
    /// # Errors
    /// The store is open, or a file cannot be removed: call again.
    pub fn wipe(folder: &Path) -> Result<(), OpenStoreError> {
        if !folder.is_dir() {
            return Ok(());
        }
        let _lock = lock(folder)?;
        let begin = || -> io::Result<()> {
            File::create(folder.join(WIPING_FILE))?.sync_all()?;
            flush_folder(folder)
        };
        begin().map_err(|source| OpenStoreError::io("wiping the store", folder, source))?;
        finish(folder)
    }
}

/// Ends a wipe that was begun; does nothing when none was.
pub(crate) fn finish(folder: &Path) -> Result<(), OpenStoreError> {
    if !folder.join(WIPING_FILE).is_file() {
        return Ok(());
    }
    let remove = || -> io::Result<()> {
        destroy(&folder.join(ENVELOPE_FILE))?;
        flush_folder(folder)?;
        // The base map shows where its owner's beat is.
        for name in [SEALED_FOLDER, BLOB_FOLDER, DAMAGED_FOLDER, BASE_MAP_FOLDER] {
            none_is_fine(fs::remove_dir_all(folder.join(name)))?;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(DATABASE_FILES) || name.starts_with(ENVELOPE_FILE) {
                none_is_fine(fs::remove_file(entry.path()))?;
            }
        }
        flush_folder(folder)?;
        fs::remove_file(folder.join(WIPING_FILE))?;
        flush_folder(folder)
    };
    remove().map_err(|source| OpenStoreError::io("wiping the store", folder, source))
}

/// Overwrites a small file before it is removed. Flash memory may keep the old bytes for a while all the same: what wraps
/// the key is to be destroyed as well.
fn destroy(path: &Path) -> io::Result<()> {
    let length = match fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) => return none_is_fine(Err(error)),
    };
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
    file.sync_all()?;
    none_is_fine(fs::remove_file(path))
}

fn none_is_fine(answer: io::Result<()>) -> io::Result<()> {
    match answer {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
