//! Salvage of a damaged store: put aside, read what can be read, go on.
//!
//! The damaged files are copied to `damaged/<n>/` first and never touched again. What can still be read goes into a new
//! database beside the old one, which takes its place only when it is complete and flushed; killed anywhere, the next
//! opening finds either the old file or the finished new one. Cursors are left behind on purpose: the server then sends
//! everything once more and fills the gaps it can fill.
//!
//! Of an encrypted store the kept files and the new database are encrypted as well.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, params_from_iter};
use xunge_domain::ids::Digest;

use crate::at_rest::data_key::DataKey;
use crate::at_rest::encrypt::is_plain;
use crate::at_rest::key_source::{self, KeySource};
use crate::at_rest::wipe;
use crate::blob_place::BlobFolder;
use crate::open::{DATABASE_FILE, LOG_FILE, connect, flush_folder, lock, look, make_folder};
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

/// The tables that are carried over, referenced ones first, each with the order that reads it from its end.
const TABLES: &[(&str, &str)] = &[
    ("session", "rowid DESC"),
    ("former_installation", "installation DESC"),
    ("setting", "rowid DESC"),
    ("draft", "rowid DESC"),
    ("document", "rowid DESC"),
    ("change", "rowid DESC"),
    ("intent", "rowid DESC"),
    ("case_row", "rowid DESC"),
    ("checkin_row", "rowid DESC"),
    ("blob", "rowid DESC"),
    ("blob_use", "document DESC, sha256 DESC, kind DESC"),
    ("carried_piece", "rowid DESC"),
    ("record", "intent DESC"),
    ("private_record", "rowid DESC"),
];

/// What became of a damaged store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvage {
    /// The folder with the damaged files, as they were.
    pub kept_in: PathBuf,
    /// How many rows were brought over.
    pub rows: u64,
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
    let (rows, incomplete) = fill(connect(&unfinished, key)?, &damaged, &places)?;
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
        incomplete,
    })
}

/// The kept copy of a damaged database.
struct Damaged<'key> {
    path: PathBuf,
    key: Option<&'key DataKey>,
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
) -> Result<(u64, Vec<String>), OpenStoreError> {
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
    for (table, from_the_end) in TABLES {
        let carried = if readable {
            carry(damaged, &transaction, table, from_the_end)?
        } else {
            Carried::default()
        };
        rows += carried.rows;
        if !readable || carried.lost {
            incomplete.push((*table).to_owned());
        }
    }
    mend(&transaction, places)?;
    transaction.commit()?;
    target.close().map_err(|(_, error)| error)?;
    Ok((rows, incomplete))
}

impl Damaged<'_> {
    /// Opens the kept copy so that it stays as it is.
    fn open(&self) -> Result<Connection, OpenStoreError> {
        if !self.path.is_file() {
            let what = "there is no database file".to_owned();
            return Err(OpenStoreError::Damaged { what });
        }
        let connection = connect(&self.path, self.key)?;
        look(&connection)?;
        connection.set_db_config(
            rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
            true,
        )?;
        Ok(connection)
    }
}

/// What was carried over of one table.
#[derive(Default)]
struct Carried {
    rows: u64,
    lost: bool,
}

/// Reads a table from its start to the first damage, then from its end.
fn carry(
    damaged: &Damaged<'_>,
    target: &Connection,
    table: &str,
    from_the_end: &str,
) -> Result<Carried, OpenStoreError> {
    let mut carried = Carried::default();
    let forward = format!("SELECT * FROM {table}");
    carry_until_damage(damaged, target, table, &forward, &mut carried)?;
    if carried.lost {
        let backward = format!("SELECT * FROM {table} ORDER BY {from_the_end}");
        carry_until_damage(damaged, target, table, &backward, &mut carried)?;
    }
    Ok(carried)
}

/// On a connection of its own: after a page that does not decrypt SQLCipher reads no other.
fn carry_until_damage(
    damaged: &Damaged<'_>,
    target: &Connection,
    table: &str,
    select: &str,
    carried: &mut Carried,
) -> Result<(), OpenStoreError> {
    let source = damaged.open()?;
    let Ok(mut statement) = source.prepare(select) else {
        carried.lost = true;
        return Ok(());
    };
    let columns = statement.column_count();
    let places = vec!["?"; columns].join(", ");
    let mut insert = target.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})"))?;
    let mut rows = statement.query([])?;
    loop {
        let values = match rows.next() {
            Ok(None) => return Ok(()),
            Ok(Some(row)) => (0..columns)
                .map(|column| row.get(column))
                .collect::<rusqlite::Result<Vec<Value>>>(),
            Err(error) => Err(error),
        };
        let Ok(values) = values else {
            carried.lost = true;
            return Ok(());
        };
        match insert.execute(params_from_iter(values)) {
            Ok(inserted) => carried.rows += inserted as u64,
            // A row of nonsense is one lost row; a full disk is not.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                carried.lost = true
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Makes the rows fit together again: whatever belongs to a lost document or blob gets one.
fn mend(target: &Connection, places: &[BlobFolder]) -> Result<(), StoreError> {
    target.execute(
        include_str!("sql/mend_documents.sql"),
        [GENERATION_AFTER_LOSS],
    )?;
    target.execute_batch(include_str!("sql/drop_nonsense.sql"))?;
    let mut statement = target.prepare(include_str!("sql/uses_without_blob.sql"))?;
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
