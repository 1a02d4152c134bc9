//! Uploads whose bytes are still arriving: a device whose link broke asks at once what is missing, on a new connection,
//! and its question can be read before the hub has read what the broken one still brought. Answered too early, the
//! device would send those bytes twice, and the late ones would come with a token that the question made old.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use xunge_domain::ids::InstallationId;

/// An upload that brought nothing for so long is not waited for: its link is dead without having said so.
const QUIET: Duration = Duration::from_millis(300);
/// No question waits longer: an honest device asks when it has stopped sending.
const WAIT_MAX: Duration = Duration::from_secs(1);

/// Of each device, the uploads that are open and when each brought something last. Few: a device sends one at a time.
#[derive(Debug, Default)]
pub struct Arrivals {
    open: Mutex<HashMap<InstallationId, HashMap<u64, Instant>>>,
    ended: Condvar,
}

/// One upload, until what came of it is kept or refused.
#[derive(Debug)]
pub struct Arrival {
    arrivals: Arc<Arrivals>,
    installation: InstallationId,
    number: u64,
}

impl Arrivals {
    /// An upload begins, of whom its head names: nobody has proved it yet, so it may delay no other device.
    pub fn begin(self: &Arc<Self>, installation: InstallationId) -> Arrival {
        let mut open = self.open();
        let of_device = open.entry(installation).or_default();
        let number = of_device.keys().max().map_or(0, |last| last + 1);
        of_device.insert(number, Instant::now());
        Arrival {
            arrivals: Arc::clone(self),
            installation,
            number,
        }
    }

    /// Waits until every upload of a device has ended or fell quiet; a second at most. Blocks the thread.
    pub fn settle(&self, installation: &InstallationId) {
        self.settle_within(installation, QUIET, WAIT_MAX);
    }

    fn settle_within(&self, installation: &InstallationId, quiet: Duration, most: Duration) {
        let began = Instant::now();
        let mut open = self.open();
        while let Some(last) = open
            .get(installation)
            .and_then(|uploads| uploads.values().max())
        {
            let left = quiet
                .saturating_sub(last.elapsed())
                .min(most.saturating_sub(began.elapsed()));
            if left.is_zero() {
                return;
            }
            let waited = self.ended.wait_timeout(open, left);
            (open, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<InstallationId, HashMap<u64, Instant>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival {
    /// Something came.
    pub fn goes_on(&self) {
        let mut open = self.arrivals.open();
        let uploads = open.get_mut(&self.installation);
        if let Some(last) = uploads.and_then(|uploads| uploads.get_mut(&self.number)) {
            *last = Instant::now();
        }
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut open = self.arrivals.open();
        if let Some(uploads) = open.get_mut(&self.installation) {
            uploads.remove(&self.number);
            if uploads.is_empty() {
                open.remove(&self.installation);
            }
        }
        drop(open);
        self.arrivals.ended.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    /// Longer than any test runs.
    const LONG: Duration = Duration::from_secs(3_600);

    fn device(byte: u8) -> InstallationId {
        InstallationId::from_bytes([byte; 16])
    }

    #[test]
    fn a_question_is_answered_once_every_upload_of_its_device_has_ended() {
        let arrivals = Arc::new(Arrivals::default());
        let [first, second] = [(); 2].map(|()| arrivals.begin(device(1)));
        let other = arrivals.begin(device(2));
        let (asks, asked) = channel();
        let kept = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                asks.send(()).ok();
                arrivals.settle_within(&device(1), LONG, LONG);
                assert!(kept.load(Ordering::SeqCst));
            });
            asked.recv().ok();
            drop(second);
            first.goes_on();
            kept.store(true, Ordering::SeqCst);
            drop(first);
        });
        drop(other);
        assert!(arrivals.open().is_empty());
    }

    #[test]
    fn nobody_waits_for_a_dead_link_or_for_ever_or_for_another_device() {
        let arrivals = Arc::new(Arrivals::default());
        let _upload = arrivals.begin(device(1));
        arrivals.settle_within(&device(1), Duration::ZERO, LONG);
        arrivals.settle_within(&device(1), LONG, Duration::ZERO);
        arrivals.settle_within(&device(2), LONG, LONG);
    }
}
