//! Between rows of SQL and values of ours. What a column holds was written by us, but the file lies on a disk:
//! a value that cannot be is an error, never a panic.

use std::str::FromStr;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};
use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::time::Timestamp;

use crate::store::{LIST_ROWS_MAX, StoreError};

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ConstraintViolation) => Self::Conflict(error.to_string()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                what: "database file",
            },
            _ => Self::Database(Box::new(error)),
        }
    }
}

/// All rows a statement answers.
pub(super) fn list<Value>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl Fn(&Row<'_>) -> Result<Value, StoreError>,
) -> Result<Vec<Value>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(read(row)?);
    }
    Ok(values)
}

/// The first row a statement answers.
pub(super) fn first<Value>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl Fn(&Row<'_>) -> Result<Value, StoreError>,
) -> Result<Option<Value>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    rows.next()?.map(read).transpose()
}

/// Runs a statement and answers how many rows it changed.
pub(super) fn run(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<u64, StoreError> {
    let changed = connection.prepare_cached(sql)?.execute(parameters)?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// A plain column.
pub(super) fn plain<Value: FromSql>(row: &Row<'_>, column: &str) -> Result<Value, StoreError> {
    row.get(column).map_err(|error| match error {
        rusqlite::Error::SqliteFailure(..) => StoreError::from(error),
        _ => StoreError::Damaged { what: "column" },
    })
}

/// A number that is never negative.
pub(super) fn unsigned(row: &Row<'_>, column: &str) -> Result<u64, StoreError> {
    u64::try_from(plain::<i64>(row, column)?).map_err(|_| StoreError::Damaged { what: "number" })
}

/// An instant.
pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Timestamp, StoreError> {
    plain(row, column).map(Timestamp::from_millis)
}

/// An instant that may be missing.
pub(super) fn time_if_any(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, StoreError> {
    Ok(plain::<Option<i64>>(row, column)?.map(Timestamp::from_millis))
}

/// An id kept as text.
pub(super) fn text<Value: FromStr>(
    row: &Row<'_>,
    column: &str,
    what: &'static str,
) -> Result<Value, StoreError> {
    plain::<String>(row, column)?
        .parse()
        .map_err(|_| StoreError::Damaged { what })
}

/// An id kept as text that may be missing.
pub(super) fn text_if_any<Value: FromStr>(
    row: &Row<'_>,
    column: &str,
    what: &'static str,
) -> Result<Option<Value>, StoreError> {
    plain::<Option<String>>(row, column)?
        .map(|text| text.parse().map_err(|_| StoreError::Damaged { what }))
        .transpose()
}

/// A SHA-256.
pub(super) fn digest(row: &Row<'_>, column: &str) -> Result<Digest, StoreError> {
    Digest::from_slice(&plain::<Vec<u8>>(row, column)?)
        .map_err(|_| StoreError::Damaged { what: "sha256" })
}

/// A SHA-256 that may be missing.
pub(super) fn digest_if_any(row: &Row<'_>, column: &str) -> Result<Option<Digest>, StoreError> {
    plain::<Option<Vec<u8>>>(row, column)?
        .map(|bytes| Digest::from_slice(&bytes).map_err(|_| StoreError::Damaged { what: "sha256" }))
        .transpose()
}

/// A document.
pub(super) fn document(row: &Row<'_>) -> Result<DocumentId, StoreError> {
    DocumentId::from_slice(&plain::<Vec<u8>>(row, "document")?).map_err(|_| StoreError::Damaged {
        what: "document id",
    })
}

/// An installation that may be missing.
pub(super) fn installation_if_any(
    row: &Row<'_>,
    column: &str,
) -> Result<Option<InstallationId>, StoreError> {
    plain::<Option<Vec<u8>>>(row, column)?
        .map(|bytes| {
            InstallationId::from_slice(&bytes).map_err(|_| StoreError::Damaged {
                what: "installation id",
            })
        })
        .transpose()
}

/// Heads, one after the other.
pub(super) fn heads(row: &Row<'_>) -> Result<Vec<Digest>, StoreError> {
    let bytes = plain::<Vec<u8>>(row, "heads")?;
    let (heads, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(StoreError::Damaged { what: "heads" });
    }
    Ok(heads.iter().map(|head| Digest::from_bytes(*head)).collect())
}

/// Heads as one column.
pub(super) fn joined(heads: &[Digest]) -> Vec<u8> {
    heads.iter().flat_map(|head| *head.as_bytes()).collect()
}

/// A number as SQL has it. Beyond what SQL has it saturates: nobody counts that far.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A limit of rows, never beyond what one call may answer.
pub(super) fn rows(limit: usize) -> i64 {
    i64::try_from(limit.min(LIST_ROWS_MAX)).unwrap_or(i64::MAX)
}
