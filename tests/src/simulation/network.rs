//! Between a device and the hub: requests and answers that are lost, cut at any byte, doubled, late, or answered by
//! somebody else.

use xunge_field::{HttpAnswer, HttpRequest, Method};
use xunge_server::error::ApiError;

use super::faults::Planted;
use super::hub::{presented, serve};
use super::parts::{in_parts, message};
use super::tally::Event;
use super::violation::Violation;
use super::world::{Late, World};

/// What a captive portal says, with status 200.
const PORTAL: &[u8] = b"<!doctype html><html><title>Wi-Fi</title><p>Please log in</html>";

/// So many times as often as another request does a push in parts break off.
const CUTS_OF_PARTS: f64 = 5.0;

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
            self.devices[number].sent += 1;
            self.note_sent(number, &request);
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
        if self.devices[number].dead_until >= self.step {
            return Ok(self.lost(number, Event::Drop, "there is no link"));
        }
        if self.random.chance(self.weather.drop) {
            return Ok(self.lost(number, Event::Drop, "the request is lost"));
        }
        if self.random.chance(self.weather.portal) {
            self.tally.add(Event::Portal, 1);
            self.note_of(number, || "  a portal answers".into());
            let body = PORTAL.to_vec();
            return Ok(HttpAnswer::Answered { status: 200, body });
        }
        // Long bodies break off more often, and few pushes of a schedule have parts.
        let breaks = if in_parts(request) {
            (self.weather.cut * CUTS_OF_PARTS).min(0.5)
        } else {
            self.weather.cut
        };
        if self.random.chance(breaks) {
            // Only bytes of photos and parts of a push are of use when they are not all there; a cut message is none.
            if request.method == Method::Put || in_parts(request) {
                let mut part = request.clone();
                let length = self.random.below(part.body.len() as u64 + 1);
                part.body.truncate(usize::try_from(length).unwrap_or(0));
                self.process(number, &part)?;
                self.tally.add(Event::PushCut, u64::from(in_parts(request)));
            }
            return Ok(self.lost(number, Event::Cut, "the request breaks off"));
        }
        if self.random.chance(self.weather.late) {
            let sent = self.devices[number].sent;
            let message = request.clone();
            self.late_requests.push(Late {
                device: number,
                message,
                sent,
            });
            return Ok(self.lost(number, Event::Late, "the request is stuck somewhere"));
        }
        if self.random.chance(self.weather.commit_fails) {
            self.tally.add(Event::CommitFailed, 1);
            self.note_of(number, || "  the hub's commit will fail".into());
            self.hub.fail_next_commit();
        }
        self.invite_another(number, request);
        let mut answer = self.process(number, request)?;
        self.devices[number].arrived = self.devices[number].sent;
        if self.random.chance(self.weather.duplicate) {
            self.tally.add(Event::Duplicate, 1);
            self.note_of(number, || "  the request arrives twice".into());
            let second = self.process(number, request)?;
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
            let sent = self.devices[number].sent;
            self.late_answers.push(Late {
                device: number,
                message: answer,
                sent,
            });
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

    /// Another device's request may reach the hub in the middle of this one: between the commit of its push and the
    /// reading of its pull, say. Offers are answered under the lock of a photo, which a guest could wait for for ever
    /// in a world of one thread, so behind them nobody gets in.
    ///
    /// Before any of its transactions: the proof of its signature, its push, what it resumes, what is asked of a push,
    /// the packs, the pull and, of a planted mistake, the one after.
    fn invite_another(&mut self, number: usize, request: &HttpRequest) {
        if !self.random.chance(self.weather.between) {
            return;
        }
        let Some(host) = message(request) else {
            return;
        };
        let after = self
            .random
            .below(if host.offers.is_empty() { 6 } else { 2 });
        let waiting: Vec<usize> = (0..self.devices.len())
            .filter(|other| {
                let other = &self.devices[*other];
                other.dead_until < self.step && other.in_flight.is_some()
            })
            .filter(|other| *other != number)
            .collect();
        if waiting.is_empty() {
            return;
        }
        let chosen = waiting[self.pick(waiting.len())];
        if let Some(guest) = self.devices[chosen].in_flight.take() {
            self.note_of(chosen, || "  its request gets in between".into());
            self.tally.add(Event::Between, 1);
            self.guest = Some(chosen);
            self.hub.faults.invite(guest, after);
        }
    }

    /// The hub processes a request; its promises are checked at once.
    pub(super) fn process(
        &mut self,
        number: usize,
        request: &HttpRequest,
    ) -> Result<HttpAnswer, Violation> {
        self.plant(request)?;
        let answer = serve(&self.hub.app, request);
        self.hub.recover();
        let guest = self.hub.faults.guest_answer();
        let answer = self.answered(number, request, answer)?;
        if let Some(device) = self.guest.take() {
            let answer = match guest {
                Some((request, answer)) => self.answered(device, &request, answer)?,
                None => HttpAnswer::Unreachable,
            };
            self.deliver(device, answer)?;
            self.check_device(device)?;
        }
        Ok(answer)
    }

    /// What an answer of the hub promises must be true at once.
    fn answered(
        &mut self,
        number: usize,
        request: &HttpRequest,
        answer: Result<Vec<u8>, ApiError>,
    ) -> Result<HttpAnswer, Violation> {
        self.tally.requests += 1;
        if request.method == Method::Get {
            let event = if answer.is_ok() {
                Event::Pack
            } else {
                Event::PackGone
            };
            self.tally.add(event, 1);
        }
        let before = (self.hub.receipts.quarantined, self.hub.receipts.superseded);
        let answer = self.hub.note(request, answer);
        let resumes = message(request).is_some_and(|message| message.resumes.is_some());
        if resumes {
            let parts = self.hub.receipts.newest.parts;
            self.tally.add(Event::Resumed, u64::from(parts));
        }
        let quarantined = self.hub.receipts.quarantined - before.0;
        let superseded = self.hub.receipts.superseded - before.1;
        self.tally.add(Event::Quarantine, quarantined);
        self.tally.add(Event::Superseded, superseded);
        self.tally
            .add(Event::Evicted, self.hub.receipts.newest.evicted);
        if let Some(buckets) = self.hub.receipts.newest.compared {
            self.tally.add(Event::Compared, 1);
            // What one device gives back to a hub that was put back, others hold already.
            if buckets > 0 && self.hub.app.hub_key.epoch == 1 {
                let name = &self.devices[number].name;
                let what = format!("{name} differs from the hub where nothing is new");
                return Err(Violation::new("I4", what));
            }
        }
        if let HttpAnswer::Answered { status, .. } = &answer
            && *status != 200
        {
            let status = *status;
            self.note(|| format!("      hub answers {status}"));
        }
        if quarantined + superseded > 0 {
            self.note(|| format!("      {quarantined} quarantined, {superseded} superseded"));
        }
        let shown = presented(request).ok().map(|shown| shown.installation);
        if shown.is_some_and(|shown| self.revoked.contains(&shown)) {
            self.tally.add(Event::Revoked, 1);
            let newest = &self.hub.receipts.newest;
            if newest.told > 0 || !newest.changes.is_empty() || !newest.blobs.is_empty() {
                let name = &self.devices[number].name;
                let what = format!("the hub works with {name}, which is revoked");
                return Err(Violation::new("I5", what));
            }
        }
        self.check_promises()?;
        Ok(answer)
    }

    /// What a request says of its device: who it is, and, by a new epoch, that it knows of the restored hub.
    pub(super) fn note_sent(&mut self, number: usize, request: &HttpRequest) {
        self.devices[number].shown = presented(request).ok().map(|shown| shown.installation);
        if let Some(message) = message(request) {
            self.devices[number].epoch = message.epoch;
        }
    }

    /// The device takes an answer in.
    pub(super) fn deliver(&mut self, number: usize, answer: HttpAnswer) -> Result<(), Violation> {
        let taken = self.devices[number].run(|app| app.on_answer(answer))?;
        if self.devices[number].is_wiped()? {
            return self.wiped(number);
        }
        let Some(answered) = self.noticed(number, &taken) else {
            return Ok(());
        };
        if let Some(refused) = &answered.refused {
            let code = refused.code.clone();
            let shown = self.devices[number].shown;
            if shown.is_some_and(|shown| self.revoked.contains(&shown)) {
                self.note_of(number, || format!("  is told: {code}"));
                return Ok(());
            }
            let what = format!("{}: {}", self.devices[number].name, code);
            return Err(Violation::new("no trouble", what));
        }
        if let Some((_, problem)) = &answered.retry {
            self.note_of(number, || format!("  retries: {}", problem.code()));
        }
        Ok(())
    }

    /// What a revoked device had not sent went with it: no recovery key could open it.
    fn wiped(&mut self, number: usize) -> Result<(), Violation> {
        let shown = self.devices[number].shown;
        if shown.is_some_and(|shown| self.revoked.contains(&shown)) {
            self.tally.add(Event::Wiped, 1);
            self.note_of(number, || "  is told so, and wiped".into());
            self.model.acknowledged[number].clear();
            return Ok(());
        }
        let what = format!("{} was wiped, and not revoked", self.devices[number].name);
        Err(Violation::new("I1", what))
    }

    /// Something late arrives after all, perhaps in the middle of another exchange.
    pub(super) fn overtake(&mut self, number: usize) -> Result<(), Violation> {
        if self.random.chance(0.5) && !self.late_answers.is_empty() {
            let chosen = self.pick(self.late_answers.len());
            let late = self.late_answers.swap_remove(chosen);
            self.note_of(late.device, || "a late answer arrives".into());
            self.deliver(late.device, late.message)?;
            return self.check_device(late.device);
        }
        if self.late_requests.is_empty() {
            return self.exchange(number);
        }
        let chosen = self.pick(self.late_requests.len());
        let late = self.late_requests.swap_remove(chosen);
        let answer = self.arrive_late(&late)?;
        self.late_answers.push(Late {
            device: late.device,
            message: answer,
            sent: late.sent,
        });
        Ok(())
    }

    /// A late request reaches the hub.
    pub(super) fn arrive_late(
        &mut self,
        late: &Late<HttpRequest>,
    ) -> Result<HttpAnswer, Violation> {
        let overtaken = late.sent < self.devices[late.device].arrived;
        self.tally.add(Event::Reordered, u64::from(overtaken));
        self.note_of(late.device, || "a late request reaches the hub".into());
        self.process(late.device, &late.message)
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
                let offers = message(request).map_or_else(Vec::new, |message| message.offers);
                // A commit that is to fail is not planted.
                let _ = self.hub.app.store.writing(|write| {
                    offers.iter().try_for_each(|offer| {
                        write.mark_blob_stored(&offer.sha256, offer.length, now)
                    })
                });
            }
            _ => {}
        }
        Ok(())
    }
}

/// A request in a line.
pub(super) fn describe(request: &HttpRequest) -> String {
    if request.method == Method::Get {
        return "asks for a pack".into();
    }
    match message(request) {
        Some(message) => {
            let pushed = message.push.iter().flat_map(|push| &push.documents);
            let pushed: Vec<usize> = pushed.map(|document| document.changes.len()).collect();
            let columns = message.columns.map_or(0, |push| push.batch.len());
            format!(
                "sends a push of {pushed:?} changes, {columns} bytes of columns, {} offers{}{}",
                message.offers.len(),
                if in_parts(request) { ", in parts" } else { "" },
                if message.resumes.is_some() {
                    ", and asks for the last one"
                } else {
                    ""
                },
            )
        }
        None => format!("sends {} bytes of a photo", request.body.len()),
    }
}
