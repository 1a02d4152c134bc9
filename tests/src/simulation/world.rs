//! The simulated world of one schedule, and its next step.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use xunge_field::domain::ids::{Digest, DocumentId, InstallationId};
use xunge_field::{HttpAnswer, HttpRequest};

use super::Options;
use super::cast;
use super::device::Device;
use super::faults::Planted;
use super::hub::Hub;
use super::model::Model;
use super::plan::{Kind, Plan, Step, Weather};
use super::tally::{Event, Tally};
use super::trouble::KeptCopy;
use super::violation::Violation;
use crate::proxy::SplitMix;

/// Lines of a trace that are kept.
const TRACE_LINES: usize = 600;
/// Ten years, in milliseconds.
const TEN_YEARS_MILLIS: u64 = 10 * 365 * 86_400_000;
/// Writes after which the power goes, at most.
const WRITES_MAX: u64 = 40;
/// Steps for which a link can be dead.
const PARTITION_MAX: u64 = 14;

/// The number of every step after the last one.
pub(super) const SETTLING: u64 = u64::MAX;

/// A request or an answer that is under way longer than its sender waits.
pub(super) struct Late<Message> {
    pub(super) device: usize,
    pub(super) message: Message,
    /// How many requests the device had sent before it.
    pub(super) sent: u64,
}

/// Everything of one schedule.
pub(super) struct World {
    pub(super) hub: Hub,
    pub(super) devices: Vec<Device>,
    pub(super) model: Model,
    pub(super) random: SplitMix,
    pub(super) weather: Weather,
    pub(super) late_requests: Vec<Late<HttpRequest>>,
    pub(super) late_answers: Vec<Late<HttpAnswer>>,
    pub(super) planted: Option<Planted>,
    pub(super) seed: u64,
    pub(super) tally: Tally,
    pub(super) step: u64,
    /// The device whose request is to get in the middle of another one.
    pub(super) guest: Option<usize>,
    /// A copy of a device's store, put away.
    pub(super) kept: Option<KeptCopy>,
    pub(super) revoked: BTreeSet<InstallationId>,
    /// What the hub called received, forgot when it was restored, and no device can give back.
    pub(super) gone_changes: BTreeSet<(DocumentId, Digest)>,
    pub(super) gone_blobs: BTreeSet<Digest>,
    /// Every decision any life of the hub wrote.
    pub(super) decisions: RefCell<Decisions>,
    trace: VecDeque<String>,
}

/// By document, and author and number of the change.
type Decisions = BTreeMap<(DocumentId, Vec<u8>, u64), Digest>;

impl World {
    /// Enrolled devices and a hub.
    pub(super) fn new(plan: &Plan, options: Options) -> Result<Self, Violation> {
        let seed = plan.seed;
        let mut devices = Vec::new();
        for (number, part) in plan.parts.iter().enumerate() {
            devices.push(Device::new(number, *part, seed, options.on_files)?);
        }
        let mut world = Self {
            hub: Hub::new(seed, options.on_files)?,
            model: Model::default(),
            weather: Weather::CALM,
            random: SplitMix::of(seed, 500),
            late_requests: Vec::new(),
            late_answers: Vec::new(),
            planted: options.planted,
            seed,
            tally: Tally::default(),
            step: 0,
            guest: None,
            kept: None,
            revoked: BTreeSet::new(),
            gone_changes: BTreeSet::new(),
            gone_blobs: BTreeSet::new(),
            decisions: RefCell::default(),
            trace: VecDeque::new(),
            devices,
        };
        world
            .model
            .acknowledged
            .resize_with(plan.parts.len(), Vec::new);
        let names: Vec<&str> = plan.parts.iter().map(|(_, name)| *name).collect();
        world.note(|| format!("{names:?}"));
        world
            .tally
            .add(Event::ManyDevices, u64::from(names.len() >= 4));
        let people: BTreeSet<&str> = plan.parts.iter().map(|(person, _)| *person).collect();
        world
            .tally
            .add(Event::SamePerson, u64::from(people.len() < names.len()));
        for number in 0..names.len() {
            world.enrol(number)?;
        }
        Ok(world)
    }

    /// Runs to the end of the faults.
    pub(super) fn run(&mut self, plan: &Plan) -> Result<(), Violation> {
        self.report(0)?;
        for step in &plan.steps {
            self.step = step.number;
            self.random = SplitMix::new(step.seed);
            self.weather = if step.calm {
                Weather::CALM
            } else {
                plan.weather
            };
            self.step(step)?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), Violation> {
        self.tally.steps += 1;
        let pause = i64::try_from(self.random.below(90_000)).unwrap_or(0);
        self.hub.advance(pause);
        for device in &self.devices {
            device.shift_clock(pause);
        }
        let number = self.pick(self.devices.len());
        match step.kind {
            Kind::Write => self.write(number)?,
            Kind::Exchange => self.exchange(number)?,
            Kind::Staff => self.staff()?,
            Kind::PushOn => self.push_on()?,
            Kind::Overtake => self.overtake(number)?,
            Kind::PowerCut => {
                let writes = self.random.below(WRITES_MAX);
                self.note_of(number, || {
                    format!("the power will go after {writes} writes")
                });
                self.devices[number].arm(writes);
            }
            Kind::ClockJump => self.jump(number),
            Kind::Kill => {
                self.note_of(number, || "the app is killed".into());
                self.crashed(number);
                self.devices[number].restart()?;
            }
            Kind::Sleep => {
                self.note_of(number, || "sleeps and wakes".into());
                let slept = self.devices[number].run(|app| {
                    app.suspend()?;
                    app.resume()
                })?;
                self.noticed(number, &slept);
            }
            Kind::Forge => self.forge(number)?,
            Kind::Partition => {
                let steps = 2 + self.random.below(PARTITION_MAX);
                self.tally.add(Event::Partition, 1);
                self.note_of(number, || format!("no link for {steps} steps"));
                self.devices[number].dead_until = self.step + steps;
            }
            Kind::CloneStore => self.clone_store(number)?,
            Kind::KeepCopy => self.keep_copy(number)?,
            Kind::RestoreStore => self.restore_store()?,
            Kind::BackUpHub => self.back_up_hub()?,
            Kind::RestoreHub => self.restore_hub()?,
            Kind::Revoke => self.revoke(number)?,
            Kind::GiveBeat => self.give_beat()?,
            Kind::MoveBeat => self.move_beat()?,
        }
        self.check_device(number)
    }

    /// One of so many.
    pub(super) fn pick(&mut self, of: usize) -> usize {
        usize::try_from(self.random.below(of as u64)).unwrap_or(0)
    }

    /// One of the devices of a person.
    pub(super) fn pick_of(&mut self, person: &str) -> usize {
        let theirs: Vec<usize> = (0..self.devices.len())
            .filter(|number| self.devices[*number].person.as_str() == person)
            .collect();
        let chosen = self.pick(theirs.len());
        theirs.get(chosen).copied().unwrap_or(0)
    }

    fn jump(&mut self, number: usize) {
        let years = i64::try_from(self.random.below(2 * TEN_YEARS_MILLIS)).unwrap_or(0)
            - i64::try_from(TEN_YEARS_MILLIS).unwrap_or(0);
        self.tally.add(Event::ClockJump, 1);
        self.note_of(number, || format!("the clock jumps by {years} ms"));
        self.devices[number].shift_clock(years);
    }

    /// The first answers of a hub may be lost as well: the same code works again for the same key.
    pub(super) fn enrol(&mut self, number: usize) -> Result<(), Violation> {
        let person = cast::person_id(self.devices[number].person.as_str());
        let code = self.hub.enrolment_code(&person)?;
        loop {
            let app = self.devices[number].app()?;
            let (enrolment, request) = app.begin_enrolment("http://hub.invalid", &code)?;
            let answer = self.hub.answer(&request);
            if self.random.chance(0.1) {
                continue;
            }
            self.devices[number]
                .app()?
                .finish_enrolment(&enrolment, answer)?;
            return Ok(());
        }
    }

    pub(super) fn crashed(&mut self, number: usize) {
        self.tally.add(Event::Crash, 1);
        self.note_of(number, || "crashed, started again".into());
    }

    /// Notes a line for the trace.
    pub(super) fn note(&mut self, line: impl FnOnce() -> String) {
        if self.trace.len() == TRACE_LINES {
            self.trace.pop_front();
        }
        self.trace.push_back(line());
    }

    /// Notes what a device did.
    pub(super) fn note_of(&mut self, number: usize, line: impl FnOnce() -> String) {
        let (step, name) = (self.step, self.devices[number].name.clone());
        if step == SETTLING {
            self.note(|| format!("    {name}: {}", line()));
        } else {
            self.note(|| format!("{step:>3} {name}: {}", line()));
        }
    }

    /// The trace so far.
    pub(super) fn into_trace(self) -> Vec<String> {
        self.trace.into()
    }
}
