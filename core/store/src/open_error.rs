//! What can go wrong while a store is opened. Apart from [`StoreError`], because the app can only stop and tell.

use std::io;
use std::path::PathBuf;

use crate::StoreError;
use crate::at_rest::key_wrapper::KeyUnavailable;
use crate::error_text::{self, ErrorText};

/// A store that could not be opened. Nothing is deleted or rewritten on the way here.
#[derive(Debug, thiserror::Error)]
pub enum OpenStoreError {
    /// Written by a newer version of the app; the file was not touched.
    #[error("the store has schema {found}, this app knows {known}")]
    Newer {
        /// The schema of the file.
        found: u32,
        /// The newest schema this app knows.
        known: u32,
    },
    /// Not a store, or a broken one; the file is still there.
    #[error("the store is damaged: {what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// Another process, or another place in this one, has the store open.
    #[error("the store is in use")]
    InUse,
    /// No space left.
    #[error("the storage is full")]
    Full,
    /// The folder or a file in it could not be used.
    #[error("{doing} failed for {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// Another key than the one the store was made with; nothing was touched.
    #[error("the key is not that of this store")]
    KeyWrong,
    /// The store is encrypted, and no key was given or the file that keeps it is gone.
    #[error("the store is encrypted and there is no key for it")]
    KeyMissing,
    /// The device was revoked: only the organisation's recovery key opens what it still held.
    #[error("the store was sealed when its device was revoked")]
    Sealed,
    /// The key is there, but cannot be opened now or by this device.
    #[error(transparent)]
    KeyUnavailable(#[from] KeyUnavailable),
    /// SQLite failed for another reason.
    #[error("the database could not be opened")]
    Database(#[source] StoreError),
}

impl OpenStoreError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::InUse => "store_in_use",
            Self::Full => "store_full",
            Self::Io { .. } => "store_io",
            Self::KeyWrong => "store_key_wrong",
            Self::KeyMissing => "store_key_missing",
            Self::Sealed => "store_sealed",
            Self::KeyUnavailable(_) => "store_key_unavailable",
            Self::Database(cause) => cause.code(),
        }
    }

    /// Cause and next step for a person.
    pub fn text(&self) -> ErrorText {
        match self {
            Self::Newer { .. } => error_text::NEWER,
            Self::Damaged { .. } => error_text::DAMAGED,
            Self::InUse => error_text::IN_USE,
            Self::Full => error_text::FULL,
            Self::Io { .. } => error_text::IO,
            Self::KeyWrong => error_text::KEY_WRONG,
            Self::KeyMissing => error_text::KEY_MISSING,
            Self::Sealed => error_text::SEALED,
            Self::KeyUnavailable(_) => error_text::KEY_UNAVAILABLE,
            Self::Database(cause) => cause.text(),
        }
    }

    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        match StoreError::io(doing, source) {
            StoreError::Io { doing, source } => Self::Io {
                doing,
                path: path.into(),
                source,
            },
            other => other.into(),
        }
    }
}

impl From<StoreError> for OpenStoreError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            // Only another process that ignored our lock file can hold SQLite's own lock.
            StoreError::Busy => Self::InUse,
            StoreError::Damaged { what } => Self::Damaged { what },
            other => Self::Database(other),
        }
    }
}

impl From<rusqlite::Error> for OpenStoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}
