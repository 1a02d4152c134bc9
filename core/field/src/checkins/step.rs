//! Step: what was done or found, with where and photos. It merges, nobody rules it.

use xunge_documents::Edit;
use xunge_domain::checkin::{Step, StepEntry, fold, may_write};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::geo::Point;
use xunge_domain::ids::{DocumentId, IntentId};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::photos::attach::{PhotoInput, Prepared, keep, prepare};

/// A step to be added.
#[derive(Debug, Clone)]
pub struct StepRequest<'a> {
    /// The check-in.
    pub checkin: DocumentId,
    /// What. A scheme of version 0 gets the next number.
    pub step: Step,
    /// Where, in words; may be empty.
    pub address: &'a str,
    /// Where, on the map.
    pub point: Option<Point>,
    /// Photos of it, at most 32.
    pub photos: Vec<PhotoInput<'a>>,
}

impl FieldApp {
    /// Adds a step. One commit with its photos. CPU 80 ms a photo of 8 megapixels.
    ///
    /// # Errors
    /// No such check-in; not this person's to write, or something has to come first; too long; no space. Nothing is written.
    pub fn add_step(&mut self, request: StepRequest<'_>) -> Result<IntentId, FieldError> {
        let occasion = self.occasion(request.checkin)?;
        let photos = request.photos.into_iter();
        let photos: Vec<Prepared<'_>> = photos
            .map(|photo| prepare(photo, &occasion))
            .collect::<Result<_, _>>()?;
        self.write_document(request.checkin, DocumentKind::MatterCheckin, |writing| {
            let me = &writing.pen.identity.person;
            let checkin = writing.document.read_checkin(writing.id).checkin;
            let step = numbered(request.step, checkin.next_scheme_version());
            let mut entry = StepEntry {
                author: me.id.clone(),
                at: writing.pen.now,
                address: request.address.trim().to_owned(),
                point: request.point,
                photos: Vec::with_capacity(photos.len()),
                step,
                seal: None,
                session: None,
            };
            may_write(&checkin, &fold(&checkin), me, &entry, &[])
                .map_err(FieldError::StepDeclined)?;
            let kind = entry.step.name().id();
            let id = writing.intent_id()?;
            let mut edits = Vec::with_capacity(photos.len() + 1);
            for photo in &photos {
                let (ports, now) = (writing.pen.ports, writing.pen.now);
                let author = me.id.clone();
                let kept = keep(writing.tx, ports, writing.id, photo, author, now)?;
                let photo = writing.intent_id()?;
                entry.photos.push(photo);
                edits.push(Edit::Photo(photo, kept));
            }
            edits.push(Edit::Step(id, entry));
            writing.write(id, kind, edits)?;
            Ok(id)
        })
    }
}

fn numbered(step: Step, next: u32) -> Step {
    match step {
        Step::Scheme { version: 0, note } => Step::Scheme {
            version: next,
            note,
        },
        step => step,
    }
}
