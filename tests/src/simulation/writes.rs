//! What workers do on their devices, with or without signal.

use xunge_field::domain::case::{
    Act, ActionName, CaseState, ExtensionAsked, HoldCause, PhotoPurpose, SendBackCause, Severity,
};
use xunge_field::domain::class::{Limit, LimitUnit};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{Digest, DocumentId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{ActRequest, AttachRequest, DraftContent, PhotoInput};

use super::cast;
use super::device::Did;
use super::faults::Planted;
use super::model::{Acknowledged, Saved};
use super::tally::Event;
use super::violation::Violation;
use super::world::World;

/// Reports one device makes at most: few cases, so that many hands meet in each.
const REPORTS_MAX: usize = 2;
/// What is asked for of a draft, not of a case.
const BEGINS: [ActionName; 3] = [
    ActionName::Report,
    ActionName::Register,
    ActionName::SelfHandle,
];

impl World {
    /// One write of a worker on a device.
    pub(super) fn write(&mut self, number: usize) -> Result<(), Violation> {
        if self.devices[number].in_flight.is_some() {
            self.tally.add(Event::WriteInFlight, 1);
        }
        let worker = self.devices[number].person.as_str().starts_with("worker");
        let reports = self.model.acknowledged[number]
            .iter()
            .filter(|saved| matches!(saved.what, Saved::Report { .. }))
            .count();
        if worker && reports < REPORTS_MAX && self.random.chance(0.06) {
            return self.report(number);
        }
        let cases = self.devices[number].look(|app| app.cases(None, 20))?;
        if cases.is_empty() {
            return self.exchange(number);
        }
        let chosen = self.pick(cases.len());
        let case = cases[chosen].id;
        if self.random.chance(0.65) {
            return self.ask(number, case);
        }
        self.note_something(number, case)
    }

    /// What merges, and never needs a decision.
    fn note_something(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        match self.random.below(5) {
            0 => self.comment(number, case),
            1 => self.hazard(number, case),
            2 => self.describe(number, case),
            3 => self.address(number, case),
            _ => self.attach(number, case),
        }
    }

    /// Whoever's turn it is does what comes next in a case, so that many cases see their end: a device that knows
    /// less than the hub or has something to send exchanges, another one asks.
    pub(super) fn push_on(&mut self) -> Result<(), Violation> {
        let mut cases = self.hub.cases()?;
        cases.retain(|(_, state)| !state.is_final());
        let chosen = self.random.below(cases.len().max(1) as u64);
        let Some((case, state)) = cases.get(usize::try_from(chosen).unwrap_or(0)).copied() else {
            return self.exchange(0);
        };
        let number = match state {
            CaseState::Verifying | CaseState::Checking => self.pick_of("worker-1"),
            CaseState::Dispatched | CaseState::Disposing => {
                let department = ["department-1", "department-2"][self.pick(2)];
                self.pick_of(department)
            }
            CaseState::ToClose => self.pick(self.devices.len()),
            _ => return self.staff(),
        };
        let status = self.devices[number].look(|app| app.sync_status())?;
        let known = self.devices[number].look(|app| app.cases(None, 20))?;
        let known = known.iter().find(|item| item.id == case);
        let waits = status.texts_unsent + status.photo_files_unsent > 0;
        let done = if waits || known.is_none_or(|item| item.state != state) {
            self.exchange(number)
        } else if state == CaseState::ToClose {
            self.staff()
        } else {
            self.ask(number, case)
        };
        done.and_then(|()| self.check_device(number))
    }

    /// A report with one or two photos.
    pub(super) fn report(&mut self, number: usize) -> Result<(), Violation> {
        let title = self
            .model
            .unique_text("report", &self.devices[number].person);
        let content = DraftContent {
            class: Some(cast::CLASS.into()),
            title: title.clone(),
            point: Some(cast::place(self.random.below(2))),
            severity: if self.random.chance(0.2) {
                Severity::Urgent
            } else {
                Severity::Ordinary
            },
            ..DraftContent::default()
        };
        self.note_of(number, || format!("reports {title:?}"));
        let begun = self.devices[number].run(|app| {
            let draft = app.new_draft()?;
            app.save_draft(draft, &content)?;
            Ok(draft)
        })?;
        let Some(draft) = self.noticed(number, &begun).copied() else {
            return Ok(());
        };
        self.model.begun.insert(draft);
        let mut photos = Vec::new();
        for _ in 0..=self.random.below(2) {
            let photo = self.random.next_u64();
            let attached = self.devices[number]
                .run(|app| app.attach_to_draft(draft, picture(photo, PhotoPurpose::Found)))?;
            let Some(sha256) = self.noticed(number, &attached) else {
                return Ok(());
            };
            photos.push(*sha256);
        }
        let reported = self.devices[number].run(|app| app.report(draft))?;
        if let Some(case) = self.noticed(number, &reported).copied() {
            self.saved(number, case, Saved::Report { title, photos });
        }
        Ok(())
    }

    fn comment(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let text = self
            .model
            .unique_text("comment", &self.devices[number].person);
        self.note_of(number, || format!("comments {text:?} on {case}"));
        let done = self.devices[number].run(|app| app.comment(case, &text))?;
        let early = self.planted == Some(Planted::DeviceAcknowledgesEarly);
        match self.noticed(number, &done).copied() {
            Some(id) => self.saved(number, case, Saved::Comment(Some(id), text)),
            None if early => self.saved(number, case, Saved::Comment(None, text)),
            None => {}
        }
        Ok(())
    }

    fn hazard(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let text = self
            .model
            .unique_text("hazard", &self.devices[number].person);
        self.note_of(number, || format!("notes {text:?} on {case}"));
        let done = self.devices[number].run(|app| app.hazard(case, &text))?;
        if let Some(id) = self.noticed(number, &done).copied() {
            self.saved(number, case, Saved::Hazard(id, text));
        }
        Ok(())
    }

    /// Appends one character to the description, as somebody typing at its end would.
    fn describe(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let view = self.devices[number].look(|app| app.show(case))?;
        let character = self.model.unique_character();
        let text = format!("{}{character}", view.facts.description);
        self.note_of(number, || format!("describes {case} as {text:?}"));
        let done = self.devices[number].run(|app| app.describe(case, &text))?;
        if self.noticed(number, &done).is_some() {
            self.saved(number, case, Saved::Description(character));
        }
        Ok(())
    }

    fn address(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let text = self
            .model
            .unique_text("address", &self.devices[number].person);
        self.note_of(number, || format!("sets {text:?} on {case}"));
        let done = self.devices[number].run(|app| app.set_address(case, &text))?;
        self.noticed(number, &done);
        Ok(())
    }

    fn attach(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let photo = self.random.next_u64();
        let input = picture(photo, PhotoPurpose::During);
        self.note_of(number, || format!("attaches a photo to {case}"));
        let done =
            self.devices[number].run(|app| app.attach(AttachRequest { case, photo: input }))?;
        if let Some(id) = self.noticed(number, &done).copied() {
            let sha256 = Digest::of(input.bytes);
            self.saved(number, case, Saved::Photo(Some(id), sha256));
        }
        Ok(())
    }

    /// Asks for what the action bar offers; now and then for a claim that it does not offer.
    fn ask(&mut self, number: usize, case: DocumentId) -> Result<(), Violation> {
        let view = self.devices[number].look(|app| app.show(case))?;
        let offered: Vec<ActionName> = view
            .offered
            .iter()
            .filter(|offer| offer.reason.is_none() && !BEGINS.contains(&offer.action))
            .map(|offer| offer.action)
            .collect();
        let department = self.devices[number]
            .person
            .as_str()
            .starts_with("department");
        let chosen = if self.random.chance(0.85) {
            0
        } else {
            self.pick(offered.len().max(1))
        };
        let name = match offered.get(chosen) {
            Some(name) => *name,
            None if department && self.random.chance(0.5) => ActionName::Claim,
            None => return self.note_something(number, case),
        };
        let point = view.facts.position.as_ref().map(|position| position.point);
        let note = "done".to_owned();
        let act = match name {
            ActionName::Verify => Act::Verify {
                result: Some(true),
                note,
            },
            ActionName::Feedback => Act::Feedback { point, note },
            ActionName::Check => Act::Check {
                passed: self.random.chance(0.8),
                point,
                note,
            },
            other => beside_the_way(other, point, view.state).unwrap_or(Act::Claim),
        };
        let photo = (act.name().photo_purpose().is_some())
            .then(|| picture(self.random.next_u64(), PhotoPurpose::During));
        self.note_of(number, || format!("asks for {name:?} of {case}"));
        let done = self.devices[number].run(|app| app.act(ActRequest { case, act, photo }))?;
        if let Some(id) = self.noticed(number, &done).copied() {
            self.saved(number, case, Saved::Action(id));
            if let Some(photo) = photo {
                let sha256 = Digest::of(photo.bytes);
                self.saved(number, case, Saved::Photo(None, sha256));
            }
        }
        Ok(())
    }

    fn saved(&mut self, number: usize, case: DocumentId, what: Saved) {
        self.tally.saved += 1;
        self.note_of(number, || format!("  saved {what:?}"));
        self.model.acknowledged[number].push(Acknowledged { case, what });
    }

    /// The answer of a verb that returned one.
    pub(super) fn noticed<'did, Answer>(
        &mut self,
        number: usize,
        did: &'did Did<Answer>,
    ) -> Option<&'did Answer> {
        match did {
            Did::Done(answer) => return Some(answer),
            Did::Refused(code) => self.note_of(number, || format!("  refused: {code}")),
            Did::Crashed => self.crashed(number),
        }
        None
    }
}

/// What a department asks for that is no step of the usual way.
fn beside_the_way(name: ActionName, point: Option<Point>, state: CaseState) -> Option<Act> {
    let reason = "rain".to_owned();
    let limit = Limit {
        number: 2,
        unit: LimitUnit::WorkDay,
    };
    Some(match name {
        ActionName::ApplyExtend => Act::ApplyExtend {
            asked: ExtensionAsked::More(limit),
            reason,
        },
        ActionName::ApplySendBack => Act::ApplySendBack {
            cause: SendBackCause::WrongOwner,
            reason,
        },
        ActionName::ApplyHold => Act::ApplyHold {
            cause: HoldCause::Season,
            review_at: Timestamp::from_millis(i64::MAX),
            reason,
        },
        ActionName::JointSurvey if state == CaseState::Dispatched => Act::JointSurvey {
            point,
            cause: reason,
            estimate: Some(limit),
        },
        ActionName::Assign => Act::Assign {
            to: cast::person_id("department-1"),
            note: reason,
        },
        _ => return None,
    })
}

fn picture(number: u64, purpose: PhotoPurpose) -> PhotoInput<'static> {
    PhotoInput {
        bytes: cast::photo(number),
        purpose,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    }
}
