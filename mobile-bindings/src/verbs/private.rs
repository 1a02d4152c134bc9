//! Personal data: kept beside a case, never in it.

use xunge_field::domain::ids::{DocumentId, PrivateRecordId};
use xunge_field::domain::private::{PrivateContent, PrivateKind};
use xunge_field::{KeepPrivateRequest, PrivateView};

use crate::app::FieldApp;
use crate::error::FieldError;

#[uniffi::export]
impl FieldApp {
    /// Keeps a recording with a case or draft as a private record; `number` says whose it is within the case, from 1. Here until the
    /// server keeps it, then only there, sealed. Background thread; one commit of up to a megabyte.
    ///
    /// # Errors
    /// Not enrolled, no such case or draft, empty, longer than a megabyte, no such number, no space.
    pub fn keep_voice_note(
        &self,
        case: DocumentId,
        number: u8,
        recording: &[u8],
    ) -> Result<PrivateRecordId, FieldError> {
        let content = PrivateContent::Voice(recording.to_vec());
        self.with(|app| {
            app.keep_private(KeepPrivateRequest {
                case,
                number,
                kind: PrivateKind::VoiceNote,
                content,
            })
        })
    }

    /// What this device kept of a case or draft beside its document, oldest first. Background thread; reads what still waits.
    ///
    /// # Errors
    /// The store's.
    pub fn private_records(&self, case: DocumentId) -> Result<Vec<PrivateView>, FieldError> {
        self.with(|app| app.private_records(case))
    }

    /// Throws away a record that waits, or that the server refused. Background thread; one commit.
    ///
    /// # Errors
    /// No such record here, or the server keeps it.
    pub fn discard_private(&self, record: PrivateRecordId) -> Result<(), FieldError> {
        self.with(|app| app.discard_private(record))
    }
}
