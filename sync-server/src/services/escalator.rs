//! The thread that tells levels of limits while a hub serves. It looks by the hub's clock now and then, and computes what an
//! update of the hub or an import of tables left to be computed.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use xunge_domain::ids::Digest;

use crate::app::{App, AppState};
use crate::services::clocks::{compute_missing, escalate_all};
use crate::services::examiner::Wake;
use crate::services::notify::announce_escalations;
use crate::store::StoreError;

/// How long a level may have been reached before somebody is told. Limits are counted in minutes.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// The thread; it ends when this is dropped, after what it just does.
#[derive(Debug)]
pub struct Escalator {
    bell: Arc<Wake>,
    thread: Option<JoinHandle<()>>,
}

impl Escalator {
    /// Begins to look. `notices` is rung when somebody is to be told.
    ///
    /// # Errors
    /// The machine gives no thread.
    pub fn start(state: &AppState, notices: Arc<Wake>) -> io::Result<Self> {
        let state = state.clone();
        let bell = Arc::new(Wake::default());
        // What was reached while no hub ran.
        bell.wake();
        let heard = Arc::clone(&bell);
        let look = move || {
            let mut computed_with = None;
            while heard.wait(LOOK_EVERY) {
                match turn(&state, &mut computed_with) {
                    Ok(0) => {}
                    Ok(_) => notices.wake(),
                    Err(trouble) => {
                        tracing::warn!(error.reason = %trouble, "looking for limits that ran out failed; it is tried again");
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("escalator".into())
            .spawn(look)?;
        Ok(Self {
            bell,
            thread: Some(thread),
        })
    }
}

/// One look; how many levels somebody is to be told of. `computed_with` names the tables with which everything that was missing was computed.
fn turn(app: &App, computed_with: &mut Option<Digest>) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let tables = app.store.reading(|read| app.tables.get(read, now))?;
    if *computed_with != Some(tables.sum) {
        compute_missing(app)?;
        *computed_with = Some(tables.sum);
    }
    escalate_all(app)?;
    announce_escalations(app)
}

impl Drop for Escalator {
    fn drop(&mut self) {
        self.bell.stop();
        if let Some(thread) = self.thread.take() {
            // It logged its own trouble.
            let _ = thread.join();
        }
    }
}
