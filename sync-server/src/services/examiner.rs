//! The thread that looks for risks while a hub serves. It is woken by commits, and looks now and then by itself: what an
//! earlier run left, and what another process brought.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::app::AppState;
use crate::services::examination::examine;

/// Longest wait for somebody to wake it.
const LOOK_EVERY: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
struct Calls {
    called: bool,
    stopped: bool,
}

/// A bell.
#[derive(Debug, Default)]
pub struct Wake {
    calls: Mutex<Calls>,
    heard: Condvar,
}

impl Wake {
    /// Something may wait. Costs nothing worth counting, and never waits.
    pub fn wake(&self) {
        self.call(|calls| calls.called = true);
    }

    pub(crate) fn stop(&self) {
        self.call(|calls| calls.stopped = true);
    }

    fn call(&self, call: impl FnOnce(&mut Calls)) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        call(&mut calls);
        self.heard.notify_all();
    }

    /// Waits for a call or for `longest`; false when it is to stop.
    pub(crate) fn wait(&self, longest: Duration) -> bool {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let nothing = |calls: &mut Calls| !calls.called && !calls.stopped;
        let waited = self.heard.wait_timeout_while(calls, longest, nothing);
        let (mut calls, _) = waited.unwrap_or_else(PoisonError::into_inner);
        calls.called = false;
        !calls.stopped
    }
}

/// The thread; it ends when this is dropped, after what it just does.
#[derive(Debug)]
pub struct Examiner {
    wake: Arc<Wake>,
    thread: Option<JoinHandle<()>>,
}

impl Examiner {
    /// Begins to look.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(state: &AppState) -> io::Result<Self> {
        let (state, wake) = (state.clone(), Arc::clone(&state.examinations));
        // What an earlier run left.
        wake.wake();
        let bell = Arc::clone(&wake);
        let look = move || {
            while bell.wait(LOOK_EVERY) {
                match examine(&state) {
                    Ok(0) => {}
                    // There may be more.
                    Ok(_) => bell.wake(),
                    Err(trouble) => {
                        tracing::warn!(error.reason = %trouble, "looking for risks failed; it is tried again");
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("examiner".into())
            .spawn(look)?;
        Ok(Self {
            wake,
            thread: Some(thread),
        })
    }
}

impl Drop for Examiner {
    fn drop(&mut self) {
        self.wake.stop();
        if let Some(thread) = self.thread.take() {
            // It logged its own trouble.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_before_the_wait_is_heard_once_and_a_stop_for_ever() {
        let wake = Wake::default();
        wake.wake();
        wake.wake();
        assert!(wake.wait(Duration::MAX), "called before");
        assert!(wake.wait(Duration::ZERO), "nobody called, time is over");
        wake.stop();
        assert!(!wake.wait(Duration::MAX) && !wake.wait(Duration::MAX));
    }
}
