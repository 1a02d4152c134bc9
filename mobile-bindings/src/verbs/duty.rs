//! Leave: what this worker says of their own duty.

use xunge_field::LeaveView;
use xunge_field::domain::ids::DutyNoteId;
use xunge_field::domain::time::Timestamp;

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Says that this worker is on leave from an instant until another one, which is not included; answers the name under which it
    /// can be taken back. Kept at once, sent with the next sync. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// Not enrolled, a leave that ends before it begins or is longer than a year, too long words, no space.
    pub fn say_leave(
        &self,
        from: Timestamp,
        until: Timestamp,
        words: String,
    ) -> Result<DutyNoteId, FieldError> {
        self.with(|app| app.say_leave(from, until, &words))
    }

    /// Takes a leave back. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// Not enrolled, no such leave said on this device or one that the server refused, no space.
    pub fn take_back_leave(&self, leave: DutyNoteId) -> Result<(), FieldError> {
        self.with(|app| app.take_back_leave(leave))
    }

    /// The leaves said on this device that have not been over for a month, the one that begins first first. Background thread;
    /// under a millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn leaves(&self) -> Result<Vec<LeaveView>, FieldError> {
        self.with(|app| app.leaves())
    }
}
