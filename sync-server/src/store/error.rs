//! What can go wrong in the store.

use std::path::PathBuf;

/// Trouble of the store. Everything a person or a caller could have avoided is checked before; what is left is
/// the machine's, a damaged or newer file, or a caller's mistake.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database's own trouble.
    #[error("the database failed: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No room left on the disk.
    #[error("the disk is full; free some space and try again")]
    DiskFull,
    /// Somebody else holds the database for too long.
    #[error("the database is busy; try again")]
    Busy,
    /// Two rows that must not both exist, e.g. one arrival twice.
    #[error("this would break a rule of the table: {0}")]
    Conflict(String),
    /// A file written by a newer version of the program.
    #[error("the database has schema {found}, this program knows {known}; start a newer xunge")]
    NewerSchema {
        /// What the file says.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Bytes in the database that cannot be what they should.
    #[error("the database holds an unreadable {what}; run `xunge doctor`")]
    Damaged {
        /// Which kind of value.
        what: &'static str,
    },
    /// The file cannot be opened or made.
    #[error("cannot open {path}: {source}")]
    Open {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The work said no; rolled back. Never leaves [`super::HubStore`] through `reading` or `writing`.
    #[error("the transaction was given up by its work")]
    Abandoned,
}

impl StoreError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "store_failed",
            Self::DiskFull => "disk_full",
            Self::Busy => "store_busy",
            Self::Conflict(_) => "store_conflict",
            Self::NewerSchema { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::Open { .. } => "store_unopened",
            Self::Abandoned => "store_abandoned",
        }
    }
}
