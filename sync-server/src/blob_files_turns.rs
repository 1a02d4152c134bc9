//! Turns: who works on which blob. Uploads of different blobs run side by side, of one blob one at a time, and the
//! collector, which is another process, works when nobody else does. So whoever holds a turn may say what he reads
//! of a blob: nobody takes it away between the look and the word.
//!
//! Order, so that nobody waits in a circle: a turn first, a transaction second.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use xunge_domain::ids::Digest;

/// Blobs worked on at once by one process.
const TURNS: usize = 64;
/// The file whose lock the processes share.
const LOCK_FILE: &str = "lock";

/// The turns of one folder.
pub struct Turns {
    lock_file: PathBuf,
    /// Each with a handle of its own: a file lock belongs to the handle.
    handles: Vec<Mutex<Option<File>>>,
}

/// The turn to work on one blob.
pub struct BlobTurn<'a>(MutexGuard<'a, Option<File>>);

impl Drop for BlobTurn<'_> {
    fn drop(&mut self) {
        if let Some(file) = self.0.as_ref()
            && file.unlock().is_err()
        {
            // A closed handle holds nothing.
            *self.0 = None;
        }
    }
}

/// Holds back the collector, or everybody else, until it is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held, not read")] File);

impl Turns {
    pub(super) fn of(folder: &Path) -> Self {
        Self {
            lock_file: folder.join(LOCK_FILE),
            handles: (0..TURNS).map(|_| Mutex::new(None)).collect(),
        }
    }

    fn open(&self) -> io::Result<File> {
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&self.lock_file)
    }

    /// The turn to work on a blob: hold it from reading the known ranges until the new ones are committed.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn turn(&self, sha256: &Digest) -> io::Result<BlobTurn<'_>> {
        let [first, ..] = sha256.as_bytes();
        let handle = &self.handles[usize::from(*first) % TURNS];
        let mut handle = handle.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match handle.take() {
            Some(file) => file,
            None => self.open()?,
        };
        file.lock_shared()?;
        *handle = Some(file);
        Ok(BlobTurn(handle))
    }

    /// Nothing is collected while this is held; everybody else goes on.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn hold_collecting(&self) -> io::Result<Held> {
        let file = self.open()?;
        file.lock_shared()?;
        Ok(Held(file))
    }

    /// Every turn at once, of all processes: for the collector.
    ///
    /// # Errors
    /// The file system's trouble.
    pub fn every(&self) -> io::Result<Held> {
        let file = self.open()?;
        file.lock()?;
        Ok(Held(file))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_collector_works_when_nobody_else_does() {
        let folder = tempfile::tempdir().unwrap();
        // Two of them, like two processes.
        let (server, collector) = (Turns::of(folder.path()), Turns::of(folder.path()));
        let free = || collector.open().unwrap().try_lock().is_ok();
        let (one, other) = (Digest::from_bytes([1; 32]), Digest::from_bytes([2; 32]));
        let first = server.turn(&one).unwrap();
        let second = server.turn(&other).unwrap();
        assert!(!free());
        drop(first);
        assert!(!free(), "the second still works");
        drop(second);
        assert!(free());
        let backup = collector.hold_collecting().unwrap();
        drop(server.turn(&one).unwrap());
        assert!(!free());
        drop(backup);
        let alone = collector.every().unwrap();
        assert!(server.open().unwrap().try_lock_shared().is_err());
        drop(alone);
        drop(server.turn(&one).unwrap());
    }
}
