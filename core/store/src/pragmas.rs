//! How SQLite is set up, each pragma with its reason.
//!
//! | pragma | why |
//! |---|---|
//! | `key` | the raw key of the database; the first statement of all, or SQLCipher takes the file for plain SQLite |
//! | `cipher_log_level=NONE` | SQLCipher prints to standard error what we answer with a typed error |
//! | `locking_mode=EXCLUSIVE` | one process owns the store; the WAL index lives on the heap, so no `-shm` file is mapped and a full disk cannot kill the app with SIGBUS |
//! | `journal_mode=WAL` | one flush a commit instead of three, and a reader never meets half a write |
//! | `synchronous=FULL` | a saved report survives a pulled battery; WAL alone flushes only at a checkpoint |
//! | `fullfsync`, `checkpoint_fullfsync` | on Apple systems `fsync` stops at the drive's cache; elsewhere they change nothing |
//! | `foreign_keys=ON` | a change without its document would never be sent or shown |
//! | `temp_store=MEMORY` | Android gives SQLite no usable folder for temporary files |
//! | `busy_timeout` | only at opening can another connection be met (a backup tool); it gets a moment |
//! | `journal_size_limit` | a burst of sync does not leave a large log on a small phone |
//! | `cache_size` | 4 MiB: lists come from small projection rows |
//! | `cell_size_check=ON` | damage is found when a page is read, not when it has spread |
//! | `trusted_schema=OFF` | a database file handed to us cannot run functions from its schema |
//! | `mmap_size=0` | a failing disk answers with an error instead of SIGBUS |

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use zeroize::Zeroizing;

use crate::at_rest::data_key::DataKey;

/// How long a statement waits for another connection.
const BUSY_TIMEOUT: Duration = Duration::from_millis(2_000);
/// Statements kept prepared; a few more than this crate has.
const PREPARED_STATEMENTS: usize = 96;

/// What a connection to an encrypted file needs before all else.
pub(crate) fn unlock(connection: &Connection, key: &DataKey) -> rusqlite::Result<()> {
    let key = key.database();
    let sql = Zeroizing::new(format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA key = \"{}\"",
        *key
    ));
    connection.execute_batch(&sql)
}

/// What every connection needs before its first read.
pub(crate) fn before_reading(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Otherwise a statement with `LIMIT ?` is compiled anew at every call, in case the number asks for another plan.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(include_str!("sql/pragmas_before_reading.sql"))
}

/// What may write to the file: only once it is known to be ours and not newer.
pub(crate) fn before_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("sql/pragmas_before_writing.sql"))
}
