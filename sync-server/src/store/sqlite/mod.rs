//! The hub's store on SQLite: one writer, whose flushes are [shared](writer), a few readers, WAL with
//! `synchronous=FULL`, so that what was committed survives a power cut and readers never wait for the writer.
//!
//! Statements stay in the part of SQL that PostgreSQL and its relatives take as well: `ON CONFLICT`, `RETURNING`,
//! no JSON functions, no rowids. Only opening, migrating and backing up are SQLite's own.

mod applications;
mod blobs;
mod cases;
mod checkins;
mod citations;
mod clocks;
mod devices;
mod documents;
mod duty;
mod editions;
mod feeds;
mod log;
mod migrate;
mod people;
mod pieces;
mod places;
mod private;
mod pushes;
mod readers;
mod records;
mod risks;
mod system;
mod tables;
mod tasks;
mod values;
mod writer;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use readers::Readers;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use writer::{Held, Writer};
use xunge_domain::scope::Scope;

use super::{FeedWatcher, HubRead, HubStore, HubTransaction, ReadWork, StoreError, WriteWork};

/// How long a statement waits for another process (`xunge enrol`, `xunge backup`) before it gives up.
pub const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Prepared statements kept by each connection: more than the store has.
const STATEMENTS_KEPT: usize = 128;

/// One connection inside one transaction, as the traits see it, and the feeds it appended to.
struct Session<'connection>(&'connection Connection, BTreeSet<Scope>);

impl HubRead for Session<'_> {}
impl HubTransaction for Session<'_> {}

/// See the module.
pub struct SqliteStore {
    writer: Writer,
    /// `None` in memory: there the writer reads as well.
    readers: Option<Readers>,
    watcher: OnceLock<Arc<dyn FeedWatcher>>,
}

impl SqliteStore {
    /// Opens or makes the database file and brings it to the newest schema.
    ///
    /// # Errors
    /// The file cannot be opened, is none of ours, or is of a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = Connection::open(path)?;
        prepare(&writer)?;
        // WAL is a property of the file and cannot be set inside a transaction.
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        migrate::migrate(&mut writer)?;
        Ok(Self {
            writer: Writer::new(writer, true),
            readers: Some(Readers::of(path)),
            watcher: OnceLock::new(),
        })
    }

    /// A store that is gone when it is dropped: for tests and the simulation.
    ///
    /// # Errors
    /// The database's trouble.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut writer = Connection::open_in_memory()?;
        prepare(&writer)?;
        migrate::migrate(&mut writer)?;
        Ok(Self {
            writer: Writer::new(writer, false),
            readers: None,
            watcher: OnceLock::new(),
        })
    }

    /// Asks the database whether it holds together: the problems it names, none when all is well.
    ///
    /// # Errors
    /// The database's trouble.
    pub fn integrity_problems(&self) -> Result<Vec<String>, StoreError> {
        let writer = self.writer();
        let mut statement = writer.prepare("PRAGMA integrity_check")?;
        let mut rows = statement.query([])?;
        let mut problems = Vec::new();
        while let Some(row) = rows.next()? {
            problems.push(row.get(0)?);
        }
        problems.retain(|line: &String| line != "ok");
        Ok(problems)
    }

    fn writer(&self) -> Held<'_> {
        self.writer.connection()
    }
}

/// Settings of every connection.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // Otherwise a statement with `LIMIT ?` is compiled anew at every call, in case the number asks for another plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection.pragma_update(None, "foreign_keys", "ON")?)
}

impl HubStore for SqliteStore {
    fn read(&self, work: ReadWork<'_>) -> Result<(), StoreError> {
        let Some(readers) = &self.readers else {
            return look(&mut self.writer(), work);
        };
        let mut borrowed = readers.borrow()?;
        look(borrowed.connection(), work)
    }

    fn write(&self, work: WriteWork<'_>) -> Result<(), StoreError> {
        self.writer.write(work, &|moved| {
            if let Some(watcher) = self.watcher.get() {
                watcher.moved(moved);
            }
        })
    }

    fn scrub(&self) -> Result<(), StoreError> {
        let writer = self.writer();
        // The log holds every page as it was committed before. It is emptied once all of it is in the file.
        let busy: bool =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy { Err(StoreError::Busy) } else { Ok(()) }
    }

    fn rewrite(&self) -> Result<(), StoreError> {
        self.writer().execute_batch("VACUUM")?;
        self.scrub()
    }

    fn watch_feeds(&self, watcher: Arc<dyn FeedWatcher>) {
        // A second watcher finds the place taken; the first goes on hearing.
        let _ = self.watcher.set(watcher);
    }

    fn backup_into(&self, file: &Path) -> Result<(), StoreError> {
        if file.exists() {
            return Err(StoreError::Conflict(format!("{} exists", file.display())));
        }
        let mut copy = Connection::open(file)?;
        // From a connection of its own, so that the writer goes on meanwhile.
        match &self.readers {
            Some(readers) => copy_whole(readers.borrow()?.connection(), &mut copy)?,
            None => copy_whole(&mut self.writer(), &mut copy)?,
        }
        // The copy is one file without a log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.close().map_err(|(_, error)| error)?;
        std::fs::File::open(file)
            .and_then(|file| file.sync_all())
            .map_err(|source| StoreError::Open {
                path: file.to_owned(),
                source,
            })
    }
}

fn look(connection: &mut Connection, work: ReadWork<'_>) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    work(&Session(&transaction, BTreeSet::new()))
}

/// Copies a database inside one read transaction: one moment, whatever the writer does meanwhile. Without it
/// SQLite would start the copy anew each time somebody wrote.
fn copy_whole(source: &mut Connection, copy: &mut Connection) -> Result<(), StoreError> {
    let moment = source.transaction()?;
    migrate::version(&moment)?;
    let backup = rusqlite::backup::Backup::new(&moment, copy)?;
    match backup.step(-1)? {
        rusqlite::backup::StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

#[cfg(test)]
mod log_tests;
#[cfg(test)]
mod tests;
