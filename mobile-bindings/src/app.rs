//! The app object: one per process, behind one lock.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use xunge_field::{Ports, StoreProtection};

use crate::error::FieldError;
use crate::key_wrapper::{KeyWrapper, Wrapping};
use crate::log_sink::{Log, LogEvent};
use crate::platform::{SystemClock, SystemEntropy};
use crate::signer::{DeviceSigner, KeyStore};

/// What the platform gives the core.
pub(crate) fn ports(
    signer: Arc<dyn DeviceSigner>,
    key_wrapper: Arc<dyn KeyWrapper>,
) -> Result<Ports, FieldError> {
    Ok(Ports {
        clock: Box::new(SystemClock),
        entropy: Box::new(SystemEntropy),
        signer: Box::new(KeyStore::new(signer)?),
        key_wrapper: Some(Box::new(Wrapping(key_wrapper))),
        build: concat!("xunge-mobile ", env!("CARGO_PKG_VERSION")).into(),
    })
}

/// The app's core. Every call blocks on one lock and on the disk: call from a background thread, one is enough.
/// A call costs 7-50 µs for the crossing alone, so what a screen shows comes whole, never row by row.
#[derive(uniffi::Object)]
pub struct FieldApp {
    inner: Mutex<Option<xunge_field::FieldApp>>,
    pub(crate) log: Log,
}

impl FieldApp {
    /// Runs one verb. After a panic inside a verb the next one goes on: every write is one transaction of the store,
    /// and an unfinished one was rolled back.
    pub(crate) fn with<Answer>(
        &self,
        work: impl FnOnce(&mut xunge_field::FieldApp) -> Result<Answer, xunge_field::FieldError>,
    ) -> Result<Answer, FieldError> {
        let answer = self.locked(work);
        if let Err(FieldError::Failed { code, .. }) = &answer {
            self.log.tell(LogEvent::Failed { code: code.clone() });
        }
        answer
    }

    fn locked<Answer>(
        &self,
        work: impl FnOnce(&mut xunge_field::FieldApp) -> Result<Answer, xunge_field::FieldError>,
    ) -> Result<Answer, FieldError> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let app = inner.as_mut().ok_or_else(FieldError::shut_down)?;
        Ok(work(app)?)
    }
}

#[uniffi::export]
impl FieldApp {
    /// Opens the encrypted store in this folder, making it when there is none. Background thread; disk, ≤ 50 ms for
    /// 100,000 cases, more after a crash; seconds, once, for a store that an older version left unencrypted.
    ///
    /// # Errors
    /// Newer, damaged, in use, full, or `store_key_wrong`, `store_key_missing`, `store_key_unavailable`: the key of the
    /// store cannot be had. Whatever is there stays as it is.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        signer: Arc<dyn DeviceSigner>,
        key_wrapper: Arc<dyn KeyWrapper>,
    ) -> Result<Arc<Self>, FieldError> {
        let ports = ports(signer, key_wrapper)?;
        let app = xunge_field::FieldApp::open(Path::new(&folder), ports)?;
        Ok(Arc::new(Self {
            inner: Mutex::new(Some(app)),
            log: Log::default(),
        }))
    }

    /// Folds the log in and closes all files: call when the app goes to the background, before the system freezes
    /// it. Background thread; disk, a few ms. Idempotent.
    ///
    /// # Errors
    /// The log could not be folded in; nothing is lost.
    pub fn suspend(&self) -> Result<(), FieldError> {
        let done = self.with(xunge_field::FieldApp::suspend);
        self.log.done(done, LogEvent::Suspended)
    }

    /// Opens again after [`Self::suspend`]. Background thread; disk, a few ms. Idempotent.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn resume(&self) -> Result<(), FieldError> {
        let done = self.with(xunge_field::FieldApp::resume);
        self.log.done(done, LogEvent::Resumed)
    }

    /// Destroys everything on this device, the key first; what was not sent is lost. Afterwards this is an app that was
    /// never enrolled. Background thread; disk.
    ///
    /// # Errors
    /// A file cannot be removed, or the key store refuses: call again.
    pub fn wipe(&self) -> Result<(), FieldError> {
        let done = self.with(xunge_field::FieldApp::wipe);
        self.log.done(done, LogEvent::Wiped)
    }

    /// How what is on this device is protected. Background thread; one small file.
    ///
    /// # Errors
    /// The key file cannot be read.
    pub fn store_protection(&self) -> Result<StoreProtection, FieldError> {
        self.with(|app| app.store_protection())
    }

    /// Lets everything go; every later call but this one is told `shut_down`. Any thread; waits for the verb that is
    /// running. Idempotent. Not called `close`: generated code has a method of that name.
    pub fn shut_down(&self) {
        let app = self
            .inner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if app.is_some() {
            drop(app);
            self.log.tell(LogEvent::ShutDown);
        }
    }
}
