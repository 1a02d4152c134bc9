//! Between a device and the hub: requests and answers that are lost, cut at any byte, doubled, late, or answered by
//! somebody else.

use xunge_field::{HttpAnswer, HttpRequest, Method};
use xunge_sync::wire::{SyncRequest, unpack};

use super::faults::Planted;
use super::tally::Event;
use super::violation::Violation;
use super::world::World;

/// What a captive portal says, with status 200.
const PORTAL: &[u8] = b"<!doctype html><html><title>Wi-Fi</title><p>Please log in</html>";

impl World {
    /// The device sends its next request, or gets the answer to the one under way.
    pub(super) fn exchange(&mut self, number: usize) -> Result<(), Violation> {
        if let Some(request) = self.devices[number].in_flight.take() {
            let answer = self.carry(number, &request)?;
            return self.deliver(number, answer);
        }
        if self.random.chance(0.2) {
            self.devices[number].app()?.start_sync();
        }
        let next = self.devices[number].run(xunge_field::FieldApp::next_request)?;
        if let Some(Some(request)) = self.noticed(number, &next).cloned() {
            self.note_of(number, || describe(&request));
            self.devices[number].in_flight = Some(request);
            // Mostly the answer is the next thing that happens; else the device lives on while it waits.
            if self.random.chance(0.7) {
                return self.exchange(number);
            }
        }
        Ok(())
    }

    /// Carries a request to the hub and its answer back, through the weather.
    fn carry(&mut self, number: usize, request: &HttpRequest) -> Result<HttpAnswer, Violation> {
        if self.random.chance(self.weather.drop) {
            return Ok(self.lost(number, Event::Drop, "the request is lost"));
        }
        if self.random.chance(self.weather.portal) {
            self.tally.add(Event::Portal, 1);
            self.note_of(number, || "  a portal answers".into());
            let body = PORTAL.to_vec();
            return Ok(HttpAnswer::Answered { status: 200, body });
        }
        if self.random.chance(self.weather.cut) {
            // Only bytes of photos are of use when they are not all there; a cut message is none.
            if request.method == Method::Put {
                let mut part = request.clone();
                let length = self.random.below(part.body.len() as u64 + 1);
                part.body.truncate(usize::try_from(length).unwrap_or(0));
                self.process(&part)?;
            }
            return Ok(self.lost(number, Event::Cut, "the request breaks off"));
        }
        if self.random.chance(self.weather.late) {
            self.late_requests.push((number, request.clone()));
            return Ok(self.lost(number, Event::Late, "the request is stuck somewhere"));
        }
        if self.random.chance(self.weather.commit_fails) {
            self.tally.add(Event::CommitFailed, 1);
            self.note_of(number, || "  the hub's commit will fail".into());
            self.hub.fail_next_commit();
        }
        let mut answer = self.process(request)?;
        if self.random.chance(self.weather.duplicate) {
            self.tally.add(Event::Duplicate, 1);
            self.note_of(number, || "  the request arrives twice".into());
            let second = self.process(request)?;
            if self.random.chance(0.5) {
                answer = second;
            }
        }
        Ok(self.way_back(number, answer))
    }

    fn way_back(&mut self, number: usize, answer: HttpAnswer) -> HttpAnswer {
        if self.random.chance(self.weather.drop) {
            return self.lost(number, Event::Drop, "the answer is lost");
        }
        if self.random.chance(self.weather.late) {
            self.late_answers.push((number, answer));
            return self.lost(number, Event::Late, "the answer is stuck somewhere");
        }
        match answer {
            HttpAnswer::Answered { status, mut body } if self.random.chance(self.weather.cut) => {
                let length = self.random.below(body.len() as u64 + 1);
                body.truncate(usize::try_from(length).unwrap_or(0));
                self.tally.add(Event::Cut, 1);
                self.note_of(number, || format!("  the answer breaks off at {length}"));
                HttpAnswer::Answered { status, body }
            }
            other => other,
        }
    }

    fn lost(&mut self, number: usize, event: Event, why: &str) -> HttpAnswer {
        self.tally.add(event, 1);
        self.note_of(number, || format!("  {why}"));
        HttpAnswer::Unreachable
    }

    /// The hub processes a request; its promises are checked at once.
    pub(super) fn process(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Violation> {
        self.plant(request)?;
        self.tally.requests += 1;
        let (quarantined, superseded) =
            (self.hub.receipts.quarantined, self.hub.receipts.superseded);
        let answer = self.hub.answer(request);
        self.hub.recover();
        let receipts = &self.hub.receipts;
        let (quarantined, superseded) = (
            receipts.quarantined - quarantined,
            receipts.superseded - superseded,
        );
        self.tally.add(Event::Quarantine, quarantined);
        self.tally.add(Event::Superseded, superseded);
        if let HttpAnswer::Answered { status, .. } = &answer
            && *status != 200
        {
            let status = *status;
            self.note(|| format!("      hub answers {status}"));
        }
        if quarantined + superseded > 0 {
            self.note(|| format!("      {quarantined} quarantined, {superseded} superseded"));
        }
        self.check_promises()?;
        Ok(answer)
    }

    /// The device takes an answer in.
    pub(super) fn deliver(&mut self, number: usize, answer: HttpAnswer) -> Result<(), Violation> {
        let taken = self.devices[number].run(|app| app.on_answer(answer))?;
        let Some(answered) = self.noticed(number, &taken) else {
            return Ok(());
        };
        if let Some(refused) = &answered.refused {
            let what = format!("{}: {}", self.devices[number].name, refused.code);
            return Err(Violation::new("no trouble", what));
        }
        if let Some((_, problem)) = &answered.retry {
            self.note_of(number, || format!("  retries: {}", problem.code()));
        }
        Ok(())
    }

    /// Something late arrives after all, perhaps in the middle of another exchange.
    pub(super) fn overtake(&mut self, number: usize) -> Result<(), Violation> {
        if self.random.chance(0.5) && !self.late_answers.is_empty() {
            let chosen = self.random.below(self.late_answers.len() as u64);
            let (number, answer) = self
                .late_answers
                .swap_remove(usize::try_from(chosen).unwrap_or(0));
            self.note_of(number, || "a late answer arrives".into());
            self.deliver(number, answer)?;
            return self.check_device(number);
        }
        if self.late_requests.is_empty() {
            return self.exchange(number);
        }
        let chosen = self.random.below(self.late_requests.len() as u64);
        let (number, request) = self
            .late_requests
            .swap_remove(usize::try_from(chosen).unwrap_or(0));
        self.note_of(number, || "a late request reaches the hub".into());
        let answer = self.process(&request)?;
        self.late_answers.push((number, answer));
        Ok(())
    }

    /// Mistakes planted in the hub.
    fn plant(&mut self, request: &HttpRequest) -> Result<(), Violation> {
        let sync = request.path == "/api/sync";
        match self.planted {
            Some(Planted::AcknowledgesBeforeCommit) if sync && self.random.chance(0.1) => {
                self.hub.lie_at_next_commit();
            }
            Some(Planted::AcknowledgesPhotoEarly) if sync => {
                let now = self.hub.advance(0);
                let offers = unpack::<SyncRequest>(&request.body)
                    .map(|request| request.offers)
                    .unwrap_or_default();
                self.hub.app.store.writing(|write| {
                    offers.iter().try_for_each(|offer| {
                        write.mark_blob_stored(&offer.sha256, offer.length, now)
                    })
                })?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn describe(request: &HttpRequest) -> String {
    match unpack::<SyncRequest>(&request.body) {
        Ok(message) => {
            let pushed = message.push.iter().flat_map(|push| &push.documents);
            let pushed: Vec<usize> = pushed.map(|document| document.changes.len()).collect();
            format!(
                "sends a push of {pushed:?} changes, {} offers",
                message.offers.len()
            )
        }
        Err(_) => format!("sends {} bytes of a photo", request.body.len()),
    }
}
