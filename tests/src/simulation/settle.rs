//! The faults stop: everything that waits must drain (I6), and all replicas must be alike (I4).

use std::collections::BTreeSet;

use xunge_documents::Document;
use xunge_field::domain::case::{Act, ActionName, CaseState, CloseOutcome, Decline, Outcome};
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::domain::person::Person;
use xunge_field::domain::scope::Scope;
use xunge_field::{HttpAnswer, Method};
use xunge_store::{IntentRow, IntentState, Store};

use super::cast;
use super::invariants::ENTRY_TAKEN;
use super::network::describe;
use super::plan::Weather;
use super::tally::Event;
use super::violation::Violation;
use super::world::{SETTLING, World};

/// Rounds of all devices in which everything must have drained: one pushes, the next pulls what others pushed.
const ROUNDS: u32 = 2;
/// The same after the hub was restored: what one device gives back may wait for what another one gives back.
const ROUNDS_RESTORED: u32 = 4;
/// Requests of one device in one round; more means that it goes in circles.
const REQUESTS_MAX: u32 = 200;

/// A case as the hub holds it in the end.
struct AtHub {
    case: DocumentId,
    scopes: Vec<Scope>,
    document: Document,
    json: String,
}

impl World {
    /// Lets everything drain and compares all replicas.
    pub(super) fn settle(&mut self) -> Result<(), Violation> {
        self.note(|| "the faults stop".into());
        self.planted = None;
        self.weather = Weather::CALM;
        self.step = SETTLING;
        while let Some(late) = self.late_requests.pop() {
            let answer = self.arrive_late(&late)?;
            self.deliver(late.device, answer)?;
            self.check_device(late.device)?;
        }
        while let Some(late) = self.late_answers.pop() {
            self.deliver(late.device, late.message)?;
            self.check_device(late.device)?;
        }
        for number in 0..self.devices.len() {
            self.devices[number].in_flight = None;
            self.devices[number].restart()?;
            self.enrol_again(number)?;
            self.devices[number].run(xunge_field::FieldApp::compare_with_hub)?;
        }
        self.drain_all(if self.hub.app.hub_key.epoch > 1 {
            ROUNDS_RESTORED
        } else {
            ROUNDS
        })?;
        if self.close_what_waits()? {
            self.drain_all(1)?;
        }
        if self.hub.app.hub_key.epoch > 1 {
            for number in 0..self.devices.len() {
                // A device that was wiped refuses, and has nothing to compare.
                self.devices[number].run(xunge_field::FieldApp::compare_with_hub)?;
            }
            self.drain_all(1)?;
        }
        let taking_part = self.taking_part()?;
        for number in &taking_part {
            let number = *number;
            let name = self.devices[number].name.clone();
            let status = self.devices[number].look(|app| app.sync_status())?;
            if !self.never_learns(number) && status.texts_unsent + status.photo_files_unsent > 0 {
                let what = format!(
                    "{name} keeps {} texts and {} photo files",
                    status.texts_unsent, status.photo_files_unsent
                );
                return Err(Violation::new("I6", what));
            }
            if status.differs {
                let what = format!("{name} is found to differ from the hub");
                return Err(Violation::new("I4", what));
            }
            let mut aside = status.set_aside.iter();
            if let Some(item) = aside.find(|item| item.reason.code == ENTRY_TAKEN) {
                let what = format!("{name} still calls {} refused, which is there", item.id);
                return Err(Violation::new("I6", what));
            }
        }
        self.note_made_anew()?;
        self.check_all_promises()?;
        let cases = self.hub.cases()?;
        self.compare(&taking_part, &cases)?;
        self.count_decisions(&cases)
    }

    fn drain_all(&mut self, rounds: u32) -> Result<(), Violation> {
        let devices = self.devices.len();
        for number in (0..rounds).flat_map(|_| 0..devices) {
            self.drain(number)?;
            self.check_device(number)?;
        }
        Ok(())
    }

    /// The devices that the hub still talks to.
    fn taking_part(&mut self) -> Result<Vec<usize>, Violation> {
        let mut taking_part = Vec::new();
        for number in 0..self.devices.len() {
            if !self.is_shut_out(number)? {
                taking_part.push(number);
            }
        }
        Ok(taking_part)
    }

    /// Whether photos may be gone for good: with an older store put back, a device shut out, a hub that forgot.
    fn photos_may_be_gone(&self) -> bool {
        let tally = &self.tally;
        !self.revoked.is_empty()
            || tally.count(Event::StoreRestored) + tally.count(Event::HubRestored) > 0
    }

    /// An old client never compares: what others made anew after a hub was put back it keeps as it was as well, and what
    /// it holds of a ruling on that waits with it.
    fn never_learns(&self, number: usize) -> bool {
        self.devices[number].is_old() && self.hub.app.hub_key.epoch > 1
    }

    /// Everything is at the hub now, so nothing may be pending for a closing.
    fn close_what_waits(&mut self) -> Result<bool, Violation> {
        let waiting: Vec<DocumentId> = self
            .hub
            .cases()?
            .into_iter()
            .filter(|(_, state)| *state == CaseState::ToClose)
            .map(|(case, _)| case)
            .collect();
        for case in &waiting {
            let close = Act::Close {
                outcome: CloseOutcome::Normal,
            };
            let ruling = self.hub.act(cast::LEADER, case, &close);
            let closed = ruling.is_ok_and(|ruling| ruling.outcome.is_accepted());
            if !closed && !self.photos_may_be_gone() {
                return Err(Violation::new("I6", format!("{case} cannot be closed")));
            }
            self.check_document(case)?;
        }
        Ok(!waiting.is_empty())
    }

    pub(super) fn drain(&mut self, number: usize) -> Result<(), Violation> {
        self.devices[number].app()?.start_sync();
        for _ in 0..REQUESTS_MAX {
            if self.devices[number].is_wiped()? {
                return Ok(());
            }
            let next = self.devices[number].run(xunge_field::FieldApp::next_request)?;
            match self.noticed(number, &next).cloned() {
                Some(Some(request)) => {
                    self.note_of(number, || describe(&request));
                    self.note_sent(number, &request);
                    let answer = self.process(number, &request)?;
                    // A pack may be there in parts, or not any more: the round goes on.
                    let answered = request.method == Method::Get
                        || matches!(&answer, HttpAnswer::Answered { status: 200, .. });
                    self.deliver(number, answer)?;
                    if !answered {
                        return Ok(());
                    }
                }
                Some(None) => return Ok(()),
                None => {}
            }
        }
        let name = &self.devices[number].name;
        let what = format!("{name} is not done after {REQUESTS_MAX} requests");
        Err(Violation::new("I6", what))
    }

    fn compare(
        &mut self,
        taking_part: &[usize],
        cases: &[(DocumentId, CaseState)],
    ) -> Result<(), Violation> {
        let mut at_hub = Vec::new();
        for (case, _) in cases {
            at_hub.extend(self.at_hub(*case)?);
        }
        for number in taking_part {
            let number = *number;
            let store = self.devices[number].open_store()?;
            let id = self.devices[number].person.clone();
            let person = self.hub.app.store.reading(|read| read.person(&id))?;
            for there in &at_hub {
                let held = load(&store, there.case)?;
                let refused = |intent: &IntentRow| intent.state == IntentState::Quarantined;
                let intents = store.read(|reader| reader.intents_of_document(there.case))?;
                let keeps = intents.iter().any(refused);
                self.compare_one(number, person.as_ref(), there, held.as_ref(), keeps)?;
            }
            let acknowledged = &self.model.acknowledged[number];
            if let Some(saved) = acknowledged
                .iter()
                .find(|saved| !cases.iter().any(|(case, _)| *case == saved.case))
            {
                let what = format!("{} never reached the hub", saved.case);
                return Err(Violation::new("I6", what));
            }
        }
        let mut numbers = BTreeSet::new();
        for (case, _) in cases {
            let number = self.hub.app.store.reading(|read| {
                Ok::<_, xunge_server::store::StoreError>(
                    read.case(case)?.and_then(|row| row.case_no),
                )
            })?;
            if number.is_some_and(|number| !numbers.insert(number)) {
                return Err(Violation::new("I3", format!("{case} has another's number")));
            }
        }
        Ok(())
    }

    fn at_hub(&self, case: DocumentId) -> Result<Option<AtHub>, Violation> {
        let Some(document) = self.hub.document(&case)? else {
            return Ok(None);
        };
        Ok(Some(AtHub {
            case,
            scopes: self.hub.scopes(&case)?,
            json: json(case, &document)?,
            document,
        }))
    }

    /// I4 and I5 on a device's copy of a case; one that left its scopes is kept while refused work lies in it.
    fn compare_one(
        &self,
        number: usize,
        person: Option<&Person>,
        there: &AtHub,
        held: Option<&Document>,
        keeps: bool,
    ) -> Result<(), Violation> {
        let (case, name) = (there.case, &self.devices[number].name);
        let mine = person.map_or_else(Vec::new, Scope::of);
        let sees = there.scopes.iter().any(|scope| mine.contains(scope));
        let held = match held {
            None if sees => return Err(Violation::new("I4", format!("{name} lacks {case}"))),
            None => return Ok(()),
            Some(held) => held,
        };
        self.check_unforged(&case, held, name)?;
        if !sees {
            return if keeps || self.devices[number].is_old() || self.hub.app.hub_key.epoch > 1 {
                Ok(())
            } else {
                let what = format!("{name} keeps {case}, which is none of its any more");
                Err(Violation::new("I4", what))
            };
        }
        if held.heads() == there.document.heads() && json(case, held)? == there.json {
            return Ok(());
        }
        let hashes = |document: &Document| -> BTreeSet<Digest> {
            let changes = document.changes().into_iter();
            changes
                .map(|change| Digest::from_bytes(*change.hash.as_bytes()))
                .collect()
        };
        let (here, there) = (hashes(held), hashes(&there.document));
        if self.never_learns(number) && here.is_superset(&there) {
            return Ok(());
        }
        let what = format!(
            "{name} and the hub differ in {case}: only here {:?}, only there {:?}",
            here.difference(&there).collect::<Vec<_>>(),
            there.difference(&here).collect::<Vec<_>>()
        );
        Err(Violation::new("I4", what))
    }

    fn count_decisions(&mut self, cases: &[(DocumentId, CaseState)]) -> Result<(), Violation> {
        for (id, state) in cases {
            self.check_document(id)?;
            self.tally
                .add(Event::Closed, u64::from(*state == CaseState::Closed));
            let Some(document) = self.hub.document(id)? else {
                continue;
            };
            let case = document.read(*id).case;
            for ruling in &case.rulings {
                let Outcome::Declined { reason } = &ruling.entry.outcome else {
                    continue;
                };
                let action = case.action(&ruling.id);
                let by_device = action.is_some_and(|action| action.session.is_none());
                let claim = action.is_some_and(|action| action.act.name() == ActionName::Claim);
                self.tally.add(Event::Decline, u64::from(by_device));
                let second = claim && matches!(reason, Decline::AlreadyClaimed { .. });
                self.tally.add(Event::SecondClaim, u64::from(second));
            }
        }
        Ok(())
    }
}

fn load(store: &Store, case: DocumentId) -> Result<Option<Document>, Violation> {
    let Some(loaded) = store.read(|reader| reader.load_document(case))? else {
        return Ok(None);
    };
    let damaged = |cause: &dyn std::fmt::Display| Violation::new("I4", cause.to_string());
    let mut document = Document::load(&loaded.snapshot).map_err(|cause| damaged(&cause))?;
    document
        .replay(loaded.changes.iter().map(Vec::as_slice))
        .map_err(|cause| damaged(&cause))?;
    Ok(Some(document))
}

/// A case with everything in it, as one text.
fn json(case: DocumentId, document: &Document) -> Result<String, Violation> {
    serde_json::to_string(&document.read(case).case).map_err(|cause| Violation::trouble(&cause))
}
