//! Register 登记: a clerk enters a matter that came by another way than a patrol.

use xunge_domain::case::{Act, Source};
use xunge_domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// Registers a draft. One commit; the case has the draft's id. The same number of one source is one case where the
    /// hub registers it; two devices that register it apart make two, for a clerk to link.
    ///
    /// # Errors
    /// No class, no place: the draft stays as it is. Somebody who is no intake clerk.
    pub fn register(
        &mut self,
        draft: DocumentId,
        source: Source,
        external_id: Option<String>,
    ) -> Result<DocumentId, FieldError> {
        self.submit(
            draft,
            Act::Register {
                source,
                external_id,
            },
        )
    }
}
