//! The faults stop: everything that waits must drain (I6), and all replicas must be alike (I4).

use std::collections::BTreeSet;

use xunge_documents::CaseDocument;
use xunge_field::domain::case::{Act, ActionName, CaseState, CloseOutcome, Decline, Outcome};
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::domain::person::Person;
use xunge_field::domain::scope::Scope;
use xunge_store::Store;

use super::cast;
use super::tally::Event;
use super::violation::Violation;
use super::world::World;

/// Rounds of all devices in which everything must have drained: one pushes, the next pulls what others pushed.
const ROUNDS: u32 = 2;
/// Requests of one device in one round; more means that it goes in circles.
const REQUESTS_MAX: u32 = 200;

impl World {
    /// Lets everything drain and compares all replicas.
    pub(super) fn settle(&mut self) -> Result<(), Violation> {
        self.note(|| "the faults stop".into());
        self.planted = None;
        while let Some((number, request)) = self.late_requests.pop() {
            let answer = self.process(&request)?;
            self.deliver(number, answer)?;
            self.check_device(number)?;
        }
        while let Some((number, answer)) = self.late_answers.pop() {
            self.deliver(number, answer)?;
            self.check_device(number)?;
        }
        for number in 0..3 {
            self.devices[number].in_flight = None;
            self.devices[number].restart()?;
        }
        self.drain_all(ROUNDS)?;
        if self.close_what_waits()? {
            self.drain_all(1)?;
        }
        for number in 0..3 {
            let name = self.devices[number].name;
            let status = self.devices[number].look(|app| app.sync_status())?;
            if status.texts_unsent + status.photo_files_unsent > 0 {
                let what = format!(
                    "{name} keeps {} texts and {} photo files",
                    status.texts_unsent, status.photo_files_unsent
                );
                return Err(Violation::new("I6", what));
            }
        }
        self.check_all_promises()?;
        let cases = self.hub.cases()?;
        self.compare(&cases)?;
        self.count_decisions(&cases)
    }

    fn drain_all(&mut self, rounds: u32) -> Result<(), Violation> {
        for number in (0..rounds).flat_map(|_| 0..3) {
            self.drain(number)?;
            self.check_device(number)?;
        }
        Ok(())
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
            if !ruling.is_ok_and(|ruling| ruling.outcome.is_accepted()) {
                return Err(Violation::new("I6", format!("{case} cannot be closed")));
            }
            self.check_document(case)?;
        }
        Ok(!waiting.is_empty())
    }

    fn drain(&mut self, number: usize) -> Result<(), Violation> {
        self.devices[number].app()?.start_sync();
        for _ in 0..REQUESTS_MAX {
            let next = self.devices[number].run(xunge_field::FieldApp::next_request)?;
            match self.noticed(number, &next).cloned() {
                Some(Some(request)) => {
                    let answer = self.process(&request)?;
                    self.deliver(number, answer)?;
                }
                Some(None) => return Ok(()),
                None => {}
            }
        }
        let name = self.devices[number].name;
        let what = format!("{name} is not done after {REQUESTS_MAX} requests");
        Err(Violation::new("I6", what))
    }

    fn compare(&mut self, cases: &[(DocumentId, CaseState)]) -> Result<(), Violation> {
        let people = cast::people();
        let mut numbers = BTreeSet::new();
        for number in 0..3 {
            self.devices[number].switch_off();
            let store = Store::open_medium(&self.devices[number].medium)?;
            let person = people
                .iter()
                .find(|person| person.id == self.devices[number].person);
            for (case, _) in cases {
                let held = load(&store, *case)?;
                self.compare_one(number, person, case, held.as_ref())?;
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

    /// I4 and I5 on a device's copy of a case.
    fn compare_one(
        &self,
        number: usize,
        person: Option<&Person>,
        case: &DocumentId,
        held: Option<&CaseDocument>,
    ) -> Result<(), Violation> {
        let name = self.devices[number].name;
        let mine = person.map_or_else(Vec::new, Scope::of);
        let subscribed = self
            .hub
            .scopes(case)?
            .iter()
            .any(|scope| mine.contains(scope));
        let Some(held) = held else {
            return if subscribed {
                Err(Violation::new("I4", format!("{name} lacks {case}")))
            } else {
                Ok(())
            };
        };
        self.check_unforged(case, held, name)?;
        let Some(at_hub) = self.hub.document(case)? else {
            return Ok(());
        };
        let json = |document: &CaseDocument| serde_json::to_string(&document.read(*case).case);
        let alike = held.heads() == at_hub.heads()
            && json(held).is_ok_and(|held| json(&at_hub).is_ok_and(|at_hub| held == at_hub));
        if alike {
            return Ok(());
        }
        let hashes = |document: &CaseDocument| -> BTreeSet<Digest> {
            let changes = document.changes().into_iter();
            changes
                .map(|change| Digest::from_bytes(*change.hash.as_bytes()))
                .collect()
        };
        let (here, there) = (hashes(held), hashes(&at_hub));
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

fn load(store: &Store, case: DocumentId) -> Result<Option<CaseDocument>, Violation> {
    let Some(loaded) = store.read(|reader| reader.load_document(case))? else {
        return Ok(None);
    };
    let damaged = |cause: &dyn std::fmt::Display| Violation::new("I4", cause.to_string());
    let mut document = CaseDocument::load(&loaded.snapshot).map_err(|cause| damaged(&cause))?;
    document
        .apply(loaded.changes.iter().map(Vec::as_slice))
        .map_err(|cause| damaged(&cause))?;
    Ok(Some(document))
}
