//! Backups, one after the other, while the load runs.

use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::figures::Spread;
use crate::world::ServerProcess;

const TARGET: &str = "backup";

/// What became of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct BackupReport {
    /// Whole ones.
    pub made: usize,
    /// What those said that failed.
    pub failed: Vec<String>,
    /// How long a whole one took.
    pub took_ms: Spread,
}

/// The maker of backups.
#[derive(Default)]
pub(super) struct Backups {
    stop: AtomicBool,
    took: Mutex<Vec<Duration>>,
    failed: Mutex<Vec<String>>,
}

impl Backups {
    /// Makes them until [`Self::stop`], each a process of its own beside the serving one; only the last is kept.
    pub(super) fn keep_making(&self, server: &ServerProcess, folder: &Path) {
        let target = folder.join(TARGET);
        let to = target.to_string_lossy();
        while !self.stop.load(Ordering::SeqCst) {
            let _ = std::fs::remove_dir_all(&target);
            let began = Instant::now();
            match server.try_command(&["backup", "--to", &to]) {
                Ok(_) => lock(&self.took).push(began.elapsed()),
                Err(said) => lock(&self.failed).push(said),
            }
        }
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    pub(super) fn report(self) -> BackupReport {
        let took = lock(&self.took);
        BackupReport {
            made: took.len(),
            failed: lock(&self.failed).clone(),
            took_ms: Spread::of(&took),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
