//! Drafts and the report a draft becomes.

use xunge_field::domain::case::Source;
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::{DraftContent, DraftView};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::case_list::PageEnd;

#[uniffi::export]
impl FieldApp {
    /// Begins a draft; the case will have this id. Background thread; one commit.
    ///
    /// # Errors
    /// The store's.
    pub fn new_draft(&self) -> Result<DocumentId, FieldError> {
        self.with(xunge_field::FieldApp::new_draft)
    }

    /// Saves a draft: call at every step; a photo attached meanwhile is kept. Background thread; one commit, about
    /// 1 ms on flash.
    ///
    /// # Errors
    /// The store's.
    pub fn save_draft(&self, id: DocumentId, content: DraftContent) -> Result<(), FieldError> {
        self.with(|app| app.save_draft(id, &content))
    }

    /// Takes a photo out of a draft. Background thread; one commit.
    ///
    /// # Errors
    /// No such draft, no such photo in it.
    pub fn detach_from_draft(&self, id: DocumentId, sha256: Digest) -> Result<(), FieldError> {
        self.with(|app| app.detach_from_draft(id, sha256))
    }

    /// One draft. Background thread; one row read.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn draft(&self, id: DocumentId) -> Result<DraftView, FieldError> {
        self.with(|app| app.draft(id))
    }

    /// A page of drafts, newest first. Background thread; reads `limit` rows.
    ///
    /// # Errors
    /// The store's.
    pub fn drafts(&self, after: Option<PageEnd>, limit: u32) -> Result<Vec<DraftView>, FieldError> {
        self.with(|app| app.drafts(after.as_ref().map(PageEnd::pair), limit as usize))
    }

    /// Throws a draft away with its photos. Background thread; one commit.
    ///
    /// # Errors
    /// The store's.
    pub fn discard_draft(&self, id: DocumentId) -> Result<(), FieldError> {
        self.with(|app| app.discard_draft(id))
    }

    /// Reports a draft 上报: durable and in the list once it returns. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No class, no place, no photo (the draft stays as it is), a text too long, no space.
    pub fn report(&self, draft: DocumentId) -> Result<DocumentId, FieldError> {
        self.with(|app| app.report(draft))
    }

    /// Submits a draft with photos before and after as settled on the spot 自行处置; `point` is where the worker stands.
    /// Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// A class that is not on the list, a photo missing, photos of two visits, too far away: the draft stays as it
    /// is, and can be reported.
    pub fn self_handle(
        &self,
        draft: DocumentId,
        point: Option<Point>,
        note: String,
    ) -> Result<DocumentId, FieldError> {
        self.with(|app| app.self_handle(draft, point, &note))
    }

    /// Registers a draft 登记, of an intake clerk. Background thread; one commit, a few ms.
    ///
    /// # Errors
    /// No class, no place: the draft stays as it is. Somebody who is no intake clerk.
    pub fn register(
        &self,
        draft: DocumentId,
        source: Source,
        external_id: Option<String>,
    ) -> Result<DocumentId, FieldError> {
        self.with(|app| app.register(draft, source, external_id))
    }
}
