//! What must hold after every step. Only what a step touched is looked at again.

use std::collections::BTreeSet;

use xunge_documents::{Anomaly, Document};
use xunge_field::domain::case::{Case, Outcome};
use xunge_field::domain::ids::{DocumentId, IntentId};
use xunge_field::{CaseView, Delivery, FieldError, PhotoState};

use super::forgery::{FORGED_SEQUENCE, FORGED_TEXT};
use super::model::{Acknowledged, Saved};
use super::violation::Violation;
use super::world::World;

/// The hub's word for what it had from a copy of the store already.
pub(super) const ENTRY_TAKEN: &str = "entry_taken";

impl World {
    /// I1, I7 and I8 on one device.
    pub(super) fn check_device(&mut self, number: usize) -> Result<(), Violation> {
        let counters = self.devices[number].app()?.change_counters();
        if self.devices[number].seen == Some(counters) {
            return Ok(());
        }
        let status = self.devices[number].look(|app| app.sync_status())?;
        let lane: BTreeSet<IntentId> = status.set_aside.iter().map(|item| item.id).collect();
        let listed = self.devices[number].look(|app| app.cases(None, 50))?;
        let mut cases: BTreeSet<DocumentId> = listed.iter().map(|item| item.id).collect();
        cases.extend(self.model.cases_of(number));
        for case in cases {
            let shown = self.devices[number].look(|app| match app.show(case) {
                Err(FieldError::NotFound { .. }) => Ok(None),
                shown => shown.map(Some),
            })?;
            let Some(view) = shown else {
                self.check_left(number, case)?;
                continue;
            };
            let name = self.devices[number].name.clone();
            let acknowledged = &self.model.acknowledged[number];
            for saved in acknowledged.iter().filter(|saved| saved.case == case) {
                if !(is_there(saved, &view, &lane) || is_edit_in_lane(saved, &view)) {
                    let what = format!("{name} lost {:?} of {case}", saved.what);
                    return Err(Violation::new("I1", what));
                }
            }
            self.check_photos(number, &view)?;
        }
        let counters = self.devices[number].app()?.change_counters();
        self.devices[number].seen = Some(counters);
        Ok(())
    }

    /// I1 on a case that is not on a device any more: it left, and everything saved in it is at the hub.
    fn check_left(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        // What it held can be gone with a hub that forgot it; the model knows of changes, not of words.
        if self.hub.app.hub_key.epoch > 1 {
            return Ok(());
        }
        let at_hub = self.hub.document(&case)?;
        let at_hub = at_hub.map(|document| document.read(case).case);
        let acknowledged = self.model.acknowledged[number].iter();
        for saved in acknowledged.filter(|saved| saved.case == case) {
            if !at_hub.as_ref().is_some_and(|case| has(case, saved)) {
                let name = &self.devices[number].name;
                let what = format!("{name} lost {:?} of {case}, which left", saved.what);
                return Err(Violation::new("I1", what));
            }
        }
        Ok(())
    }

    /// I7 and I8 on what a case page shows.
    fn check_photos(&mut self, number: usize, view: &CaseView) -> Result<(), Violation> {
        // A device that does not know yet that the hub was restored says what the former hub told it.
        if self.devices[number].epoch != self.hub.app.hub_key.epoch {
            return Ok(());
        }
        let name = self.devices[number].name.clone();
        for photo in &view.photos {
            let sha256 = photo.sha256;
            if photo.state == PhotoState::Elsewhere {
                continue;
            }
            if let Err(cause) = self.devices[number].look(|app| app.photo_path(sha256)) {
                return Err(Violation::new(
                    "I7",
                    format!("{name} shows {sha256}: {cause}"),
                ));
            }
            let called_received =
                photo.state == PhotoState::Received || view.delivery == Delivery::Received;
            if called_received && !self.hub.has_blob(&sha256)? {
                let what = format!("{name} calls {} received without {sha256}", view.id);
                return Err(Violation::new("I8", what));
            }
        }
        if view.delivery == Delivery::Received {
            let document = self.hub.document(&view.id)?;
            let case = document.map(|document| document.read(view.id).case);
            self.check_received(number, view, case.as_ref())?;
        }
        Ok(())
    }

    /// I8: what is called received is at the hub, with every photo file that this device's entries cite.
    fn check_received(
        &self,
        number: usize,
        view: &CaseView,
        at_hub: Option<&Case>,
    ) -> Result<(), Violation> {
        let missing = |what: &dyn std::fmt::Debug| {
            let name = &self.devices[number].name;
            Violation::new(
                "I8",
                format!("{name} calls {} received without {what:?}", view.id),
            )
        };
        let own = self.model.acknowledged[number].iter();
        for saved in own.filter(|saved| saved.case == view.id) {
            let id = match &saved.what {
                Saved::Comment(Some(id), _) | Saved::Hazard(id, _) | Saved::Action(id) => *id,
                Saved::Photo(Some(id), _) => *id,
                _ => continue,
            };
            if view.set_aside.iter().any(|item| item.id == id) {
                continue;
            }
            let case = at_hub.ok_or_else(|| missing(saved))?;
            let there = case.comments.iter().any(|note| note.id == id)
                || case.hazards.iter().any(|note| note.id == id)
                || case.actions.iter().any(|action| action.id == id)
                || case.photos.iter().any(|photo| photo.id == id);
            if !there {
                return Err(missing(saved));
            }
            let cited = case.photos.iter().filter(|photo| photo.id == id);
            for blob in cited.flat_map(|photo| photo.entry.cited()) {
                if !self.hub.has_blob(&blob.sha256)? {
                    return Err(missing(&blob));
                }
            }
        }
        Ok(())
    }

    /// I2 for the answer the hub just gave, and the documents its request touched.
    pub(super) fn check_promises(&self) -> Result<(), Violation> {
        let newest = &self.hub.receipts.newest;
        for (document, hash) in &newest.changes {
            if !self.hub.has_change(document, hash)? {
                let what = format!("the hub called {hash} of {document} received and has it not");
                return Err(Violation::new("I2", what));
            }
        }
        for sha256 in &newest.blobs {
            if !self.hub.has_blob(sha256)? {
                let what = format!("the hub called the photo {sha256} stored and has it not");
                return Err(Violation::new("I2", what));
            }
        }
        newest
            .documents
            .iter()
            .try_for_each(|document| self.check_document(document))
    }

    /// I2 for every answer ever given.
    pub(super) fn check_all_promises(&self) -> Result<(), Violation> {
        let receipts = &self.hub.receipts;
        for (document, hash) in receipts.changes.keys() {
            if self.gone_changes.contains(&(*document, *hash))
                || self.hub.has_change(document, hash)?
            {
                continue;
            }
            // A hub that was put back may not know any more who had been given which beat, and must go by what it knows.
            if self.hub.app.hub_key.epoch > 1 && self.hub.keeps_aside(document, hash)? {
                continue;
            }
            let at_hub = self.hub.document(document)?;
            if !receipts.comes_anew(*document, *hash, at_hub.as_ref()) {
                let what = format!("the hub lost {hash} of {document}");
                return Err(Violation::new("I2", what));
            }
        }
        for sha256 in &self.hub.receipts.blobs {
            if self.gone_blobs.contains(sha256) {
                continue;
            }
            if !self.hub.has_blob(sha256)? {
                return Err(Violation::new(
                    "I2",
                    format!("the hub lost the photo {sha256}"),
                ));
            }
        }
        Ok(())
    }

    /// I3 on what the hub wrote itself: no number of its own stands for two decisions, in whichever of its lives. Devices
    /// would give way to the newer one, and the older would be gone without a word.
    fn check_decisions(&self, id: &DocumentId) -> Result<(), Violation> {
        let rows = self
            .hub
            .app
            .store
            .reading(|read| read.changes(id, 1, u64::MAX))?;
        let mut decisions = self.decisions.borrow_mut();
        for row in rows.into_iter().filter(|row| row.installation.is_none()) {
            let number = (*id, row.actor.to_vec(), row.sequence);
            if *decisions.entry(number).or_insert(row.hash) != row.hash {
                let what = format!("two decisions on {id} have number {}", row.sequence);
                return Err(Violation::new("I3", what));
            }
        }
        Ok(())
    }

    /// I3 and I5 on a document of the hub.
    pub(super) fn check_document(&self, id: &DocumentId) -> Result<(), Violation> {
        let Some(document) = self.hub.document(id)? else {
            return Ok(());
        };
        if !self.model.begun.contains(id) {
            return Err(Violation::new("I3", format!("nobody reported {id}")));
        }
        self.check_unforged(id, &document, "the hub")?;
        self.check_decisions(id)?;
        let reading = document.read(*id);
        let odd = reading
            .anomalies
            .iter()
            .find(|anomaly| !matches!(anomaly, Anomaly::Concurrent { .. }));
        if let Some(odd) = odd {
            return Err(Violation::new("I5", format!("{id} at the hub: {odd:?}")));
        }
        once(id, &reading.case, self.hub.app.hub_key.epoch > 1)
    }

    /// I5: no forged change is part of a document.
    pub(super) fn check_unforged(
        &self,
        id: &DocumentId,
        document: &Document,
        whose: &str,
    ) -> Result<(), Violation> {
        let forged = self.model.forged.iter().find(|forged| {
            let hash = xunge_documents::change_parts::ChangeHash(*forged.hash.as_bytes());
            forged.case == *id && document.contains(&hash)
        });
        if let Some(forged) = forged {
            let what = format!("{whose} merged {} into {id}", forged.kind);
            return Err(Violation::new("I5", what));
        }
        // A forgery that was made anew has another hash and the same content.
        let case = document.read(*id).case;
        let text = case
            .comments
            .iter()
            .any(|note| note.entry.text.starts_with(FORGED_TEXT));
        let session = case
            .actions
            .iter()
            .filter_map(|action| action.entry.session.as_ref());
        let session = { session }.any(|session| session.id.starts_with(FORGED_TEXT));
        let mut rulings = case.rulings.iter();
        let ruling = rulings.any(|ruling| ruling.entry.sequence == FORGED_SEQUENCE);
        if text || session || ruling {
            return Err(Violation::new(
                "I5",
                format!("{whose} shows a forgery in {id}"),
            ));
        }
        Ok(())
    }
}

/// Whether something saved is part of a case.
fn has(case: &Case, saved: &Acknowledged) -> bool {
    match &saved.what {
        Saved::Report { title, photos } => {
            case.facts.title == *title
                && photos.iter().all(|sha256| {
                    let mut there = case.photos.iter();
                    there.any(|photo| photo.entry.original.sha256 == *sha256)
                })
        }
        Saved::Comment(_, text) => case.comments.iter().any(|note| note.entry.text == *text),
        Saved::Hazard(_, text) => case.hazards.iter().any(|note| note.entry.text == *text),
        Saved::Photo(_, sha256) => {
            let mut photos = case.photos.iter();
            photos.any(|photo| photo.entry.original.sha256 == *sha256)
        }
        Saved::Action(id) => case.action(id).is_some(),
        Saved::Description(character) => case.facts.description.contains(*character),
    }
}

/// An edit of the description has no name in the model. It may lie in the lane: the hub had it from a copy of the store and
/// it is not pulled yet, or the hub does not know (any more) that the worker was given the beat.
fn is_edit_in_lane(saved: &Acknowledged, view: &CaseView) -> bool {
    let mut aside = view.set_aside.iter();
    let honest = |code: &str| [ENTRY_TAKEN, "not_party", "moved_on"].contains(&code);
    matches!(saved.what, Saved::Description(_))
        && aside.any(|item| item.kind == "description" && honest(&item.reason.code))
}

/// Whether something saved is in the case as shown, or in the lane with its reason.
fn is_there(saved: &Acknowledged, view: &CaseView, lane: &BTreeSet<IntentId>) -> bool {
    let in_lane = |id: &IntentId| lane.contains(id);
    match &saved.what {
        Saved::Report { title, photos } => {
            view.facts.title == *title
                && photos
                    .iter()
                    .all(|sha256| view.photos.iter().any(|photo| photo.sha256 == *sha256))
        }
        Saved::Comment(id, text) => {
            id.as_ref().is_some_and(in_lane) || view.comments.iter().any(|note| note.text == *text)
        }
        Saved::Hazard(id, text) => {
            in_lane(id) || view.hazards.iter().any(|note| note.text == *text)
        }
        Saved::Photo(id, sha256) => {
            id.as_ref().is_some_and(in_lane)
                || view.photos.iter().any(|photo| photo.sha256 == *sha256)
        }
        Saved::Action(id) => in_lane(id) || view.timeline.iter().any(|event| event.id == *id),
        Saved::Description(character) => view.facts.description.contains(*character),
    }
}

/// I3: nothing is there twice. Every note, and every character of a description, was written once.
/// A hub that was restored may have numbered two decisions alike, one in each of its lives.
fn once(id: &DocumentId, case: &Case, two_lives: bool) -> Result<(), Violation> {
    let twice = |what: &str| Err(Violation::new("I3", format!("{what} stands twice in {id}")));
    let mut texts = BTreeSet::new();
    for note in case.comments.iter().chain(&case.hazards) {
        if !texts.insert(note.entry.text.as_str()) {
            return twice(&note.entry.text);
        }
    }
    let mut characters = BTreeSet::new();
    for character in case.facts.description.chars() {
        if !characters.insert(character) {
            return twice(&character.to_string());
        }
    }
    let mut sequences = BTreeSet::new();
    let mut reports = 0;
    for ruling in &case.rulings {
        if !sequences.insert(ruling.entry.sequence) && !two_lives {
            return twice(&format!("ruling {}", ruling.entry.sequence));
        }
        let report = case.action(&ruling.id).is_some_and(|action| {
            action.act.name() == xunge_field::domain::case::ActionName::Report
        });
        reports += u32::from(report && matches!(ruling.entry.outcome, Outcome::Accepted { .. }));
    }
    if reports > 1 {
        return twice("the report");
    }
    Ok(())
}
