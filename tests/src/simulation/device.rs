//! A device without a phone: the facade over a medium that outlives it, a clock and an entropy of the schedule.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;
use xunge_field::domain::ids::{InstallationId, PersonId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{
    Clock, Entropy, FieldApp, FieldError, HttpRequest, Ports, SoftwareKey, SoftwareKeyWrapper,
};
use xunge_store::{ChangeCounters, MemoryMedium, OpenStoreError, Store, WrappedKey};

use super::cast::{self, Part};
use super::violation::Violation;
use crate::proxy::SplitMix;

/// One device in so many is an old client. By its number, not drawn: a seed's schedule stays what it was.
const OLD_ONE_IN: u64 = 4;
/// One in so many cuts its pushes into parts as large as the product's, which no schedule fills; the others make a part
/// of every document. By its number as well.
const WHOLE_ONE_IN: u64 = 5;

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

/// Where a device's store is.
pub(super) enum Medium {
    /// In memory, where the power can go between any two writes.
    Memory(MemoryMedium),
    /// In a folder: SQLite on real files, where an app can be killed between its verbs.
    Folder(TempDir),
}

impl Medium {
    fn new(on_files: bool) -> Result<Self, Violation> {
        Ok(if on_files {
            Self::Folder(TempDir::new().map_err(|cause| Violation::trouble(&cause))?)
        } else {
            Self::Memory(empty_medium()?)
        })
    }

    fn open_app(&self, ports: Ports) -> Result<FieldApp, FieldError> {
        match self {
            Self::Memory(medium) => FieldApp::open_medium(medium, ports),
            Self::Folder(folder) => FieldApp::open(folder.path(), ports),
        }
    }

    fn open_store(&self) -> Result<Store, OpenStoreError> {
        match self {
            Self::Memory(medium) => Store::open_medium(medium),
            Self::Folder(folder) => {
                let source = WrappedKey {
                    wrapper: &key_wrapper(),
                    // Asked for a new store alone, and this one is there.
                    random: &|bytes| bytes.fill(0),
                };
                Store::open_encrypted(folder.path(), &source)
            }
        }
    }

    fn copy(&self) -> Result<Self, Violation> {
        match self {
            Self::Memory(medium) => {
                let copy = medium.copy()?;
                let copy = copy.ok_or_else(|| Violation::trouble(&"the store is in use"))?;
                Ok(Self::Memory(copy))
            }
            Self::Folder(folder) => {
                let copy = TempDir::new().map_err(|cause| Violation::trouble(&cause))?;
                copy_folder(folder.path(), copy.path())
                    .map_err(|cause| Violation::trouble(&cause))?;
                Ok(Self::Folder(copy))
            }
        }
    }
}

/// What the key store of a simulated phone does.
const fn key_wrapper() -> SoftwareKeyWrapper {
    SoftwareKeyWrapper::from_bytes([7; 32])
}

/// A medium with a store on it that nobody used yet: a copy of one costs less than making each anew.
fn empty_medium() -> Result<MemoryMedium, Violation> {
    static EMPTY: Mutex<Option<MemoryMedium>> = Mutex::new(None);
    let mut empty = EMPTY.lock().unwrap_or_else(PoisonError::into_inner);
    let made = match empty.take() {
        Some(made) => made,
        None => {
            let made = MemoryMedium::new();
            drop(Store::open_medium(&made)?);
            made
        }
    };
    let copy = made.copy()?;
    *empty = Some(made);
    copy.ok_or_else(|| Violation::trouble(&"the store is in use"))
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// One device.
pub(super) struct Device {
    /// For traces.
    pub(super) name: String,
    /// Whose it is.
    pub(super) person: PersonId,
    /// What a disk would hold. Behind the app, which is closed first.
    medium: Medium,
    app: Option<FieldApp>,
    clock: Arc<AtomicI64>,
    entropy: Arc<Mutex<SplitMix>>,
    key: SoftwareKey,
    /// Whether it is an old client, that speaks plain alone.
    old: bool,
    /// How large the parts of its pushes are: small enough that a few cases make several.
    part_bytes: Option<usize>,
    /// Whether the power will go at some write.
    armed: bool,
    /// The request whose answer the device waits for.
    pub(super) in_flight: Option<HttpRequest>,
    /// Whom its last request said it is.
    pub(super) shown: Option<InstallationId>,
    /// How many requests it has made.
    pub(super) sent: u64,
    /// The newest of its requests that reached the hub.
    pub(super) arrived: u64,
    /// The last step in which its link is dead.
    pub(super) dead_until: u64,
    /// The newest epoch of the hub that it has shown to know.
    pub(super) epoch: u64,
    /// What was last looked at.
    pub(super) seen: Option<ChangeCounters>,
}

impl Device {
    /// A device that is not enrolled.
    pub(super) fn new(
        number: usize,
        (person, name): Part,
        seed: u64,
        on_files: bool,
    ) -> Result<Self, Violation> {
        let mut device = Self {
            name: name.to_owned(),
            person: cast::person_id(person),
            medium: Medium::new(on_files)?,
            app: None,
            clock: Arc::new(AtomicI64::new(cast::monday().as_millis())),
            entropy: Arc::new(Mutex::new(SplitMix::of(seed, number as u64))),
            key: cast::key(number + 1),
            old: (seed + number as u64).is_multiple_of(OLD_ONE_IN),
            part_bytes: (!(seed + number as u64).is_multiple_of(WHOLE_ONE_IN)).then_some(1),
            armed: false,
            in_flight: None,
            shown: None,
            sent: 0,
            arrived: 0,
            dead_until: 0,
            epoch: 1,
            seen: None,
        };
        device.switch_on()?;
        Ok(device)
    }

    /// Another device that holds a copy of this one's store, with its key: a copied phone.
    pub(super) fn twin(&self, medium: Medium, seed: u64, number: usize) -> Result<Self, Violation> {
        let mut twin = Self {
            name: format!("{}'s copy", self.name),
            person: self.person.clone(),
            medium,
            app: None,
            clock: Arc::new(AtomicI64::new(self.clock.load(Ordering::SeqCst))),
            entropy: Arc::new(Mutex::new(SplitMix::of(seed, number as u64))),
            key: self.key.clone(),
            old: self.old,
            part_bytes: self.part_bytes,
            armed: false,
            in_flight: None,
            shown: None,
            sent: 0,
            arrived: 0,
            dead_until: 0,
            epoch: self.epoch,
            seen: None,
        };
        twin.switch_on()?;
        Ok(twin)
    }

    /// Whether it is an old client: nothing ever leaves it.
    pub(super) const fn is_old(&self) -> bool {
        self.old
    }

    /// A copy of the store, as a backup of the phone would take it.
    pub(super) fn copy_medium(&mut self) -> Result<Medium, Violation> {
        self.switch_off();
        let copy = self.medium.copy()?;
        self.switch_on()?;
        Ok(copy)
    }

    /// Another store takes the place of this one.
    pub(super) fn put_back(&mut self, medium: Medium) -> Result<(), Violation> {
        self.switch_off();
        self.in_flight = None;
        self.medium = medium;
        self.switch_on()?;
        Ok(())
    }

    /// The store behind the app, which is closed for it.
    pub(super) fn open_store(&mut self) -> Result<Store, OpenStoreError> {
        self.switch_off();
        self.medium.open_store()
    }

    /// Who the device is for the hub at this moment.
    pub(super) fn installation(&mut self) -> Result<Option<InstallationId>, Violation> {
        let (in_flight, seen) = (self.in_flight.take(), self.seen);
        let store = self.open_store()?;
        let session = store.read(|reader| reader.session())?;
        drop(store);
        self.switch_on()?;
        (self.in_flight, self.seen) = (in_flight, seen);
        Ok(session.map(|session| session.installation))
    }

    fn switch_on(&mut self) -> Result<&mut FieldApp, FieldError> {
        let ports = Ports {
            clock: Box::new(VirtualClock(Arc::clone(&self.clock))),
            entropy: Box::new(SeededEntropy(Arc::clone(&self.entropy))),
            signer: Box::new(self.key.clone()),
            key_wrapper: Some(Box::new(key_wrapper())),
            build: "simulation".into(),
        };
        self.armed = false;
        let app = self.app.insert(self.medium.open_app(ports)?);
        if self.old {
            app.speak_plain();
        }
        if let Some(bytes) = self.part_bytes {
            app.cut_finely(bytes);
        }
        Ok(app)
    }

    /// The app.
    pub(super) fn app(&mut self) -> Result<&mut FieldApp, FieldError> {
        match self.app {
            Some(ref mut app) => Ok(app),
            None => self.switch_on(),
        }
    }

    /// Whether it was revoked and told so: it is nobody's any more.
    pub(super) fn is_wiped(&mut self) -> Result<bool, FieldError> {
        Ok(self.app()?.me().is_none())
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

    /// The power goes after so many more writes. A disk has no such plug: `make kills` pulls it there.
    pub(super) fn arm(&mut self, writes: u64) {
        if let Medium::Memory(medium) = &self.medium {
            medium.cut_power_after(writes);
            self.armed = true;
        }
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
                // Of a device that was wiped.
                | FieldError::NotEnrolled
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
