//! Asking for a decision.

use xunge_field::ActRequest;
use xunge_field::domain::case::Act;
use xunge_field::domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::photo::PhotoDetails;

#[uniffi::export]
impl FieldApp {
    /// Asks for a decision. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// What the worker can mend is declined at once and nothing is written: the role, a missing photo, a missing
    /// reason, too far away.
    pub fn act(&self, case: DocumentId, act: Act) -> Result<IntentId, FieldError> {
        self.with(|app| {
            app.act(ActRequest {
                case,
                act,
                photo: None,
            })
        })
    }

    /// Asks for a decision together with the photo it needs: both or neither. Background thread; one commit, and
    /// what [`Self::attach`] costs.
    ///
    /// # Errors
    /// As [`Self::act`] and [`Self::attach`].
    pub fn act_with_photo(
        &self,
        case: DocumentId,
        act: Act,
        details: PhotoDetails,
        bytes: &[u8],
    ) -> Result<IntentId, FieldError> {
        let photo = Some(details.of(bytes));
        self.with(|app| app.act(ActRequest { case, act, photo }))
    }
}
