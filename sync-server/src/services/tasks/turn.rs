//! The thread that sends the next when nobody answers, and tells people that tasks wait, while a hub serves.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::overdue::reoffer_overdue;
use crate::app::AppState;
use crate::services::examiner::Wake;
use crate::services::notify::{Notifiers, send_due};

/// How often it looks: a limit is counted in minutes.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// The thread; it ends when this is dropped, after what it just does.
#[derive(Debug)]
pub struct TaskTurn {
    wake: Arc<Wake>,
    thread: Option<JoinHandle<()>>,
}

impl TaskTurn {
    /// Begins to look.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(state: &AppState, notifiers: Notifiers) -> io::Result<Self> {
        let (state, wake) = (state.clone(), Arc::new(Wake::default()));
        // What lapsed while no hub served.
        wake.wake();
        let bell = Arc::clone(&wake);
        let look = move || {
            while bell.wait(LOOK_EVERY) {
                match reoffer_overdue(&state) {
                    Ok(0) => {}
                    Ok(moved) => tracing::info!(tasks = moved, "nobody answered: sent to the next"),
                    Err(trouble) => {
                        tracing::warn!(error.reason = %trouble, "looking for overdue tasks failed; it is tried again");
                    }
                }
                if let Err(trouble) = send_due(&state, &notifiers) {
                    tracing::warn!(error.reason = %trouble, "sending notices failed; it is tried again");
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("tasks".into())
            .spawn(look)?;
        Ok(Self {
            wake,
            thread: Some(thread),
        })
    }

    /// The bell that makes it look at once.
    pub fn bell(&self) -> Arc<Wake> {
        Arc::clone(&self.wake)
    }
}

impl Drop for TaskTurn {
    fn drop(&mut self) {
        self.wake.stop();
        if let Some(thread) = self.thread.take() {
            // It logged its own trouble.
            let _ = thread.join();
        }
    }
}
