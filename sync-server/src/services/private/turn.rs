//! The thread that erases what is over while a hub serves.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::retention::erase_expired;
use crate::app::AppState;
use crate::services::erase_text::rewrite;
use crate::services::examiner::Wake;

/// How often it looks. Times are days; an hour is what a machine that slept is late by at most.
const LOOK_EVERY: Duration = Duration::from_secs(60 * 60);

/// The thread; it looks at once, and ends when this is dropped, after what it just does.
pub struct RetentionTurn {
    wake: Arc<Wake>,
    thread: Option<JoinHandle<()>>,
}

impl RetentionTurn {
    /// Begins to look.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(state: &AppState) -> io::Result<Self> {
        let (state, wake) = (state.clone(), Arc::new(Wake::default()));
        // What came due while no hub served.
        wake.wake();
        let bell = Arc::clone(&wake);
        let look = move || {
            while bell.wait(LOOK_EVERY) {
                if let Err(trouble) = rewrite(&state) {
                    tracing::warn!(error.reason = %trouble, "taking away what erased texts left failed; it is tried again");
                }
                match erase_expired(&state) {
                    Ok(0) => {}
                    Ok(erased) => tracing::info!(subjects = erased, "their time was over: erased"),
                    Err(trouble) => {
                        tracing::warn!(error.reason = %trouble, "erasing what is over failed; it is tried again");
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("retention".into())
            .spawn(look)?;
        Ok(Self {
            wake,
            thread: Some(thread),
        })
    }
}

impl Drop for RetentionTurn {
    fn drop(&mut self) {
        self.wake.stop();
        if let Some(thread) = self.thread.take() {
            // It logged its own trouble.
            let _ = thread.join();
        }
    }
}
