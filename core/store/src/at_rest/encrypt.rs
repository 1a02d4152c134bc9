//! An unencrypted store becomes an encrypted one, in place, at its next opening with a key.
//!
//! The database first, into a new file that takes the old one's place when it is complete and flushed; then photo by photo:
//! sealed, flushed, then the plain file goes. Killed anywhere, the next opening goes on: what is still plain is still
//! there, and what is sealed is whole. The envelope with the key is on the disk before any of it.
//!
//! What flash memory keeps of deleted files no program reaches; a phone's own encryption stands behind that.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::params;
use xunge_domain::ids::Digest;

use super::data_key::DataKey;
use crate::blob_place::{BlobFolder, INCOMING, digest_of};
use crate::open::{DATABASE_FILE, LOG_FILE, connect, flush_folder, look};
use crate::power::Power;
use crate::salvage::{self, DAMAGED_FOLDER};
use crate::{OpenStoreError, pragmas};

/// The encrypted database while it is being filled.
const UNFINISHED_FILE: &str = "xunge.db.encrypting";
/// The encrypted database when it is complete, until it has taken the plain one's place.
pub(crate) const FINISHED_FILE: &str = "xunge.db.encrypted";
/// Stands beside where a damaged file was kept, and holds the digest under which it is sealed.
const SEALED_NOTE: &str = "sealed";
/// How a database begins that is not encrypted; one that is begins with random bytes.
const PLAIN_HEADER: &[u8; 16] = b"SQLite format 3\0";

/// Whether a database file is there and is not encrypted.
pub(crate) fn is_plain(database: &Path) -> bool {
    let mut header = [0; PLAIN_HEADER.len()];
    File::open(database)
        .and_then(|mut file| file.read_exact(&mut header))
        .is_ok_and(|()| header == *PLAIN_HEADER)
}

/// Encrypts the database of a folder when it is a plain one.
pub(crate) fn database(folder: &Path, key: &DataKey, power: &Power) -> Result<(), OpenStoreError> {
    let plain = folder.join(DATABASE_FILE);
    let unfinished = folder.join(UNFINISHED_FILE);
    let finished = folder.join(FINISHED_FILE);
    if !finished.is_file() {
        if !is_plain(&plain) {
            return Ok(());
        }
        power.spend()?;
        remove(&unfinished)?;
        export(&plain, None, &unfinished, Some(key))?;
        power.spend()?;
        let flush = || -> io::Result<()> {
            File::open(&unfinished)?.sync_all()?;
            fs::rename(&unfinished, &finished)?;
            flush_folder(folder)
        };
        flush().map_err(|source| OpenStoreError::io("encrypting the store", folder, source))?;
    }
    power.spend()?;
    // The plain log goes first: it holds texts, and is none of the new file's.
    remove(&folder.join(LOG_FILE))?;
    power.spend()?;
    fs::rename(&finished, &plain)
        .and_then(|()| flush_folder(folder))
        .map_err(|source| OpenStoreError::io("replacing the plain store", folder, source))
}

/// Writes all of a database, its log included, into a new one under another key or none.
pub(crate) fn export(
    from: &Path,
    from_key: Option<&DataKey>,
    to: &Path,
    to_key: Option<&DataKey>,
) -> Result<(), OpenStoreError> {
    let connection = connect(from, from_key)?;
    look(&connection)?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let path = to.to_str().ok_or_else(|| {
        let source = io::Error::other("the folder's name is no Unicode");
        OpenStoreError::io("copying the store", to, source)
    })?;
    // The tables behind the search index are copied as they are.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    // An empty key leaves the copy plain.
    let key = to_key.map(DataKey::database).unwrap_or_default();
    connection.execute("ATTACH DATABASE ?1 AS copy KEY ?2", params![path, *key])?;
    // One file, no log: it is flushed and renamed as a whole.
    connection.execute_batch("PRAGMA copy.journal_mode = MEMORY")?;
    connection.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))?;
    connection.pragma_update(Some("copy"), "application_id", application)?;
    connection.pragma_update(Some("copy"), "user_version", version)?;
    connection.execute_batch("DETACH DATABASE copy")?;
    connection.close().map_err(|(_, error)| error)?;
    let copy = connect(to, to_key)?;
    pragmas::before_reading(&copy)?;
    let found: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    copy.close().map_err(|(_, error)| error)?;
    match found.as_str() {
        "ok" => Ok(()),
        _ => Err(OpenStoreError::Damaged { what: found }),
    }
}

/// Seals the photos that are still plain, and the damaged databases that were kept.
pub(crate) fn photos(
    folder: &Path,
    sealed: &BlobFolder,
    power: &Power,
) -> Result<(), OpenStoreError> {
    let plain = BlobFolder::of(folder, None);
    for part in entries(plain.root())? {
        let unfinished = part.file_name().is_some_and(|name| name == INCOMING);
        for photo in entries(&part)? {
            if !unfinished {
                seal(&photo, sealed, power)?;
            }
            power.spend()?;
            remove(&photo)?;
        }
        leave(&part);
    }
    leave(plain.root());
    // What a killed salvage of the plain store left half made.
    power.spend()?;
    remove(&folder.join(salvage::UNFINISHED_FILE))?;
    for kept in entries(&folder.join(DAMAGED_FOLDER))? {
        for name in [DATABASE_FILE, LOG_FILE] {
            let file = kept.join(name);
            if file.is_file() {
                let digest = seal(&file, sealed, power)?;
                power.spend()?;
                note(&file.with_added_extension(SEALED_NOTE), &digest.to_string())?;
                power.spend()?;
                remove(&file)?;
            }
        }
    }
    Ok(())
}

/// Seals a file under the digest of what is in it, whatever it was called: bytes that are damaged are kept under the name
/// that is theirs, because one key must not seal two contents.
fn seal(file: &Path, sealed: &BlobFolder, power: &Power) -> Result<Digest, OpenStoreError> {
    power.spend()?;
    let keep = || -> io::Result<Digest> {
        let mut plain = File::open(file)?;
        let digest = digest_of(&mut plain)?;
        let length = plain.metadata()?.len();
        plain.rewind()?;
        sealed.keep(digest, length, plain)?;
        Ok(digest)
    };
    keep().map_err(|error| failed(file, error))
}

/// Writes where a sealed file went; on the disk when this returns.
fn note(path: &Path, text: &str) -> Result<(), OpenStoreError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        path.parent().map_or(Ok(()), flush_folder)
    };
    write().map_err(|error| failed(path, error))
}

/// What is in a folder; nothing when there is none, or when it is a file.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, OpenStoreError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|error| failed(folder, error))
}

/// Removes an empty folder. One that somebody put something else into stays, with what is in it.
fn leave(folder: &Path) {
    let _ = fs::remove_dir(folder);
}

fn remove(path: &Path) -> Result<(), OpenStoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path, error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path, source: io::Error) -> OpenStoreError {
    OpenStoreError::io("encrypting the store", path, source)
}
