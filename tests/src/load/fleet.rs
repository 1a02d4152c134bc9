//! The devices, and when each of them does what.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use xunge_field::FieldApp;
use xunge_field::domain::ids::DocumentId;
use xunge_store::MemoryMedium;

use super::LoadError;
use super::part::Tally;
use crate::device::{Link, open_in_memory, synchronise};
use crate::workload::{self, Area};

/// Cases a device holds before anything is counted; its edits go round among them.
const CASES_HELD: u64 = 4;
/// Tries in a row before a device gives up. Each that fails is an error of its own all the same.
const TRIES: u32 = 8;
/// Seeds of a device's texts: one for what it holds, one for the storm, the rest for its edits.
const SEEDS_OF_DEVICE: u64 = 1_000_000;

/// One device: the core, its store, its worker's own cases.
pub(super) struct Device {
    number: usize,
    area: Area,
    url: String,
    link: Link,
    app: FieldApp,
    /// What is in the store, for a look at it when the app is closed.
    medium: MemoryMedium,
    pub(super) cases: Vec<DocumentId>,
}

impl Device {
    /// A new device, enrolled.
    pub(super) fn enrol(
        number: usize,
        area: Area,
        url: &str,
        code: &str,
    ) -> Result<Self, LoadError> {
        let medium = MemoryMedium::new();
        let mut app = open_in_memory(&medium)?;
        let link = Link::new(url);
        let (enrolment, request) = app.begin_enrolment(url, code)?;
        app.finish_enrolment(&enrolment, link.perform(&request))?;
        Ok(Self {
            number,
            area,
            url: url.to_owned(),
            link,
            app,
            medium,
            cases: Vec::new(),
        })
    }

    /// Closes the app and leaves what a disk would hold.
    pub(super) fn close(self) -> (MemoryMedium, Vec<DocumentId>) {
        let Self {
            app, medium, cases, ..
        } = self;
        drop(app);
        (medium, cases)
    }

    fn seed(&self, seed: u64, what: u64) -> u64 {
        seed.wrapping_add(self.number as u64 * SEEDS_OF_DEVICE + what)
    }

    fn write(&mut self, cases: u64, seed: u64) -> Result<(), LoadError> {
        let written = workload::write_in(&mut self.app, &self.area, cases, seed)?;
        self.cases.extend(written);
        Ok(())
    }

    /// Two edits of one of its own cases, another one every time.
    fn edit(&mut self, seed: u64, round: u64) -> Result<(), LoadError> {
        let seed = self.seed(seed, 2 + round);
        let count = self.cases.len().max(1) as u64;
        let which = usize::try_from(round % count).unwrap_or(0);
        if let Some(case) = self.cases.get(which) {
            workload::touch_one(&mut self.app, *case, seed)?;
        }
        Ok(())
    }

    /// One round, counted.
    fn round(&mut self, tally: &mut Tally) -> Result<(), LoadError> {
        let report = synchronise(&mut self.app, &self.link, TRIES, &mut |millis| {
            thread::sleep(Duration::from_millis(millis));
        })?;
        tally.take(&report);
        Ok(())
    }
}

/// All devices.
pub(super) struct Fleet {
    devices: Vec<Device>,
}

impl Fleet {
    pub(super) fn new(devices: Vec<Device>) -> Self {
        Self { devices }
    }

    pub(super) fn into_devices(self) -> Vec<Device> {
        self.devices
    }

    /// Gives every device a few cases, at the hub and at the other device of the beat.
    pub(super) fn hold_cases(&mut self, seed: u64) -> Result<(), LoadError> {
        self.few_at_once(&|device| {
            device.write(CASES_HELD, device.seed(seed, 0))?;
            device.round(&mut Tally::default())
        })?;
        self.few_at_once(&|device| device.round(&mut Tally::default()))
    }

    /// Everybody writes cases while there is no signal.
    pub(super) fn write_offline(&mut self, cases: u64, seed: u64) -> Result<(), LoadError> {
        self.few_at_once(&|device| device.write(cases, device.seed(seed, 1)))
    }

    /// A round of every device in every interval, evenly spread, each with two changes.
    pub(super) fn steady(
        &mut self,
        length: Duration,
        every: Duration,
        seed: u64,
    ) -> Result<Vec<Tally>, LoadError> {
        let count = self.devices.len();
        self.all_at_once(&|device, began| {
            let mut tally = Tally::default();
            let mut due = share(every, device.number, count);
            for round in 0.. {
                if due >= length {
                    break;
                }
                device.edit(seed, round)?;
                wait_until(began + due);
                tally.late.push((began + due).elapsed());
                device.round(&mut tally)?;
                due += every;
            }
            Ok(tally)
        })
    }

    /// Everybody comes back, one after the other within `length`, over connections of their own, and stays until
    /// nothing is left to send.
    pub(super) fn storm(&mut self, length: Duration) -> Result<Vec<Tally>, LoadError> {
        let count = self.devices.len();
        self.all_at_once(&|device, began| {
            let mut tally = Tally::default();
            device.link = Link::new(&device.url);
            let due = began + share(length, device.number, count);
            wait_until(due);
            tally.late.push(due.elapsed());
            device.round(&mut tally)?;
            Ok(tally)
        })
    }

    /// What the hub did not take, by code: nothing here is forbidden, so each is an error.
    pub(super) fn set_aside(&self) -> Result<BTreeMap<String, u64>, LoadError> {
        let mut codes = BTreeMap::new();
        for device in &self.devices {
            for item in device.app.sync_status()?.set_aside {
                *codes.entry(item.reason.code).or_default() += 1;
            }
        }
        Ok(codes)
    }

    /// A thread a device: each keeps its own times, and none waits for another.
    fn all_at_once(
        &mut self,
        work: &(dyn Fn(&mut Device, Instant) -> Result<Tally, LoadError> + Sync),
    ) -> Result<Vec<Tally>, LoadError> {
        let began = Instant::now();
        thread::scope(|scope| {
            let threads: Vec<_> = self
                .devices
                .iter_mut()
                .map(|device| scope.spawn(move || work(device, began)))
                .collect();
            let ends = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ends.map(|end| end.map_err(|_| LoadError::Thread)?)
                .collect()
        })
    }

    /// A thread a core: for what is not counted.
    fn few_at_once(
        &mut self,
        work: &(dyn Fn(&mut Device) -> Result<(), LoadError> + Sync),
    ) -> Result<(), LoadError> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let share = self.devices.len().div_ceil(cores).max(1);
        thread::scope(|scope| {
            let threads: Vec<_> = self
                .devices
                .chunks_mut(share)
                .map(|devices| scope.spawn(move || devices.iter_mut().try_for_each(work)))
                .collect();
            let mut ends = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ends.try_for_each(|end| end.map_err(|_| LoadError::Thread)?)
        })
    }
}

/// When the turn of one of so many comes within an interval.
fn share(interval: Duration, number: usize, count: usize) -> Duration {
    interval.mul_f64(number as f64 / count.max(1) as f64)
}

fn wait_until(due: Instant) {
    thread::sleep(due.saturating_duration_since(Instant::now()));
}
