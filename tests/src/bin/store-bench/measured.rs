//! What one process measured of itself, and handed over as JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::process::Output;
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// Everything that was timed, in milliseconds, by what it is, and the memory it took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// Each time by what was timed.
    pub(crate) millis: BTreeMap<String, Vec<f64>>,
    /// In memory before the store was opened, in KiB.
    pub(crate) memory_before_kb: u64,
    /// In memory when all was read, before the photo.
    pub(crate) memory_kb: u64,
    /// The most in the life of the process, the photo included.
    pub(crate) memory_peak_kb: u64,
}

impl Measured {
    /// Of a process that ended well.
    pub(crate) fn of(output: &Output) -> Result<Self, Box<dyn Error>> {
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("the measuring process failed: {said}").into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Times one piece of work.
    pub(crate) fn time<Answer>(&mut self, what: &str, work: impl FnOnce() -> Answer) -> Answer {
        let start = Instant::now();
        let answer = work();
        let millis = start.elapsed().as_secs_f64() * 1_000.0;
        self.millis.entry(what.to_owned()).or_default().push(millis);
        answer
    }

    /// Keeps the last so many times of what was timed.
    pub(crate) fn keep_last(&mut self, what: &str, times: usize) {
        if let Some(taken) = self.millis.get_mut(what) {
            taken.drain(..taken.len().saturating_sub(times));
        }
    }

    /// So many of a hundred took at most this, by nearest rank; NaN where nothing was timed.
    pub(crate) fn percentile(&self, what: &str, percent: usize) -> f64 {
        let mut sorted = self.millis.get(what).cloned().unwrap_or_default();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100);
        let found = sorted.get(rank.saturating_sub(1)).copied();
        found.unwrap_or(f64::NAN)
    }
}
