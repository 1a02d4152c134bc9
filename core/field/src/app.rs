//! The app object: opens the store, sleeps and wakes with the phone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use xunge_domain::ids::{Digest, DocumentId, InstallationId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;
use xunge_evidence::record::Uptime;
use xunge_store::{ChangeCounters, MemoryMedium, Session, Store};
use xunge_sync::device::DeviceMachine;
use xunge_sync::wire::ServerPin;

use crate::at_rest::open_store;
use crate::enrol::{is_forgotten, server_pin};
use crate::error::FieldError;
use crate::exchange::hand_up::Errands;
use crate::ports::Ports;
use crate::sealing::hub_now;
use crate::sync::columns::{hub_reads_columns, hub_takes_parts};
use crate::tables::Tables;
use crate::tasks::kept::kept;
use crate::views::PersonView;

/// Most cases looked at for one of a code: it stands in few others' texts.
const CODE_ROWS_MAX: usize = 50;

/// One worker's app on one device. Not for several threads at once: hold it behind a mutex.
pub struct FieldApp {
    pub(crate) store: Store,
    pub(crate) ports: Ports,
    pub(crate) machine: DeviceMachine,
    pub(crate) identity: Option<Identity>,
    /// When the push and pull that is under way was asked for.
    pub(crate) asked_at: Option<Timestamp>,
    /// What the clock nobody sets showed then.
    pub(crate) asked_uptime: Option<Uptime>,
    /// How far the errands of this round came.
    pub(crate) errands: Errands,
    /// All that the hub has of some documents, as the answer that is being taken in tells it.
    pub(crate) whole: WholeDocuments,
    /// Whether the link is one that is paid for by the byte, as the host said last.
    pub(crate) metered: bool,
}

/// The names of all changes of a document.
pub(crate) type WholeDocuments = BTreeMap<DocumentId, BTreeSet<Digest>>;

/// Who this device is, once enrolled.
pub(crate) struct Identity {
    pub(crate) session: Session,
    pub(crate) person: Person,
    pub(crate) tables: Tables,
    /// The authority of the hub's certificate; `None` where it had none of its own at enrolment.
    pub(crate) pin: Option<ServerPin>,
    /// Whether the hub reads columns, as it last said.
    pub(crate) columns: bool,
    /// Whether the hub takes a push in parts, as it last said.
    pub(crate) parts: bool,
    /// Whether the hub said last that it does not know this device: then it may enrol again.
    pub(crate) forgotten: bool,
}

impl Identity {
    pub(crate) const fn installation(&self) -> &InstallationId {
        &self.session.installation
    }
}

impl FieldApp {
    /// Opens the store in `folder`, making it when there is none: encrypted when the ports bring a key wrapper. Reads the
    /// disk; ≤ 50 ms for 100,000 cases. A store that is not encrypted yet becomes so, which takes seconds, once.
    ///
    /// # Errors
    /// Newer, damaged, in use, full, or its key cannot be had; whatever is there stays as it is.
    pub fn open(folder: &Path, ports: Ports) -> Result<Self, FieldError> {
        Self::on(open_store(folder, &ports)?, ports)
    }

    /// Opens on a medium in memory: what the simulation does.
    ///
    /// # Errors
    /// The medium is in use.
    pub fn open_medium(medium: &MemoryMedium, ports: Ports) -> Result<Self, FieldError> {
        Self::on(Store::open_medium(medium)?, ports)
    }

    fn on(store: Store, ports: Ports) -> Result<Self, FieldError> {
        let mut app = Self {
            store,
            ports,
            machine: DeviceMachine::default(),
            identity: None,
            asked_at: None,
            asked_uptime: None,
            errands: Errands::default(),
            whole: WholeDocuments::new(),
            metered: false,
        };
        app.load_identity()?;
        app.wrap_for_recovery()?;
        app.let_go_of_base_maps();
        Ok(app)
    }

    pub(crate) fn load_identity(&mut self) -> Result<(), FieldError> {
        self.identity = self
            .store
            .read(|reader| -> Result<Option<Identity>, FieldError> {
                let Some(session) = reader.session()? else {
                    return Ok(None);
                };
                let person = minicbor::decode(&session.person)
                    .map_err(|_| FieldError::Invalid { what: "person" })?;
                Ok(Some(Identity {
                    session,
                    person,
                    tables: Tables::load(reader)?,
                    pin: server_pin(reader)?,
                    columns: hub_reads_columns(reader)?,
                    parts: hub_takes_parts(reader)?,
                    forgotten: is_forgotten(reader)?,
                }))
            })?;
        self.machine.tasks_known(self.store.read(kept)?);
        Ok(())
    }

    /// Folds the log in and closes all files: call when the app goes to the background. Idempotent.
    ///
    /// # Errors
    /// The log could not be folded in; nothing is lost.
    pub fn suspend(&mut self) -> Result<(), FieldError> {
        Ok(self.store.suspend()?)
    }

    /// Opens again. Idempotent.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn resume(&mut self) -> Result<(), FieldError> {
        Ok(self.store.resume()?)
    }

    /// Speaks plain alone with the hub, as a client does that has no other capability: for measurements and tests. Until
    /// the app is opened again.
    pub const fn speak_plain(&mut self) {
        self.machine.speak_plain();
    }

    /// Pushes in parts of at most so many bytes of raw changes, a document at least, for tests whose cases are few and
    /// small. Until the app is opened again.
    pub const fn cut_finely(&mut self, part_bytes: usize) {
        self.machine.cut_finely(part_bytes);
    }

    /// How often cases, sync and drafts changed: poll it to know when to read again. From memory.
    pub fn change_counters(&self) -> ChangeCounters {
        self.store.change_counters()
    }

    /// The device's clock, as the host gives it.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// What time it is by the hub's clock, as far as this device knows: what is due is due by that.
    ///
    /// # Errors
    /// The store's.
    pub fn hub_time(&self) -> Result<Timestamp, FieldError> {
        self.store.read(|reader| hub_now(reader, &self.ports))
    }

    /// Whose device this is; `None` before enrolment.
    pub fn me(&self) -> Option<PersonView> {
        self.identity
            .as_ref()
            .map(|identity| PersonView::of(&identity.person))
    }

    /// Where the hub is; `None` before enrolment.
    pub fn server_url(&self) -> Option<String> {
        self.identity
            .as_ref()
            .map(|identity| identity.session.server_url.clone())
    }

    /// What the host must hold the server's certificate against before it sends anything: a certificate of the shown chain,
    /// up to which every signature and the server's name hold, must be the pinned one. Dates do not count, because this
    /// device's clock may be wrong by years. What does not fit is [`HttpAnswer::WrongCertificate`]. `None` before
    /// enrolment, and where the server had no TLS of its own: then the platform's rules hold alone.
    ///
    /// [`HttpAnswer::WrongCertificate`]: xunge_sync::device::HttpAnswer::WrongCertificate
    pub fn server_pin(&self) -> Option<ServerPin> {
        self.identity.as_ref().and_then(|identity| identity.pin)
    }

    /// A case by its id, or by the end of it that people say over the phone.
    ///
    /// # Errors
    /// Nothing on this device is called so.
    pub fn resolve(&self, id_or_code: &str) -> Result<DocumentId, FieldError> {
        if let Ok(id) = id_or_code.parse() {
            return Ok(id);
        }
        let code = id_or_code.trim().to_uppercase();
        let rows = self
            .store
            .read(|reader| reader.search_cases(&code, None, CODE_ROWS_MAX))?;
        rows.iter()
            .find(|row| row.local_code == code)
            .map(|row| row.document)
            .ok_or(FieldError::NotFound { what: "case" })
    }

    pub(crate) fn identity(&self) -> Result<&Identity, FieldError> {
        self.identity.as_ref().ok_or(FieldError::NotEnrolled)
    }
}
