//! At capture, without signal: the shutter, what is around, and what is picked of it.

use xunge_field::domain::component::ComponentCode;
use xunge_field::domain::grid::UnitGridCode;
use xunge_field::domain::ids::DocumentId;
use xunge_field::{AroundQuestion, AroundView};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::photo::PhotoDetails;

#[uniffi::export]
impl FieldApp {
    /// Begins a draft with its first photo, whose fixes are the draft's; safe once it returns. Background thread; costs as
    /// [`Self::attach_to_draft`].
    ///
    /// # Errors
    /// No picture, too large, no space: then there is no draft either.
    pub fn begin_with_photo(
        &self,
        details: PhotoDetails,
        bytes: &[u8],
    ) -> Result<DocumentId, FieldError> {
        self.with(|app| app.begin_with_photo(details.of(bytes)))
    }

    /// What is around the place of a draft: unit grid or candidates, classes to pick, components, cases that are probably the
    /// same matter. Background thread; a few milliseconds.
    ///
    /// # Errors
    /// No such draft, not enrolled.
    pub fn around_draft(&self, draft: DocumentId) -> Result<AroundView, FieldError> {
        self.with(|app| app.around_draft(draft))
    }

    /// The same of a place, before there is a draft. Background thread; a few milliseconds.
    ///
    /// # Errors
    /// Not enrolled.
    pub fn around(&self, question: AroundQuestion) -> Result<AroundView, FieldError> {
        self.with(|app| app.around(&question))
    }

    /// Sets the class, and names the component that stands here where it is one's. Background thread; one commit.
    ///
    /// # Errors
    /// A class that is not in the table, no such draft.
    pub fn pick_class(&self, draft: DocumentId, class: String) -> Result<(), FieldError> {
        self.with(|app| app.pick_class(draft, &class))
    }

    /// Says which of the grids a poor fix lies in; nothing takes that back. Background thread; one commit.
    ///
    /// # Errors
    /// A grid that the fix cannot lie in, no such draft.
    pub fn pick_grid(
        &self,
        draft: DocumentId,
        grid: Option<UnitGridCode>,
    ) -> Result<(), FieldError> {
        self.with(|app| app.pick_grid(draft, grid))
    }

    /// Names the component; nothing takes that back. Background thread; one commit.
    ///
    /// # Errors
    /// A component that is not on this person's beats, no such draft.
    pub fn pick_component(
        &self,
        draft: DocumentId,
        component: Option<ComponentCode>,
    ) -> Result<(), FieldError> {
        self.with(|app| app.pick_component(draft, component))
    }

    /// Says which case a draft may repeat, for the clerk; nothing takes that back. Background thread; one commit.
    ///
    /// # Errors
    /// A case that is not on this device, no such draft.
    pub fn pick_possible_duplicate(
        &self,
        draft: DocumentId,
        of: Option<DocumentId>,
    ) -> Result<(), FieldError> {
        self.with(|app| app.pick_possible_duplicate(draft, of))
    }
}
