//! What can go wrong while the store is in use.

use std::io;

use rusqlite::ErrorCode;
use xunge_domain::ids::Digest;

use crate::error_text::{self, ErrorText};

/// A failed call. What was committed before is never affected, and a failed transaction leaves nothing behind.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left.
    #[error("the storage is full")]
    Full,
    /// Reading or writing failed.
    #[error("{doing} failed")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// SQLite could not read or write its file.
    #[error("the database file could not be read or written")]
    DatabaseIo(#[source] rusqlite::Error),
    /// Another connection holds the database.
    #[error("the database is busy")]
    Busy,
    /// The database holds what this program never wrote.
    #[error("the database is damaged: {what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// The bytes of a blob do not match its name.
    #[error("the bytes of blob {0} do not match its digest")]
    BlobDamaged(Digest),
    /// The bytes of a blob are not here.
    #[error("blob {0} is not on this device")]
    BlobMissing(Digest),
    /// The store is suspended.
    #[error("the store is suspended")]
    Suspended,
    /// The store could not be opened again.
    #[error("the store could not be resumed")]
    Resume(#[source] Box<crate::OpenStoreError>),
    /// A value beyond its limit.
    #[error("{what}: {size} is more than {limit}")]
    TooLarge {
        /// Which value.
        what: &'static str,
        /// Its size.
        size: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A row that has to be there is not.
    #[error("there is no such {what}")]
    NotFound {
        /// What was asked for.
        what: &'static str,
    },
    /// SQLite ended the transaction by itself after an earlier failure; going on would commit half of it.
    #[error("the transaction was ended by an earlier failure")]
    RolledBack,
    /// A mistake in this program.
    #[error("the database refused a statement")]
    Internal(#[source] rusqlite::Error),
}

impl StoreError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Full => "store_full",
            Self::Io { .. } | Self::DatabaseIo(_) => "store_io",
            Self::Busy => "store_busy",
            Self::Damaged { .. } => "store_damaged",
            Self::BlobDamaged(_) => "blob_damaged",
            Self::BlobMissing(_) => "blob_missing",
            Self::Suspended => "store_suspended",
            Self::Resume(cause) => cause.code(),
            Self::TooLarge { .. } => "store_too_large",
            Self::NotFound { .. } => "store_not_found",
            Self::RolledBack => "store_rolled_back",
            Self::Internal(_) => "store_internal",
        }
    }

    /// Cause and next step for a person.
    pub fn text(&self) -> ErrorText {
        match self {
            Self::Full => error_text::FULL,
            Self::Io { .. } | Self::DatabaseIo(_) | Self::RolledBack => error_text::IO,
            Self::Busy => error_text::BUSY,
            Self::Damaged { .. } => error_text::DAMAGED,
            Self::BlobDamaged(_) => error_text::BLOB_DAMAGED,
            Self::BlobMissing(_) => error_text::BLOB_MISSING,
            Self::Suspended => error_text::SUSPENDED,
            Self::Resume(cause) => cause.text(),
            Self::TooLarge { .. } => error_text::TOO_LARGE,
            Self::NotFound { .. } => error_text::NOT_FOUND,
            Self::Internal(_) => error_text::INTERNAL,
        }
    }

    /// Sorts an I/O failure: a full disk has its own answer.
    pub(crate) fn io(doing: &'static str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { doing, source },
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::damaged(error.to_string())
                }
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::FileLockingProtocolFailed => Self::DatabaseIo(error),
                _ => Self::Internal(error),
            },
            // The columns are STRICT and written by this crate alone: another value is damage, not a mistake.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => Self::damaged(error.to_string()),
            _ => Self::Internal(error),
        }
    }
}
