//! A device without a phone: the facade over a medium that outlives it, a clock and an entropy of the schedule.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use xunge_field::domain::ids::PersonId;
use xunge_field::domain::time::Timestamp;
use xunge_field::{Clock, Entropy, FieldApp, FieldError, HttpRequest, Ports, SoftwareKey};
use xunge_store::{ChangeCounters, MemoryMedium};

use super::cast::{self, Part};
use super::violation::Violation;
use crate::proxy::SplitMix;

struct VirtualClock(Arc<AtomicI64>);

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

struct SeededEntropy(Arc<Mutex<SplitMix>>);

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut random = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for byte in buffer {
            *byte = random.below(256) as u8;
        }
    }
}

/// How a verb ended.
pub(super) enum Did<Answer> {
    /// It returned.
    Done(Answer),
    /// The facade said no, before anything was written.
    Refused(String),
    /// The power went. The device is on again.
    Crashed,
}

/// One device.
pub(super) struct Device {
    /// For traces.
    pub(super) name: &'static str,
    /// Whose it is.
    pub(super) person: PersonId,
    /// What a disk would hold.
    pub(super) medium: MemoryMedium,
    app: Option<FieldApp>,
    clock: Arc<AtomicI64>,
    entropy: Arc<Mutex<SplitMix>>,
    key: SoftwareKey,
    /// Whether the power will go at some write.
    armed: bool,
    /// The request whose answer the device waits for.
    pub(super) in_flight: Option<HttpRequest>,
    /// What was last looked at.
    pub(super) seen: Option<ChangeCounters>,
}

impl Device {
    /// A device that is not enrolled.
    pub(super) fn new(number: usize, (person, name): Part, seed: u64) -> Result<Self, FieldError> {
        let mut device = Self {
            name,
            person: cast::person_id(person),
            medium: MemoryMedium::new(),
            app: None,
            clock: Arc::new(AtomicI64::new(cast::monday().as_millis())),
            entropy: Arc::new(Mutex::new(SplitMix::of(seed, number as u64))),
            key: cast::key(number + 1),
            armed: false,
            in_flight: None,
            seen: None,
        };
        device.switch_on()?;
        Ok(device)
    }

    fn switch_on(&mut self) -> Result<&mut FieldApp, FieldError> {
        let ports = Ports {
            clock: Box::new(VirtualClock(Arc::clone(&self.clock))),
            entropy: Box::new(SeededEntropy(Arc::clone(&self.entropy))),
            signer: Box::new(self.key.clone()),
        };
        self.armed = false;
        Ok(self.app.insert(FieldApp::open_medium(&self.medium, ports)?))
    }

    /// The app.
    pub(super) fn app(&mut self) -> Result<&mut FieldApp, FieldError> {
        match self.app {
            Some(ref mut app) => Ok(app),
            None => self.switch_on(),
        }
    }

    /// Drops the app as a kill would: an open transaction is gone, what was committed stays.
    pub(super) fn switch_off(&mut self) {
        self.app = None;
        self.seen = None;
    }

    /// Kills the app and opens it again.
    pub(super) fn restart(&mut self) -> Result<(), FieldError> {
        self.switch_off();
        self.switch_on().map(|_| ())
    }

    /// The power goes after so many more writes.
    pub(super) fn arm(&mut self, writes: u64) {
        self.medium.cut_power_after(writes);
        self.armed = true;
    }

    /// Runs a verb. A cut of the power restarts the device; any other trouble of the store is a finding.
    pub(super) fn run<Answer>(
        &mut self,
        verb: impl FnOnce(&mut FieldApp) -> Result<Answer, FieldError>,
    ) -> Result<Did<Answer>, Violation> {
        match verb(self.app()?) {
            Ok(answer) => Ok(Did::Done(answer)),
            Err(FieldError::Store(_)) if self.armed => {
                self.restart()?;
                Ok(Did::Crashed)
            }
            Err(
                cause @ (FieldError::Declined(_)
                | FieldError::NotFound { .. }
                | FieldError::Invalid { .. }),
            ) => Ok(Did::Refused(cause.code().to_owned())),
            Err(cause) => Err(cause.into()),
        }
    }

    /// Reads, with the power on: a cut that waits strikes now and the device is started again.
    pub(super) fn look<Answer>(
        &mut self,
        read: impl Fn(&FieldApp) -> Result<Answer, FieldError>,
    ) -> Result<Answer, Violation> {
        match read(self.app()?) {
            Err(FieldError::Store(_)) if self.armed => {
                self.restart()?;
                Ok(read(self.app()?)?)
            }
            other => Ok(other?),
        }
    }

    /// Sets the device's clock forward or back.
    pub(super) fn shift_clock(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}
