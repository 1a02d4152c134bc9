//! A draft becomes a case: its facts, photos and notes with the request that begins it, in one change.

use xunge_documents::Edit;
use xunge_domain::case::{Act, Action, GridAnswer, PhotoEntry, PhotoPurpose, Severity};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::capture::classes::note_used;
use crate::cases::act::provisional;
use crate::cases::comment::note;
use crate::documents::{Writing, open_or_create, pen};
use crate::drafts::DraftContent;
use crate::error::FieldError;

impl FieldApp {
    /// Submits a draft with the request that begins a case. What this device would decline is said and not written.
    pub(crate) fn submit(&mut self, draft: DocumentId, act: Act) -> Result<DocumentId, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        self.store.transaction(|tx| {
            let row = tx
                .draft(draft)?
                .ok_or(FieldError::NotFound { what: "draft" })?;
            let content: DraftContent = minicbor::decode(&row.content)
                .map_err(|_| FieldError::Invalid { what: "draft" })?;
            let document = open_or_create(tx, draft, DocumentKind::Case)?;
            tx.set_urgent(draft, content.severity == Severity::Urgent)?;
            let mut writing = Writing {
                tx,
                pen,
                id: draft,
                document,
            };
            let kind = act.name().id();
            let action = Action {
                author: pen.identity.person.id.clone(),
                at: pen.now,
                act,
                seal: None,
                session: None,
            };
            let id = writing.intent_id()?;
            let edits = edits(&writing, &content, id, &action)?;
            writing.write(id, kind, edits)?;
            if let Some(reason) =
                provisional(pen.identity, &writing.document.read(draft).case, &action)
            {
                return Err(FieldError::Declined(reason));
            }
            let class = writing.document.read(draft).case.facts.class;
            writing.finish()?;
            class.iter().try_for_each(|class| note_used(tx, class))?;
            tx.delete_draft(draft)?;
            Ok(draft)
        })
    }
}

/// What was photographed as found is the state before, where the matter was settled on the spot.
fn as_taken(photo: &PhotoEntry, settled: bool) -> PhotoEntry {
    let purpose = match photo.purpose {
        PhotoPurpose::Found if settled => PhotoPurpose::Before,
        other => other,
    };
    PhotoEntry {
        purpose,
        ..photo.clone()
    }
}

fn edits(
    writing: &Writing<'_>,
    content: &DraftContent,
    id: IntentId,
    action: &Action,
) -> Result<Vec<Edit>, FieldError> {
    let tables = &writing.pen.identity.tables;
    let class = content
        .class
        .as_deref()
        .and_then(|class| tables.classes.find(class));
    let mut edits = Vec::new();
    edits.extend(class.map(|class| Edit::Class(class.code.clone())));
    let title = if content.title.trim().is_empty() {
        class.map(|class| class.zh.clone()).unwrap_or_default()
    } else {
        content.title.trim().to_owned()
    };
    edits.push(Edit::Title(title));
    if !content.description.is_empty() {
        edits.push(Edit::Description(content.description.clone()));
    }
    if !content.address.is_empty() {
        edits.push(Edit::Address(content.address.clone()));
    }
    let position = content.placed(writing.pen.identity);
    let located = position
        .as_ref()
        .and_then(|position| tables.grids.locate(position.point));
    let grid = match (located, &content.no_grid_reason) {
        (Some(grid), _) => Some(GridAnswer::Known(grid.code)),
        (None, Some(reason)) => Some(GridAnswer::NoGrid(reason.clone())),
        (None, None) => None,
    };
    edits.extend(position.map(Edit::Position));
    edits.extend(grid.map(Edit::UnitGrid));
    edits.push(Edit::Severity(content.severity));
    // Picked for another class, it is not what this one is about.
    let component = content.component.filter(|code| {
        let known = tables.components.get(*code);
        known.is_none_or(|known| class.is_some_and(|class| class.code == known.class))
    });
    edits.extend(component.map(Edit::Component));
    edits.extend(content.possible_duplicate_of.map(Edit::PossibleDuplicateOf));
    let settled = matches!(action.act, Act::SelfHandle { .. });
    for photo in &content.photos {
        edits.push(Edit::Photo(writing.intent_id()?, as_taken(photo, settled)));
    }
    for hazard in &content.hazards {
        edits.push(Edit::Hazard(writing.intent_id()?, note(writing, hazard)));
    }
    edits.push(Edit::Action(id, action.clone()));
    Ok(edits)
}
