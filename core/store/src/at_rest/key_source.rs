//! Where the data key of a store comes from: the host, the platform's key store, or the recovery key.

use std::fs;
use std::path::Path;

use super::data_key::DataKey;
use super::envelope::{KeyEnvelope, PlatformWrap};
use super::key_wrapper::{KeyUnavailable, KeyWrapper};
use super::recovery_key::RecoveryKey;
use crate::OpenStoreError;
use crate::open::SEALED_FOLDER;

/// Gives the data key of a store that is being opened, while the folder is locked.
pub trait KeySource {
    /// A key for a store that has none yet, and how the platform wrapped it.
    ///
    /// # Errors
    /// The key store could not wrap it, or this source only opens.
    fn new_key(&self) -> Result<(DataKey, Option<PlatformWrap>), KeyUnavailable>;
    /// The key in an envelope.
    ///
    /// # Errors
    /// It cannot be opened, now or for ever.
    fn key_of(&self, envelope: &KeyEnvelope) -> Result<DataKey, KeyUnavailable>;
}

/// The host keeps the key itself.
impl KeySource for DataKey {
    fn new_key(&self) -> Result<(DataKey, Option<PlatformWrap>), KeyUnavailable> {
        Ok((self.clone(), None))
    }
    fn key_of(&self, _: &KeyEnvelope) -> Result<DataKey, KeyUnavailable> {
        Ok(self.clone())
    }
}

/// Opens what was wrapped for it, and makes nothing.
impl KeySource for RecoveryKey {
    fn new_key(&self) -> Result<(DataKey, Option<PlatformWrap>), KeyUnavailable> {
        Err(KeyUnavailable::because("a recovery key makes no store"))
    }
    fn key_of(&self, envelope: &KeyEnvelope) -> Result<DataKey, KeyUnavailable> {
        let wrap = envelope.recovery().ok_or_else(|| {
            KeyUnavailable::because("this store was never wrapped for a recovery key")
        })?;
        self.unwrap(wrap).ok_or_else(|| {
            KeyUnavailable::because("this store was wrapped for another recovery key")
        })
    }
}

/// The platform's key store, and random bytes for a new key.
pub struct WrappedKey<'host> {
    /// The key store.
    pub wrapper: &'host dyn KeyWrapper,
    /// Fills with random bytes.
    pub random: &'host dyn Fn(&mut [u8]),
}

impl KeySource for WrappedKey<'_> {
    fn new_key(&self) -> Result<(DataKey, Option<PlatformWrap>), KeyUnavailable> {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        let key = DataKey::from_bytes(bytes);
        zeroize::Zeroize::zeroize(&mut bytes);
        let wrapped = self.wrapper.wrap_key(&key)?;
        // A key store that cannot open what it just wrapped must be found out before anything is written under the key.
        if self.wrapper.unwrap_key(&wrapped)? != key {
            return Err(KeyUnavailable::because(
                "it gave back another key than it wrapped",
            ));
        }
        let platform = PlatformWrap::new(wrapped, self.wrapper.in_hardware());
        Ok((key, Some(platform)))
    }
    fn key_of(&self, envelope: &KeyEnvelope) -> Result<DataKey, KeyUnavailable> {
        let platform = envelope
            .platform()
            .ok_or_else(|| KeyUnavailable::because("this store was not made with a key store"))?;
        self.wrapper.unwrap_key(platform.wrapped())
    }
}

/// The key of a store, checked; a new one is on the disk before anything is written under it. `None`: not encrypted.
pub(crate) fn obtain(
    folder: &Path,
    source: Option<&dyn KeySource>,
) -> Result<Option<DataKey>, OpenStoreError> {
    match (KeyEnvelope::read(folder)?, source) {
        (Some(_), None) => Err(OpenStoreError::KeyMissing),
        (Some(envelope), Some(source)) => open(&envelope, source).map(Some),
        (None, _) if is_sealed(folder) => Err(OpenStoreError::KeyMissing),
        (None, None) => Ok(None),
        (None, Some(source)) => {
            let (key, platform) = source.new_key()?;
            KeyEnvelope::new(&key, platform).write(folder)?;
            Ok(Some(key))
        }
    }
}

/// The key in an envelope, checked.
pub(crate) fn open(
    envelope: &KeyEnvelope,
    source: &dyn KeySource,
) -> Result<DataKey, OpenStoreError> {
    let key = source.key_of(envelope).map_err(|cause| {
        if envelope.is_sealed() {
            OpenStoreError::Sealed
        } else {
            cause.into()
        }
    })?;
    if envelope.is_of(&key) {
        Ok(key)
    } else {
        Err(OpenStoreError::KeyWrong)
    }
}

/// Sealed photos without an envelope: the key is lost, and a new one must not be made over it.
fn is_sealed(folder: &Path) -> bool {
    fs::metadata(folder.join(SEALED_FOLDER)).is_ok_and(|found| found.is_dir())
}
