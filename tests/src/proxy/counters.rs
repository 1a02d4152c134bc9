//! What the proxy saw, readable at any time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counts since the proxy started. The bytes are those on the socket of the
/// client: headers and all, also of requests that were cut later.
#[derive(Debug, Default)]
pub struct Counters {
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicU64,
    cuts: AtomicU64,
    dropped: AtomicU64,
    duplicates: AtomicU64,
    portal_answers: AtomicU64,
    changed: Mutex<()>,
    bell: Condvar,
}

/// The kinds of things that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// Bytes taken from clients.
    Up,
    /// Bytes given to clients.
    Down,
    /// Connections accepted, whatever became of them.
    Connections,
    /// Connections cut by `cut_after_bytes`.
    Cuts,
    /// Connections dropped unserved: offline, or the server not there.
    Dropped,
    /// Requests which reached the server a second time and were answered.
    Duplicates,
    /// Requests answered by the captive portal.
    PortalAnswers,
}

impl Counters {
    /// Bytes that clients sent.
    #[must_use]
    pub fn bytes_up(&self) -> u64 {
        self.of(Count::Up).load(Ordering::SeqCst)
    }

    /// Bytes that clients were given.
    #[must_use]
    pub fn bytes_down(&self) -> u64 {
        self.of(Count::Down).load(Ordering::SeqCst)
    }

    /// Connections that clients opened.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.of(Count::Connections).load(Ordering::SeqCst)
    }

    /// Connections cut in the middle by the weather.
    #[must_use]
    pub fn cuts(&self) -> u64 {
        self.of(Count::Cuts).load(Ordering::SeqCst)
    }

    /// Connections dropped unserved, because offline or because the server was
    /// not there.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.of(Count::Dropped).load(Ordering::SeqCst)
    }

    /// Requests that the server has answered a second time.
    #[must_use]
    pub fn duplicates(&self) -> u64 {
        self.of(Count::Duplicates).load(Ordering::SeqCst)
    }

    /// Requests answered by the captive portal.
    #[must_use]
    pub fn portal_answers(&self) -> u64 {
        self.of(Count::PortalAnswers).load(Ordering::SeqCst)
    }

    /// Waits until the counts satisfy `enough`, and tells whether they did
    /// before the limit: a condition to wait on, where a test would otherwise
    /// have to sleep.
    pub fn wait_until(&self, limit: Duration, enough: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + limit;
        let mut guard = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        while !enough(self) {
            let now = Instant::now();
            if now >= end {
                return false;
            }
            guard = self
                .bell
                .wait_timeout(guard, end - now)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        true
    }

    pub(super) fn add(&self, count: Count, amount: u64) {
        // Under the lock, so that nobody checks the counts and misses the bell.
        let guard = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        self.of(count).fetch_add(amount, Ordering::SeqCst);
        drop(guard);
        self.bell.notify_all();
    }

    fn of(&self, count: Count) -> &AtomicU64 {
        match count {
            Count::Up => &self.up,
            Count::Down => &self.down,
            Count::Connections => &self.connections,
            Count::Cuts => &self.cuts,
            Count::Dropped => &self.dropped,
            Count::Duplicates => &self.duplicates,
            Count::PortalAnswers => &self.portal_answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Count, Counters};

    #[test]
    fn waiting_ends_with_the_count_or_with_the_limit() {
        let counters = Counters::default();
        assert!(!counters.wait_until(Duration::from_millis(5), |counts| counts.cuts() > 0));
        std::thread::scope(|scope| {
            scope.spawn(|| counters.add(Count::Cuts, 1));
            assert!(counters.wait_until(Duration::from_secs(20), |counts| counts.cuts() == 1));
        });
    }
}
