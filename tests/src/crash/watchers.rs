//! Who looks at the calls: one that counts and kills, one that lets them fail, one that writes them down.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::call::{Call, Failure, Verdict, Watcher};

/// Where a process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// Before the call of this number, from 0.
    Before(u64),
    /// After it.
    After(u64),
}

/// What harness and watcher share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Calls count only while this is set: a hub that starts is not in a step yet.
    pub(super) armed: AtomicBool,
    /// Calls so far.
    pub(super) seen: AtomicU64,
    /// The call at which something was done.
    pub(super) struck: Mutex<Option<String>>,
}

impl Shared {
    pub(super) fn armed() -> Arc<Self> {
        let shared = Self::default();
        shared.armed.store(true, Ordering::SeqCst);
        Arc::new(shared)
    }

    pub(super) fn count(&self) -> u64 {
        self.seen.load(Ordering::SeqCst)
    }

    pub(super) fn struck(&self) -> Option<String> {
        let struck = self.struck.lock().unwrap_or_else(PoisonError::into_inner);
        struck.clone()
    }

    fn strike(&self, call: &Call) {
        let mut struck = self.struck.lock().unwrap_or_else(PoisonError::into_inner);
        // The first one says where it was.
        struck.get_or_insert_with(|| call.to_string());
    }

    /// The number of a call that counts.
    fn number(&self) -> Option<u64> {
        let armed = self.armed.load(Ordering::SeqCst);
        armed.then(|| self.seen.fetch_add(1, Ordering::SeqCst))
    }
}

/// Counts, and kills at a point.
pub(super) struct Killer {
    pub(super) shared: Arc<Shared>,
    pub(super) point: Option<Point>,
}

impl Watcher for Killer {
    fn entering(&mut self, call: &Call) -> Verdict {
        let Some(number) = self.shared.number() else {
            return Verdict::Go;
        };
        if self.point == Some(Point::Before(number)) {
            self.shared.strike(call);
            return Verdict::Kill;
        }
        Verdict::Go
    }

    fn left(&mut self, call: Call, _result: i64) -> Verdict {
        let count = self.shared.count();
        match self.point {
            Some(Point::After(number)) if count == number + 1 => {
                self.shared.strike(&call);
                Verdict::Kill
            }
            _ => Verdict::Go,
        }
    }
}

/// Counts, and lets calls fail: the one of this number when the disk is broken, all from it on when it is full.
pub(super) struct Breaker {
    pub(super) shared: Arc<Shared>,
    pub(super) failure: Failure,
    pub(super) from: Option<u64>,
}

impl Watcher for Breaker {
    fn entering(&mut self, call: &Call) -> Verdict {
        let concerned = match self.failure {
            Failure::Broken => *call != Call::Answer,
            Failure::Full => call.needs_room(),
            Failure::Lying => matches!(call, Call::Write { .. }),
        };
        if !concerned {
            return Verdict::Go;
        }
        let (Some(number), Some(from)) = (self.shared.number(), self.from) else {
            return Verdict::Go;
        };
        let fails = number == from || (self.failure == Failure::Full && number > from);
        if fails {
            self.shared.strike(call);
            return Verdict::Fail(self.failure);
        }
        Verdict::Go
    }
}

/// What happened, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// A call that worked.
    Done(Call),
    /// So many steps of the day had ended well.
    Promised(usize),
}

/// A record that several processes write into, one after the other.
pub(super) type Record = Arc<Mutex<Vec<Entry>>>;

/// Writes an entry into a record.
pub(super) fn note(record: &Record, entry: Entry) {
    let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
    record.push(entry);
}

/// Writes down what worked.
pub(super) struct Recorder(pub(super) Record);

impl Watcher for Recorder {
    fn entering(&mut self, _: &Call) -> Verdict {
        Verdict::Go
    }

    fn left(&mut self, mut call: Call, result: i64) -> Verdict {
        let Ok(result) = usize::try_from(result) else {
            return Verdict::Go;
        };
        if let Call::Write { bytes, .. } = &mut call {
            bytes.truncate(result);
        }
        note(&self.0, Entry::Done(call));
        Verdict::Go
    }
}
