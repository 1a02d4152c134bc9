//! The two hands of the store: [`Reader`] looks, [`Tx`] writes. Every table's functions are methods on one of them, so
//! nothing is written outside a transaction and who opened it decides what belongs together.

use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension as _, Params, Row};

use crate::StoreError;
use crate::blob_place::BlobPlace;
use crate::power::Power;
use crate::topics::{Topic, Touched};

/// Reads. Sees what is committed, and inside a transaction also what it wrote so far.
pub struct Reader<'store> {
    connection: &'store Connection,
    pub(crate) blobs: &'store BlobPlace,
    power: &'store Power,
}

/// Writes, all or nothing.
pub struct Tx<'store> {
    reader: Reader<'store>,
    touched: Touched,
}

impl<'store> Reader<'store> {
    pub(crate) fn new(
        connection: &'store Connection,
        blobs: &'store BlobPlace,
        power: &'store Power,
    ) -> Self {
        Self {
            connection,
            blobs,
            power,
        }
    }

    pub(crate) fn connection(&self) -> &Connection {
        self.connection
    }

    /// One row or none.
    pub(crate) fn optional<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(parameters, read).optional()?)
    }

    /// Exactly one row, as aggregates give.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(parameters, read)?)
    }

    /// All rows.
    pub(crate) fn all<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl<'store> Tx<'store> {
    pub(crate) fn new(reader: Reader<'store>) -> Self {
        Self {
            reader,
            touched: Touched::default(),
        }
    }

    pub(crate) fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Runs one writing statement that answers with a row, or with none when it changed none.
    pub(crate) fn returning<T>(
        &self,
        topic: Topic,
        sql: &str,
        parameters: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        self.before_write()?;
        let row = self.optional(sql, parameters, read)?;
        if row.is_some() {
            self.touched.mark(topic);
        }
        Ok(row)
    }

    /// Runs one writing statement and says how many rows it changed.
    pub(crate) fn execute(
        &self,
        topic: Topic,
        sql: &str,
        parameters: impl Params,
    ) -> Result<usize, StoreError> {
        self.before_write()?;
        let rows = self.connection.prepare_cached(sql)?.execute(parameters)?;
        if rows > 0 {
            self.touched.mark(topic);
        }
        Ok(rows)
    }

    /// What every write asks first.
    pub(crate) fn before_write(&self) -> Result<(), StoreError> {
        self.power.spend()?;
        self.still_open()
    }

    /// A full disk or a failed flush makes SQLite roll back by itself. A caller that swallowed that error must not go on
    /// with statements that would each commit alone.
    pub(crate) fn still_open(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() {
            return Err(StoreError::RolledBack);
        }
        Ok(())
    }
}

impl<'store> Deref for Tx<'store> {
    type Target = Reader<'store>;

    fn deref(&self) -> &Reader<'store> {
        &self.reader
    }
}
