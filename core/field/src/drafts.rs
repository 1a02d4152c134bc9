//! Drafts: rows of this device, autosaved, any number. No half-typed word ever travels.

use minicbor::{Decode, Encode};
use serde::Serialize;
use xunge_domain::case::{FIXES_MAX, Fix, PhotoEntry, Position, Severity};
use xunge_domain::component::ComponentCode;
use xunge_domain::geo::Point;
use xunge_domain::grid::UnitGridCode;
use xunge_domain::ids::{CaseId, Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_store::{Draft, PageCursor, Tx};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::tables::encode;

/// What a worker has put together so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, Serialize)]
pub struct DraftContent {
    /// Code of the minor class.
    #[n(0)]
    pub class: Option<String>,
    /// One line; the class's name when empty.
    #[n(1)]
    pub title: String,
    /// What is wrong.
    #[n(2)]
    pub description: String,
    /// Where, in words.
    #[n(3)]
    pub address: String,
    /// The place chosen; the best fix when empty.
    #[n(4)]
    pub point: Option<Point>,
    /// All fixes so far.
    #[n(5)]
    pub fixes: Vec<Fix>,
    /// How bad.
    #[n(6)]
    pub severity: Severity,
    /// Hazards seen, one note each.
    #[n(7)]
    pub hazards: Vec<String>,
    /// Why there is no unit grid here, when there is none.
    #[n(8)]
    pub no_grid_reason: Option<String>,
    /// Photos kept so far; [`FieldApp::attach_to_draft`] adds them.
    #[n(9)]
    pub photos: Vec<PhotoEntry>,
    /// Which of the grids the fix may lie in, where the worker says so; see [`FieldApp::pick_grid`].
    #[n(10)]
    pub unit_grid: Option<UnitGridCode>,
    /// The component it is about.
    #[n(11)]
    pub component: Option<ComponentCode>,
    /// The case that this one may repeat.
    #[n(12)]
    pub possible_duplicate_of: Option<CaseId>,
}

impl DraftContent {
    fn holds(&self, sha256: Digest) -> bool {
        self.photos
            .iter()
            .any(|photo| photo.original.sha256 == sha256)
    }

    /// The position as far as it is known: the place chosen, or the fix with the smallest circle. The smallest
    /// circles are kept as evidence.
    pub(crate) fn position(&self) -> Option<Position> {
        let mut fixes = self.fixes.clone();
        fixes.sort_by_key(|fix| fix.accuracy_metres.unwrap_or(u32::MAX));
        fixes.truncate(FIXES_MAX);
        let best = fixes.first().map(|fix| fix.point);
        let point = self.point.or(best)?;
        Some(Position { point, fixes })
    }
}

/// A draft as a list or a form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftView {
    /// The id the case will have.
    pub id: DocumentId,
    /// When it was saved.
    pub updated_at: Timestamp,
    /// What is in it.
    pub content: DraftContent,
}

impl FieldApp {
    /// Begins a draft. One commit.
    ///
    /// # Errors
    /// The store's.
    pub fn new_draft(&mut self) -> Result<DocumentId, FieldError> {
        let id = DocumentId::from_time(self.ports.clock.now(), self.ports.random());
        self.save_draft(id, &DraftContent::default())?;
        Ok(id)
    }

    /// Saves a draft: call at every step. A photo that was attached meanwhile is kept though `content` does not know
    /// it: a form that autosaves must not lose evidence. One commit, about 1 ms on flash.
    ///
    /// # Errors
    /// The store's.
    pub fn save_draft(&mut self, id: DocumentId, content: &DraftContent) -> Result<(), FieldError> {
        let now = self.ports.clock.now();
        self.store.transaction(|tx| {
            let mut content = content.clone();
            for photo in stored(tx, id)?.map(|kept| kept.photos).unwrap_or_default() {
                if !content.holds(photo.original.sha256) {
                    content.photos.push(photo);
                }
            }
            write(tx, id, &content, now)
        })
    }

    /// Takes a photo out of a draft. One commit.
    ///
    /// # Errors
    /// No such draft, no such photo in it.
    pub fn detach_from_draft(&mut self, id: DocumentId, sha256: Digest) -> Result<(), FieldError> {
        let now = self.ports.clock.now();
        self.store.transaction(|tx| {
            let mut content = stored(tx, id)?.ok_or(FieldError::NotFound { what: "draft" })?;
            if !content.holds(sha256) {
                return Err(FieldError::NotFound { what: "photo" });
            }
            content
                .photos
                .retain(|photo| photo.original.sha256 != sha256);
            write(tx, id, &content, now)
        })
    }

    /// One draft.
    ///
    /// # Errors
    /// There is none of this id.
    pub fn draft(&self, id: DocumentId) -> Result<DraftView, FieldError> {
        let draft = self
            .store
            .read(|reader| reader.draft(id))?
            .ok_or(FieldError::NotFound { what: "draft" })?;
        view(draft)
    }

    /// A page of drafts, newest first; `after` is the last one of the page before.
    ///
    /// # Errors
    /// The store's.
    pub fn drafts(
        &self,
        after: Option<(Timestamp, DocumentId)>,
        limit: usize,
    ) -> Result<Vec<DraftView>, FieldError> {
        let after = after.map(|(updated_at, id)| PageCursor { updated_at, id });
        let drafts = self
            .store
            .read(|reader| reader.drafts(after.as_ref(), limit))?;
        drafts.into_iter().map(view).collect()
    }

    /// Throws a draft away with its photos, and with what was kept beside it.
    ///
    /// # Errors
    /// The store's.
    pub fn discard_draft(&mut self, id: DocumentId) -> Result<(), FieldError> {
        self.store.transaction(|tx| {
            tx.forget_draft_blobs(id)?;
            tx.delete_private_of(id)?;
            tx.delete_draft(id)
        })?;
        Ok(())
    }
}

pub(crate) fn stored(tx: &Tx<'_>, id: DocumentId) -> Result<Option<DraftContent>, FieldError> {
    let draft = tx.draft(id)?.map(view).transpose()?;
    Ok(draft.map(|draft| draft.content))
}

pub(crate) fn write(
    tx: &Tx<'_>,
    id: DocumentId,
    content: &DraftContent,
    now: Timestamp,
) -> Result<(), FieldError> {
    tx.save_draft(&Draft {
        id,
        content: encode(content),
        updated_at: now,
    })?;
    Ok(())
}

fn view(draft: Draft) -> Result<DraftView, FieldError> {
    let content =
        minicbor::decode(&draft.content).map_err(|_| FieldError::Invalid { what: "draft" })?;
    Ok(DraftView {
        id: draft.id,
        updated_at: draft.updated_at,
        content,
    })
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_form_left_open_keeps_as_many_of_the_best_fixes_as_a_report_carries() {
        let fix = |metres: u32| Fix {
            point: Point {
                longitude_e7: metres.cast_signed(),
                latitude_e7: 0,
            },
            accuracy_metres: Some(metres),
            provider: "gps".into(),
            at: Timestamp::from_millis(0),
            mock: false,
        };
        let fixes = (1..=FIXES_MAX as u32 + 10).rev().map(fix).collect();
        let content = DraftContent {
            fixes,
            ..DraftContent::default()
        };
        let position = content.position().expect("a place");
        assert_eq!(position.fixes.len(), FIXES_MAX);
        assert_eq!(position.point.longitude_e7, 1);
    }
}
