//! A few read connections, made when first needed and lent out one at a time.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::prepare;
use crate::store::StoreError;

/// Readers at once; more wait.
pub(super) const READERS_MAX: usize = 4;

struct Pool {
    free: Vec<Connection>,
    made: usize,
}

/// The pool of one database file.
pub(super) struct Readers {
    path: PathBuf,
    pool: Mutex<Pool>,
    returned: Condvar,
}

/// A connection on loan; dropping gives it back.
pub(super) struct Borrowed<'pool> {
    readers: &'pool Readers,
    connection: Option<Connection>,
}

impl Readers {
    pub(super) fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            pool: Mutex::new(Pool {
                free: Vec::new(),
                made: 0,
            }),
            returned: Condvar::new(),
        }
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A free reader; waits while all are out.
    pub(super) fn borrow(&self) -> Result<Borrowed<'_>, StoreError> {
        let mut pool = self.pool();
        loop {
            if let Some(connection) = pool.free.pop() {
                return Ok(Borrowed {
                    readers: self,
                    connection: Some(connection),
                });
            }
            if pool.made < READERS_MAX {
                let connection = open_reader(&self.path)?;
                pool.made += 1;
                return Ok(Borrowed {
                    readers: self,
                    connection: Some(connection),
                });
            }
            pool = self
                .returned
                .wait(pool)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Not opened read-only: the last connection of a WAL database must be able to tidy up. `query_only` forbids the
/// rest.
fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

impl Borrowed<'_> {
    /// The connection.
    #[expect(clippy::expect_used, reason = "taken only by drop")]
    pub(super) fn connection(&mut self) -> &mut Connection {
        self.connection
            .as_mut()
            .expect("a loan holds its connection until it is dropped")
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.readers.pool().free.push(connection);
            self.readers.returned.notify_one();
        }
    }
}
