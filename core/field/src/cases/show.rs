//! The case page: one document opened, one view returned.

use std::collections::BTreeMap;

use xunge_documents::Anomaly;
use xunge_domain::case::Ruling;
use xunge_domain::case::{
    Case, CaseState, Keyed, Note, PhotoEntry, Standing, fold, judge, offered,
};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_store::{BlobState, Reader};

use crate::app::{FieldApp, Identity};
use crate::cases::clocks::views_of;
use crate::documents::open;
use crate::error::FieldError;
use crate::sealing::hub_now;
use crate::standing_view::standing_view;
use crate::sync::status::{delivery, set_aside};
use crate::tasks::kept::kept;
use crate::views::{
    CaseView, EventView, NoteView, OfferedAction, PhotoState, PhotoView, ReasonView, RulingView,
};

impl FieldApp {
    /// Everything about one case. Opens its document: about 1 ms.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn show(&self, id: DocumentId) -> Result<CaseView, FieldError> {
        let identity = self.identity()?;
        self.store.read(|reader| {
            let now = hub_now(reader, &self.ports)?;
            let document =
                open(reader, id)?.filter(|document| document.kind() == DocumentKind::Case);
            let document = document.ok_or(FieldError::NotFound { what: "case" })?;
            let reading = document.read(id);
            let case = reading.case;
            let standing = fold(&case);
            let blobs = blob_states(reader, id)?;
            Ok(CaseView {
                id,
                local_code: id.local_code(),
                case_no: standing.case_no.clone(),
                class: identity.tables.class_name(&case, &standing),
                standing: standing_view(identity, &case, &standing),
                clocks: views_of((&identity.tables, &kept(reader)?), &case, now),
                state: standing.state,
                state_zh: standing.state.zh(),
                provisional_state: provisional_state(identity, &case, &standing),
                delivery: delivery(reader, id)?,
                photos: photos(&case.photos, &blobs),
                hazards: notes(&case.hazards),
                comments: notes(&case.comments),
                timeline: timeline(&case),
                set_aside: set_aside(reader, Some(id))?,
                offered: offered_now(identity, &case, &standing),
                concurrent: concurrent(reading.anomalies),
                facts: case.facts,
            })
        })
    }
}

pub(crate) fn blob_states(
    reader: &Reader<'_>,
    id: DocumentId,
) -> Result<BTreeMap<Digest, BlobState>, FieldError> {
    let used = reader.blobs_of(id)?;
    Ok(used
        .into_iter()
        .map(|used| (used.blob.digest, used.blob.state))
        .collect())
}

pub(crate) fn photos(
    photos: &[Keyed<PhotoEntry>],
    blobs: &BTreeMap<Digest, BlobState>,
) -> Vec<PhotoView> {
    let mut photos: Vec<PhotoView> = photos
        .iter()
        .map(|Keyed { id, entry }| PhotoView {
            id: *id,
            sha256: entry.original.sha256,
            length: entry.original.length,
            purpose: entry.purpose,
            caption: entry.caption.clone(),
            author: entry.author.clone(),
            at: entry.at,
            state: photo_state(entry, blobs),
        })
        .collect();
    photos.sort_by_key(|photo| (photo.at, photo.id));
    photos
}

fn photo_state(entry: &PhotoEntry, blobs: &BTreeMap<Digest, BlobState>) -> PhotoState {
    if !blobs.contains_key(&entry.original.sha256) || entry.elsewhere {
        return PhotoState::Elsewhere;
    }
    let local = entry
        .cited()
        .filter(|cited| blobs.get(&cited.sha256) == Some(&BlobState::Local))
        .count();
    match local {
        0 => PhotoState::Received,
        local if local == entry.cited().count() => PhotoState::OnDevice,
        _ => PhotoState::Sending,
    }
}

pub(crate) fn notes(notes: &[Keyed<Note>]) -> Vec<NoteView> {
    let mut views: Vec<NoteView> = notes
        .iter()
        .map(|note| NoteView::of(note.id, note.entry.clone()))
        .collect();
    views.sort_by_key(|note| (note.at, note.id));
    views
}

/// Ruled requests in the order of their rulings, then those that wait.
fn timeline(case: &Case) -> Vec<EventView> {
    let event = |id: &xunge_domain::ids::IntentId, ruling: Option<&Ruling>| {
        let action = case.action(id)?;
        let name = action.act.name();
        Some(EventView {
            id: *id,
            action: name,
            action_zh: name.zh(),
            author: action.author.clone(),
            at: action.at,
            ruling: ruling.map(RulingView::of),
        })
    };
    let ruled = case
        .rulings
        .iter()
        .filter_map(|ruling| event(&ruling.id, Some(&ruling.entry)));
    let waiting = case
        .unruled()
        .into_iter()
        .filter_map(|action| event(&action.id, None));
    ruled.chain(waiting).collect()
}

fn provisional_state(identity: &Identity, case: &Case, standing: &Standing) -> CaseState {
    let mut expected = standing.clone();
    let me = &identity.person;
    for action in case
        .unruled()
        .into_iter()
        .filter(|action| action.entry.author == me.id)
    {
        let outcome = identity.tables.with_context(me, |context| {
            judge(case, &expected, &action.entry, me, context)
        });
        let sequence = expected.sequence;
        expected.take(
            &action.id,
            &action.entry,
            &Ruling {
                sequence,
                at: action.entry.at,
                outcome,
                done_at: None,
                terms: None,
                stage: None,
                delivery: None,
            },
        );
    }
    expected.state
}

fn offered_now(identity: &Identity, case: &Case, standing: &Standing) -> Vec<OfferedAction> {
    let all = offered(case, standing, &identity.person);
    all.into_iter()
        .map(|(action, verdict)| OfferedAction {
            action,
            action_zh: action.zh(),
            reason: verdict.err().as_ref().map(ReasonView::of),
        })
        .collect()
}

fn concurrent(anomalies: Vec<Anomaly>) -> Vec<(String, Vec<String>)> {
    let fields = anomalies.into_iter().filter_map(|anomaly| match anomaly {
        Anomaly::Concurrent { key, others } => Some((key, others)),
        _ => None,
    });
    fields.collect()
}
