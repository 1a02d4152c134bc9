//! Columns to values and back. What does not read as what was written is damage, never a panic.

use rusqlite::Row;
use rusqlite::types::Type;
use xunge_domain::ids::{Digest, DocumentId, InstallationId, IntentId, ParseIdError};
use xunge_domain::time::Timestamp;

use crate::StoreError;

/// A column that holds something else than this crate writes there.
pub(crate) fn wrong(column: usize, kind: Type, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, what.into())
}

fn id<T>(
    row: &Row<'_>,
    column: usize,
    read: fn(&[u8]) -> Result<T, ParseIdError>,
) -> rusqlite::Result<T> {
    let bytes: Vec<u8> = row.get(column)?;
    read(&bytes).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, error.into())
    })
}

pub(crate) fn document_id(row: &Row<'_>, column: usize) -> rusqlite::Result<DocumentId> {
    id(row, column, DocumentId::from_slice)
}

pub(crate) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Digest> {
    id(row, column, Digest::from_slice)
}

pub(crate) fn optional_digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Digest>> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => digest(row, column).map(Some),
    }
}

pub(crate) fn intent_id(row: &Row<'_>, column: usize) -> rusqlite::Result<IntentId> {
    id(row, column, IntentId::from_slice)
}

pub(crate) fn installation_id(row: &Row<'_>, column: usize) -> rusqlite::Result<InstallationId> {
    id(row, column, InstallationId::from_slice)
}

pub(crate) fn timestamp(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_millis)
}

pub(crate) fn optional_timestamp(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<Timestamp>> {
    let millis: Option<i64> = row.get(column)?;
    Ok(millis.map(Timestamp::from_millis))
}

/// A `u64` that may use all its bits; SQLite's integers are signed, so the bits are kept and the order is not.
pub(crate) fn u64_bits(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get(column).map(i64::cast_unsigned)
}

/// An array of exactly this length.
pub(crate) fn array<const LENGTH: usize>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<[u8; LENGTH]> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes
        .try_into()
        .map_err(|_| wrong(column, Type::Blob, "not the right number of bytes"))
}

/// Refuses a value beyond its limit.
pub(crate) fn within(what: &'static str, size: usize, limit: usize) -> Result<(), StoreError> {
    if size > limit {
        return Err(StoreError::TooLarge { what, size, limit });
    }
    Ok(())
}

/// A page size as SQLite wants it, never above the common limit.
pub(crate) fn page_rows(limit: usize) -> i64 {
    i64::try_from(limit.min(crate::limits::PAGE_ROWS_MAX)).unwrap_or(i64::MAX)
}

/// A count, length or number that was written as a whole number from 0 up.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| wrong(column, Type::Integer, "a number below 0"))
}

/// A whole number as SQLite keeps it.
pub(crate) fn integer(what: &'static str, value: u64) -> Result<i64, StoreError> {
    i64::try_from(value).map_err(|_| StoreError::TooLarge {
        what,
        size: usize::try_from(value).unwrap_or(usize::MAX),
        limit: usize::try_from(i64::MAX).unwrap_or(usize::MAX),
    })
}
