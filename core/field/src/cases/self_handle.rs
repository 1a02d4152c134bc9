//! Self-handle 自行处置: what was found and settled in one visit becomes a case for a clerk to look at.

use xunge_domain::case::Act;
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::error::FieldError;

impl FieldApp {
    /// Turns a draft with photos before and after into a matter that was settled on the spot. One commit; the case has
    /// the draft's id. `point` is where the worker stands.
    ///
    /// # Errors
    /// A class that is not on the list, a photo missing, photos of two visits, too far away: the draft stays as it
    /// is, and can be reported.
    pub fn self_handle(
        &mut self,
        draft: DocumentId,
        point: Option<Point>,
        note: &str,
    ) -> Result<DocumentId, FieldError> {
        let note = note.to_owned();
        self.submit(draft, Act::SelfHandle { point, note })
    }
}
