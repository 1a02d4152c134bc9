//! Salvage of a damaged store: put aside, read what can be read, go on.
//!
//! The damaged files are copied to `damaged/<n>/` first and never touched again. What can still be read goes into a new
//! database beside the old one, which takes its place only when it is complete and flushed; killed anywhere, the next
//! opening finds either the old file or the finished new one. Cursors are left behind on purpose: the server then sends
//! everything once more and fills the gaps it can fill.
//!
//! Of an encrypted store the kept files and the new database are encrypted as well.

mod carry;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use carry::{Carried, Damaged, ReadBy, carry};
use rusqlite::Connection;
use xunge_domain::ids::Digest;

use crate::at_rest::encrypt::is_plain;
use crate::at_rest::key_source::{self, KeySource};
use crate::at_rest::wipe;
use crate::blob_place::BlobFolder;
use crate::open::{DATABASE_FILE, LOG_FILE, connect, flush_folder, lock, make_folder};
use crate::tables::case_index;
use crate::{OpenStoreError, Store, StoreError, migrate, pragmas};

/// The new database while it is being filled.
pub(crate) const UNFINISHED_FILE: &str = "xunge.db.salvaging";
/// The new database when it is complete, until it has taken the old one's place.
const FINISHED_FILE: &str = "xunge.db.salvaged";
/// Where damaged files are kept.
pub(crate) const DAMAGED_FOLDER: &str = "damaged";
/// Most damaged stores kept side by side; a phone that gets here needs a person, not another try.
const DAMAGED_STORES_MAX: u32 = 1_000;
/// The generation of a document whose own row was lost: beyond any it can have reached, so that no burnt sequence number
/// of an actor is given again.
const GENERATION_AFTER_LOSS: u32 = 48;

/// The tables that are carried over, each with the order that reads it from its end, where it has no row numbers. What only
/// this device may have comes first, whatever the disk has room for.
const TABLES: &[(&str, ReadBy)] = &[
    ("session", ReadBy::Number),
    ("former_installation", ReadBy::Ends("installation DESC")),
    ("document", ReadBy::Number),
    ("change", ReadBy::Number),
    ("intent", ReadBy::Number),
    ("draft", ReadBy::Number),
    ("blob", ReadBy::Number),
    (
        "blob_use",
        ReadBy::Ends("document DESC, sha256 DESC, kind DESC"),
    ),
    ("private_record", ReadBy::Number),
    ("record", ReadBy::Ends("intent DESC")),
    ("carried_piece", ReadBy::Number),
    ("setting", ReadBy::Number),
    ("case_row", ReadBy::Number),
    ("checkin_row", ReadBy::Number),
];

/// What became of a damaged store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvage {
    /// The folder with the damaged files, as they were.
    pub kept_in: PathBuf,
    /// How many rows were brought over.
    pub rows: u64,
    /// Changes among them that the server is not known to have.
    pub unsent: u64,
    /// The tables of which not everything could be read. Empty: nothing is missing.
    pub incomplete: Vec<String>,
}

impl Store {
    /// Puts a damaged store aside and a new one in its place, with everything that can still be read. The photos stay
    /// where they are. Afterwards [`Store::open`] works; what the server has comes back with the next sync.
    ///
    /// A document whose own row was lost gets an empty snapshot: whoever opens it rebuilds it from its changes.
    ///
    /// Slow: reads and writes the whole store. Only after [`Store::open`] said damaged, or [`Store::check`] did.
    ///
    /// # Errors
    /// In use, newer, full or unusable; the damaged store then stays where it is.
    pub fn salvage(folder: &Path) -> Result<Salvage, OpenStoreError> {
        salvage(folder, None)
    }

    /// [`Self::salvage`] of an encrypted store, or of one that was to become so.
    ///
    /// # Errors
    /// As [`Self::salvage`]; the key is the wrong one, missing, or cannot be had.
    pub fn salvage_encrypted(
        folder: &Path,
        source: &dyn KeySource,
    ) -> Result<Salvage, OpenStoreError> {
        salvage(folder, Some(source))
    }
}

fn salvage(folder: &Path, source: Option<&dyn KeySource>) -> Result<Salvage, OpenStoreError> {
    let _lock = lock(folder)?;
    wipe::finish(folder)?;
    finish(folder)?;
    let key = key_source::obtain(folder, source)?;
    let key = key.as_ref();
    let kept_in = keep_damaged(folder)?;
    let unfinished = folder.join(UNFINISHED_FILE);
    remove(&unfinished)?;
    let database = kept_in.join(DATABASE_FILE);
    let damaged = Damaged {
        // Damaged before it was encrypted, or after.
        key: key.filter(|_| !is_plain(&database)),
        path: database,
    };
    let places = [BlobFolder::of(folder, key), BlobFolder::of(folder, None)];
    let Filled {
        rows,
        unsent,
        incomplete,
    } = fill(connect(&unfinished, key)?, &damaged, &places)?;
    let flush = || -> io::Result<()> {
        File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, folder.join(FINISHED_FILE))?;
        flush_folder(folder)
    };
    flush().map_err(|source| OpenStoreError::io("finishing the salvaged store", folder, source))?;
    finish(folder)?;
    Ok(Salvage {
        kept_in,
        rows,
        unsent,
        incomplete,
    })
}

/// What is in the new database.
struct Filled {
    rows: u64,
    unsent: u64,
    incomplete: Vec<String>,
}

/// Puts a complete salvaged database in the place of the damaged one; does nothing when there is none. The damaged log
/// must go first, or SQLite would play it into the new file; its copy is kept.
pub(crate) fn finish(folder: &Path) -> Result<(), OpenStoreError> {
    let finished = folder.join(FINISHED_FILE);
    if !finished.is_file() {
        return Ok(());
    }
    remove(&folder.join(LOG_FILE))?;
    fs::rename(&finished, folder.join(DATABASE_FILE))
        .and_then(|()| flush_folder(folder))
        .map_err(|source| OpenStoreError::io("replacing the damaged store", folder, source))
}

/// Copies the damaged files to a folder of their own and flushes them.
fn keep_damaged(folder: &Path) -> Result<PathBuf, OpenStoreError> {
    let all = folder.join(DAMAGED_FOLDER);
    make_folder(&all)?;
    let kept_in = (1..=DAMAGED_STORES_MAX)
        .map(|number| all.join(number.to_string()))
        .find(|path| !path.exists())
        .ok_or_else(|| {
            let source = io::Error::other("too many damaged stores are kept already");
            OpenStoreError::io("keeping the damaged store", &all, source)
        })?;
    make_folder(&kept_in)?;
    let copy = || -> io::Result<()> {
        for name in [DATABASE_FILE, LOG_FILE] {
            let from = folder.join(name);
            if from.is_file() {
                let to = kept_in.join(name);
                fs::copy(from, &to)?;
                File::open(to)?.sync_all()?;
            }
        }
        flush_folder(&kept_in)
    };
    copy().map_err(|source| OpenStoreError::io("keeping the damaged store", &kept_in, source))?;
    Ok(kept_in)
}

/// Makes the new database and carries over what can be read.
fn fill(
    mut target: Connection,
    damaged: &Damaged<'_>,
    places: &[BlobFolder],
) -> Result<Filled, OpenStoreError> {
    let source = match damaged.open() {
        Ok(source) => Some(source),
        Err(OpenStoreError::Damaged { .. }) => None,
        Err(other) => return Err(other),
    };
    let version = source
        .as_ref()
        .and_then(|source| {
            source
                .pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
                .ok()
        })
        .and_then(|version| usize::try_from(version).ok())
        .filter(|version| *version > 0)
        .unwrap_or(migrate::STEPS.len());
    let readable = source.is_some();
    drop(source);
    pragmas::before_reading(&target)?;
    // One file, no log: it is flushed and renamed as a whole.
    target.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF")?;
    migrate::climb(
        &mut target,
        migrate::STEPS.get(..version).unwrap_or(migrate::STEPS),
    )?;
    let transaction = target.transaction()?;
    let mut rows = 0;
    let mut incomplete = Vec::new();
    for (table, read_by) in TABLES {
        let carried = if readable {
            carry(damaged, &transaction, table, *read_by)?
        } else {
            Carried::default()
        };
        rows += carried.rows;
        if !readable || carried.lost {
            incomplete.push((*table).to_owned());
        }
    }
    mend(&transaction, places)?;
    if migrate::is_indexed(u32::try_from(version).unwrap_or(u32::MAX)) {
        case_index::fill(&transaction)?;
    }
    let unsent =
        transaction.query_row("SELECT count(*) FROM change WHERE state = 0", [], |row| {
            crate::values::count(row, 0)
        })?;
    transaction.commit()?;
    target.close().map_err(|(_, error)| error)?;
    Ok(Filled {
        rows,
        unsent,
        incomplete,
    })
}

/// Makes the rows fit together again: whatever belongs to a lost document or blob gets one.
fn mend(target: &Connection, places: &[BlobFolder]) -> Result<(), StoreError> {
    target.execute(
        include_str!("../sql/mend_documents.sql"),
        [GENERATION_AFTER_LOSS],
    )?;
    target.execute_batch(include_str!("../sql/drop_nonsense.sql"))?;
    let mut statement = target.prepare(include_str!("../sql/uses_without_blob.sql"))?;
    let lost = statement.query_map([], |row| crate::values::digest(row, 0))?;
    for digest in lost.collect::<rusqlite::Result<Vec<Digest>>>()? {
        let length = places.iter().find_map(|place| place.length(digest));
        let state = if length.is_some() { 0 } else { 2 };
        let length = crate::values::integer("blob", length.unwrap_or(0))?;
        target.execute(
            "INSERT INTO blob (sha256, length, state, acknowledged_ranges) VALUES (?1, ?2, ?3, x'')",
            rusqlite::params![digest.as_bytes(), length, state],
        )?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), OpenStoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OpenStoreError::io(
            "clearing the way for the salvaged store",
            path,
            error,
        )),
        _ => Ok(()),
    }
}
