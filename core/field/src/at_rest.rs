//! The store under a key: opened through the platform's key store, wrapped for the organisation's recovery key, wiped.

use std::fmt;
use std::path::Path;

use xunge_store::{
    DataKey, KeySource, KeyUnavailable, KeyWrapper, RecoveryPublicKey, Store, Tx, WrappedKey,
    unwrap_in_software, wrap_in_software,
};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::exchange::hand_up::Errands;
use crate::ports::Ports;

/// The public half of the organisation's recovery key, as enrolment gave it.
const RECOVERY_KEY: &str = "recovery_public_key";

/// How what is on this device is protected from who finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreProtection {
    /// The store is encrypted.
    pub encrypted: bool,
    /// What opens it lives in a secure element; otherwise in software.
    pub in_hardware: bool,
    /// The organisation can open it as well, should this device lose its key.
    pub recoverable: bool,
}

/// Wraps with 32 secret bytes that the host keeps: for computers, where there is no key store. It says `software`.
#[derive(Clone)]
pub struct SoftwareKeyWrapper([u8; 32]);

impl SoftwareKeyWrapper {
    /// From 32 random bytes, the same at every start.
    pub const fn from_bytes(secret: [u8; 32]) -> Self {
        Self(secret)
    }
}

impl fmt::Debug for SoftwareKeyWrapper {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SoftwareKeyWrapper(..)")
    }
}

impl KeyWrapper for SoftwareKeyWrapper {
    fn wrap_key(&self, data_key: &DataKey) -> Result<Vec<u8>, KeyUnavailable> {
        Ok(wrap_in_software(&self.0, data_key))
    }
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, KeyUnavailable> {
        unwrap_in_software(&self.0, wrapped)
            .ok_or_else(|| KeyUnavailable::because("another secret wrapped this store's key"))
    }
    /// The host forgets the secret.
    fn destroy_key(&self) -> Result<(), KeyUnavailable> {
        Ok(())
    }
}

/// Opens the store as the ports say.
pub(crate) fn open_store(folder: &Path, ports: &Ports) -> Result<Store, FieldError> {
    with_source(ports, |source| match source {
        Some(source) => Ok(Store::open_encrypted(folder, source)?),
        None => Ok(Store::open(folder)?),
    })
}

pub(crate) fn with_source<Answer>(
    ports: &Ports,
    work: impl FnOnce(Option<&dyn KeySource>) -> Answer,
) -> Answer {
    match &ports.key_wrapper {
        None => work(None),
        Some(wrapper) => work(Some(&WrappedKey {
            wrapper: &**wrapper,
            random: &|bytes| ports.entropy.fill(bytes),
        })),
    }
}

/// Keeps what enrolment said of the recovery key; what is no key is left out, because no report must wait for it.
pub(crate) fn note_recovery_key(tx: &Tx<'_>, key: Option<&[u8; 33]>) -> Result<(), FieldError> {
    match key.filter(|key| RecoveryPublicKey::from_slice(*key).is_some()) {
        Some(key) => Ok(tx.set_setting(RECOVERY_KEY, key)?),
        None => Ok(tx.delete_setting(RECOVERY_KEY)?),
    }
}

impl FieldApp {
    /// How what is on this device is protected. Reads one small file.
    ///
    /// # Errors
    /// The key file cannot be read.
    pub fn store_protection(&self) -> Result<StoreProtection, FieldError> {
        let envelope = self.store.envelope()?;
        let envelope = envelope.as_ref();
        let platform = envelope.and_then(|envelope| envelope.platform());
        Ok(StoreProtection {
            encrypted: envelope.is_some(),
            in_hardware: platform.is_some_and(|platform| platform.in_hardware()),
            recoverable: envelope.is_some_and(|envelope| envelope.is_recoverable()),
        })
    }

    /// Destroys everything that is on this device: the wrapped key first, then the platform's key, then the files.
    /// Afterwards this is an app that was never enrolled, with an empty store. What was not sent is lost.
    ///
    /// # Errors
    /// A file cannot be removed, or the key store refuses: call again. No verb runs until it worked.
    pub fn wipe(&mut self) -> Result<(), FieldError> {
        self.forget_who_it_was();
        self.store.erase()?;
        if let Some(wrapper) = &self.ports.key_wrapper {
            wrapper
                .destroy_key()
                .map_err(xunge_store::OpenStoreError::from)?;
        }
        let store = &mut self.store;
        with_source(&self.ports, |source| store.begin_anew(source))?;
        Ok(())
    }

    /// What is in memory of the device's owner.
    pub(crate) fn forget_who_it_was(&mut self) {
        self.identity = None;
        self.asked_at = None;
        self.asked_uptime = None;
        self.errands = Errands::default();
        self.whole.clear();
        self.machine.begin_anew();
    }

    /// [`Self::wipe`] of a folder that no app has open: what is left when a store cannot be opened any more.
    ///
    /// # Errors
    /// As [`Self::wipe`], or an app has it open.
    pub fn wipe_folder(folder: &Path, wrapper: Option<&dyn KeyWrapper>) -> Result<(), FieldError> {
        Store::wipe(folder)?;
        if let Some(wrapper) = wrapper {
            wrapper
                .destroy_key()
                .map_err(xunge_store::OpenStoreError::from)?;
        }
        Ok(())
    }

    /// Wraps the data key for the recovery key that enrolment named. An envelope that cannot be written now (a full disk)
    /// keeps nobody from working: the next opening tries again, and [`Self::store_protection`] says that it is missing.
    pub(crate) fn wrap_for_recovery(&self) -> Result<(), FieldError> {
        let key = self.store.read(|reader| reader.setting(RECOVERY_KEY))?;
        if let Some(key) = key.and_then(|key| RecoveryPublicKey::from_slice(&key)) {
            let random = |bytes: &mut [u8]| self.ports.entropy.fill(bytes);
            let _ = self.store.wrap_for(&key, &random);
        }
        Ok(())
    }
}
