//! The simulated world of one schedule, and its next step.

use std::collections::VecDeque;

use xunge_field::{HttpAnswer, HttpRequest};

use super::cast::{self, MIXES};
use super::device::Device;
use super::faults::Planted;
use super::hub::Hub;
use super::model::Model;
use super::tally::{Event, Tally};
use super::violation::Violation;
use crate::proxy::SplitMix;

/// Steps of a schedule, before the faults stop.
const STEPS: u64 = 56;
/// Lines of a trace that are kept.
const TRACE_LINES: usize = 400;
/// Ten years, in milliseconds.
const TEN_YEARS_MILLIS: u64 = 10 * 365 * 86_400_000;
/// Writes after which the power goes, at most.
const WRITES_MAX: u64 = 40;

/// How bad the link of a schedule is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather {
    pub(super) drop: f64,
    pub(super) cut: f64,
    pub(super) duplicate: f64,
    pub(super) late: f64,
    pub(super) portal: f64,
    pub(super) commit_fails: f64,
}

impl Weather {
    fn draw(random: &mut SplitMix) -> Self {
        let mut share = |thousandths_max: u32| {
            f64::from(u32::try_from(random.below(u64::from(thousandths_max))).unwrap_or(0))
                / 1_000.0
        };
        Self {
            drop: share(250),
            cut: share(250),
            duplicate: share(250),
            late: share(150),
            portal: share(60),
            commit_fails: share(100),
        }
    }
}

/// Everything of one schedule.
pub(super) struct World {
    pub(super) hub: Hub,
    pub(super) devices: [Device; 3],
    pub(super) model: Model,
    pub(super) random: SplitMix,
    pub(super) weather: Weather,
    pub(super) late_requests: Vec<(usize, HttpRequest)>,
    pub(super) late_answers: Vec<(usize, HttpAnswer)>,
    pub(super) planted: Option<Planted>,
    pub(super) tally: Tally,
    trace: VecDeque<String>,
}

impl World {
    /// Three enrolled devices and a hub.
    pub(super) fn new(seed: u64, planted: Option<Planted>) -> Result<Self, Violation> {
        let mut random = SplitMix::new(seed);
        let mix = MIXES[usize::try_from(random.below(3)).unwrap_or(0)];
        let [first, second, third] = mix;
        let mut world = Self {
            hub: Hub::new(seed)?,
            devices: [
                Device::new(0, first, seed)?,
                Device::new(1, second, seed)?,
                Device::new(2, third, seed)?,
            ],
            model: Model::default(),
            weather: Weather::draw(&mut random),
            random,
            late_requests: Vec::new(),
            late_answers: Vec::new(),
            planted,
            tally: Tally::default(),
            trace: VecDeque::new(),
        };
        world.note(|| format!("{:?}", mix.map(|(_, name)| name)));
        for number in 0..3 {
            world.enrol(number)?;
        }
        Ok(world)
    }

    /// Runs to the end of the faults.
    pub(super) fn run(&mut self) -> Result<(), Violation> {
        self.report(0)?;
        for _ in 0..STEPS {
            self.step()?;
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Violation> {
        self.tally.steps += 1;
        let pause = i64::try_from(self.random.below(90_000)).unwrap_or(0);
        self.hub.advance(pause);
        for device in &self.devices {
            device.shift_clock(pause);
        }
        let number = usize::try_from(self.random.below(3)).unwrap_or(0);
        match self.random.below(100) {
            0..24 => self.write(number)?,
            24..48 => self.exchange(number)?,
            48..60 => self.staff()?,
            60..87 => self.push_on()?,
            87..91 => self.overtake(number)?,
            91..96 => {
                let writes = self.random.below(WRITES_MAX);
                self.note_of(number, || {
                    format!("the power will go after {writes} writes")
                });
                self.devices[number].arm(writes);
            }
            96 => self.jump(number),
            97 => {
                self.note_of(number, || "the app is killed".into());
                self.crashed(number);
                self.devices[number].restart()?;
            }
            98 => {
                self.note_of(number, || "sleeps and wakes".into());
                let slept = self.devices[number].run(|app| {
                    app.suspend()?;
                    app.resume()
                })?;
                self.noticed(number, &slept);
            }
            _ => self.forge(number)?,
        }
        self.check_device(number)
    }

    fn jump(&mut self, number: usize) {
        let years = i64::try_from(self.random.below(2 * TEN_YEARS_MILLIS)).unwrap_or(0)
            - i64::try_from(TEN_YEARS_MILLIS).unwrap_or(0);
        self.tally.add(Event::ClockJump, 1);
        self.note_of(number, || format!("the clock jumps by {years} ms"));
        self.devices[number].shift_clock(years);
    }

    /// The first answers of a hub may be lost as well: the same code works again for the same key.
    fn enrol(&mut self, number: usize) -> Result<(), Violation> {
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
        let (step, name) = (self.tally.steps, self.devices[number].name);
        self.note(|| format!("{step:>3} {name}: {}", line()));
    }

    /// The trace so far.
    pub(super) fn into_trace(self) -> Vec<String> {
        self.trace.into()
    }
}
