//! A phone: a folder, a clock and entropy that go on over a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tempfile::TempDir;
use xunge_domain::case::{PhotoPurpose, Severity};
use xunge_domain::geo::Point;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_field::{
    CaseView, Clock, DraftContent, Entropy, FieldApp, FieldError, PhotoInput, Ports, SoftwareKey,
    SoftwareKeyWrapper, Uptime,
};

use crate::hub::Hub;
use crate::pictures::jpeg;

pub(crate) const CLASS: &str = "road_damage";
pub(crate) const START: i64 = 1_751_252_400_000;

/// Inside the one unit grid that the hub gives out.
pub(crate) const INSIDE: Point = Point {
    longitude_e7: 1_137_861_000,
    latitude_e7: 347_552_000,
};

/// The wall clock, what somebody added to it, and which start of the device this is.
#[derive(Clone)]
struct TestClock(Arc<AtomicI64>, Arc<AtomicI64>, Arc<AtomicU64>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        // Every look is a second later, so that things have an order.
        let runs = self.0.fetch_add(1_000, Ordering::Relaxed);
        Timestamp::from_millis(runs + self.1.load(Ordering::Relaxed))
    }

    fn uptime(&self) -> Option<Uptime> {
        let runs = self.0.load(Ordering::Relaxed) - START;
        Some(Uptime {
            boot: [self.2.load(Ordering::Relaxed) as u8; 16].into(),
            millis: u64::try_from(runs).ok()?,
        })
    }
}

#[derive(Clone)]
struct TestEntropy(Arc<AtomicU64>);

impl Entropy for TestEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let drawn = self.0.fetch_add(1, Ordering::Relaxed);
            let bytes = *Digest::of(&drawn.to_be_bytes()).as_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

pub(crate) struct Phone {
    pub(crate) folder: TempDir,
    /// `None` while it is switched off.
    app: Option<FieldApp>,
    /// What wraps the key of its store; `None` leaves that unencrypted.
    pub(crate) key_wrapper: Option<SoftwareKeyWrapper>,
    clock: TestClock,
    entropy: TestEntropy,
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self::with(Some(SoftwareKeyWrapper::from_bytes([6; 32])))
    }

    /// A phone whose store is as encrypted as this wrapper makes it.
    pub(crate) fn with(key_wrapper: Option<SoftwareKeyWrapper>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut phone = Self {
            folder,
            app: None,
            key_wrapper,
            clock: TestClock(
                Arc::new(AtomicI64::new(START)),
                Arc::default(),
                Arc::default(),
            ),
            entropy: TestEntropy(Arc::new(AtomicU64::new(0))),
        };
        phone.app = Some(phone.open().unwrap());
        phone
    }

    /// A phone of the hub's worker.
    pub(crate) fn enrolled(hub: &mut Hub) -> Self {
        Self::new().enrol(hub)
    }

    /// This phone, given to the hub's worker.
    pub(crate) fn enrol(self, hub: &mut Hub) -> Self {
        let mut phone = self;
        let (enrolment, request) = phone
            .app()
            .begin_enrolment("http://hub.example/", &hub.code())
            .unwrap();
        let answer = hub.enrol(&request);
        phone.app().finish_enrolment(&enrolment, answer).unwrap();
        phone
    }

    pub(crate) fn app(&mut self) -> &mut FieldApp {
        self.app.as_mut().expect("switched on")
    }

    /// Opens the store as the app does at its start.
    pub(crate) fn open(&self) -> Result<FieldApp, FieldError> {
        FieldApp::open(self.folder.path(), self.ports())
    }

    /// Clock, entropy and key of this phone.
    pub(crate) fn ports(&self) -> Ports {
        Ports {
            clock: Box::new(self.clock.clone()),
            entropy: Box::new(self.entropy.clone()),
            signer: Box::new(SoftwareKey::from_bytes(&[9; 32]).unwrap()),
            key_wrapper: self
                .key_wrapper
                .clone()
                .map(|wrapper| Box::new(wrapper) as _),
            build: "test".into(),
        }
    }

    /// Time goes by, by every clock.
    pub(crate) fn advance(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::Relaxed);
    }

    /// Somebody sets the wall clock; the device runs on.
    pub(crate) fn set_wall_clock_back(&self, millis: i64) {
        self.clock.1.fetch_sub(millis, Ordering::Relaxed);
    }

    /// The device starts anew.
    pub(crate) fn reboot(&mut self) {
        self.switch_off();
        self.clock.2.fetch_add(1, Ordering::Relaxed);
        self.app = Some(self.open().unwrap());
    }

    /// The system ends the app without a word, and the worker starts it again.
    pub(crate) fn kill_and_start(&mut self) {
        self.switch_off();
        self.app = Some(self.open().unwrap());
    }

    pub(crate) fn switch_off(&mut self) {
        self.app = None;
    }

    /// A draft that can be reported, with one photo.
    pub(crate) fn draft(&mut self, title: &str) -> DocumentId {
        let draft = self.app().new_draft().unwrap();
        self.attach_to_draft(draft, &jpeg(title)).unwrap();
        let mut content = self.app().draft(draft).unwrap().content;
        content.class = Some(CLASS.into());
        content.title = title.into();
        content.point = Some(INSIDE);
        content.severity = Severity::Serious;
        self.app().save_draft(draft, &content).unwrap();
        draft
    }

    pub(crate) fn attach_to_draft(
        &mut self,
        draft: DocumentId,
        bytes: &[u8],
    ) -> Result<Digest, FieldError> {
        self.app().attach_to_draft(draft, photo(bytes))
    }

    pub(crate) fn change_draft(
        &mut self,
        draft: DocumentId,
        change: impl FnOnce(&mut DraftContent),
    ) {
        let mut content = self.app().draft(draft).unwrap().content;
        change(&mut content);
        self.app().save_draft(draft, &content).unwrap();
    }

    pub(crate) fn report(&mut self, title: &str) -> DocumentId {
        let draft = self.draft(title);
        self.app().report(draft).unwrap()
    }

    pub(crate) fn show(&mut self, case: DocumentId) -> CaseView {
        self.app().show(case).unwrap()
    }

    pub(crate) fn comments(&mut self, case: DocumentId) -> Vec<String> {
        let comments = self.show(case).comments;
        comments.into_iter().map(|note| note.text).collect()
    }
}

pub(crate) const fn photo(bytes: &[u8]) -> PhotoInput<'_> {
    PhotoInput {
        bytes,
        purpose: PhotoPurpose::Found,
        caption: "",
        point: None,
        fixes: &[],
        signals: &[],
    }
}
