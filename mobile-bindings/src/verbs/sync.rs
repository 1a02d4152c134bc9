//! Sync, pull style: the app owns the network, the core says what to send and what an answer means.

use xunge_field::HttpAnswer;
use xunge_field::domain::ids::IntentId;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::log_sink::LogEvent;
use crate::views::link::{HttpRequest, SyncStep};
use crate::views::sync::SyncStatus;

#[uniffi::export]
impl FieldApp {
    /// Asks for one push and pull even if nothing waits here: on foreground, on connectivity, by hand. Any thread;
    /// memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn start_sync(&self) -> Result<(), FieldError> {
        self.with(|app| {
            app.start_sync();
            Ok(())
        })
    }

    /// Says what is known of the link now: on a metered one texts and previews go, originals and pieces of the base map wait. Unmetered
    /// until it is said, and after every start of the app. Any thread; memory only.
    ///
    /// # Errors
    /// Shut down.
    pub fn set_metered(&self, metered: bool) -> Result<(), FieldError> {
        self.with(|app| {
            app.set_metered(metered);
            Ok(())
        })
    }

    /// Asks for a comparison with the server in the next round: what is missing here is fetched, what the server lacks is
    /// offered again. It happens by itself once a day. Background thread; one commit.
    ///
    /// # Errors
    /// The store's.
    pub fn compare_with_hub(&self) -> Result<(), FieldError> {
        self.with(xunge_field::FieldApp::compare_with_hub)
    }

    /// The next request to perform against the server's address; nothing when all is done. Give its answer to
    /// [`Self::on_answer`] before asking again. Background thread; reads at most 256 KiB.
    ///
    /// # Errors
    /// Not enrolled, the key cannot sign, the store's.
    pub fn next_request(&self) -> Result<Option<HttpRequest>, FieldError> {
        let request = self.with(|app| Ok(app.next_request()?.map(Into::into)))?;
        self.log.asked(request.as_ref());
        Ok(request)
    }

    /// Takes the answer to the last request, whole or cut. Background thread; one commit a frame.
    ///
    /// # Errors
    /// The store's; what was committed before stays, the rest is asked for again.
    pub fn on_answer(&self, answer: HttpAnswer) -> Result<SyncStep, FieldError> {
        self.log.tell(LogEvent::from(&answer));
        let step = self.with(|app| Ok(app.on_answer(answer)?.into()))?;
        self.log.answered(&step);
        Ok(step)
    }

    /// What is not safe yet. Background thread; a few counts, under a millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn sync_status(&self) -> Result<SyncStatus, FieldError> {
        self.with(|app| Ok(app.sync_status()?.into()))
    }

    /// Takes refused work out of the lane once its author has seen it; it stays in the store. Background thread;
    /// one commit.
    ///
    /// # Errors
    /// No such write.
    pub fn dismiss(&self, id: IntentId) -> Result<(), FieldError> {
        self.with(|app| app.dismiss(id))
    }
}
