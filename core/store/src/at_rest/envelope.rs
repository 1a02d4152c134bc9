//! `keys.cbor` beside the database: the data key, wrapped. Deterministic CBOR, replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::data_key::{DataKey, KEY_CHECK_BYTES};
use super::recovery_key::{RecoveryPublicKey, RecoveryWrap};
use crate::OpenStoreError;
use crate::open::flush_folder;

/// The envelope in a store's folder.
pub(crate) const ENVELOPE_FILE: &str = "keys.cbor";
const UNFINISHED_FILE: &str = "keys.cbor.unfinished";
/// The newest version this program reads.
const VERSION: u32 = 1;
/// No envelope is longer.
const ENVELOPE_BYTES_MAX: u64 = 64 * 1024;

/// Who can open a store.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyEnvelope {
    #[n(0)]
    version: u32,
    /// Tells the right key from another, so that a wrong key is not taken for a damaged file.
    #[n(1)]
    check: ByteArray<KEY_CHECK_BYTES>,
    #[n(2)]
    platform: Option<PlatformWrap>,
    #[n(3)]
    recovery: Option<RecoveryWrap>,
    /// The platform's wrap was taken out for good: only the recovery key opens the store.
    #[cbor(n(4), default, skip_if = "is_false")]
    sealed: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the encoder passes references"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The data key as the platform's key store opens it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PlatformWrap {
    #[n(0)]
    wrapped: ByteVec,
    #[n(1)]
    in_hardware: bool,
}

impl PlatformWrap {
    /// What a key store gave, and whether its key lives in a secure element.
    pub fn new(wrapped: Vec<u8>, in_hardware: bool) -> Self {
        Self {
            wrapped: wrapped.into(),
            in_hardware,
        }
    }

    /// The bytes for the key store.
    pub fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }

    /// Whether the wrapping key lives in a secure element.
    pub const fn in_hardware(&self) -> bool {
        self.in_hardware
    }
}

impl KeyEnvelope {
    pub(crate) fn new(key: &DataKey, platform: Option<PlatformWrap>) -> Self {
        Self {
            version: VERSION,
            check: key.check().into(),
            platform,
            recovery: None,
            sealed: false,
        }
    }

    /// What the platform's key store opens; `None` when the host keeps the key itself.
    pub const fn platform(&self) -> Option<&PlatformWrap> {
        self.platform.as_ref()
    }

    /// Whether the organisation's recovery key opens it.
    pub const fn is_recoverable(&self) -> bool {
        self.recovery.is_some()
    }

    pub(crate) const fn recovery(&self) -> Option<&RecoveryWrap> {
        self.recovery.as_ref()
    }

    pub(crate) fn is_recoverable_by(&self, key: &RecoveryPublicKey) -> bool {
        self.recovery.as_ref().is_some_and(|wrap| wrap.is_for(key))
    }

    pub(crate) fn with_recovery(self, wrap: RecoveryWrap) -> Self {
        Self {
            recovery: Some(wrap),
            ..self
        }
    }

    /// Whether only the recovery key opens it any more.
    pub const fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Without what the platform could open.
    pub(crate) fn into_sealed(self) -> Self {
        Self {
            platform: None,
            sealed: true,
            ..self
        }
    }

    /// Whether this is the key that is wrapped here.
    pub(crate) fn is_of(&self, key: &DataKey) -> bool {
        *self.check == key.check()
    }

    /// The envelope of a folder; `None` when there is none: no store, or one that is not encrypted. Takes no lock.
    ///
    /// # Errors
    /// Newer, damaged, or the file cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>, OpenStoreError> {
        let path = folder.join(ENVELOPE_FILE);
        let mut bytes = Vec::new();
        let read = File::open(&path)
            .and_then(|file| file.take(ENVELOPE_BYTES_MAX).read_to_end(&mut bytes));
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenStoreError::io("reading the key file", path, error)),
            Ok(_) => {}
        }
        let version = minicbor::Decoder::new(&bytes);
        if let Some(found) = newer(version) {
            return Err(OpenStoreError::Newer {
                found,
                known: VERSION,
            });
        }
        minicbor::decode(&bytes).map(Some).map_err(|_| {
            let what = "the key file cannot be read".to_owned();
            OpenStoreError::Damaged { what }
        })
    }

    /// Replaces the envelope of a folder; on the disk when this returns.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), OpenStoreError> {
        let unfinished = folder.join(UNFINISHED_FILE);
        let write = || -> io::Result<()> {
            let bytes = minicbor::to_vec(self).map_err(io::Error::other)?;
            let mut file = File::create(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, folder.join(ENVELOPE_FILE))?;
            flush_folder(folder)
        };
        write().map_err(|source| OpenStoreError::io("writing the key file", folder, source))
    }
}

/// The version of an envelope that this program is too old for.
fn newer(mut decoder: minicbor::Decoder<'_>) -> Option<u32> {
    decoder.array().ok()?;
    decoder.u32().ok().filter(|version| *version > VERSION)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::at_rest::recovery_key::RecoveryKey;

    #[test]
    fn an_envelope_reads_back_and_knows_its_key() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(KeyEnvelope::read(folder.path()).unwrap(), None);
        let key = DataKey::from_bytes([7; 32]);
        let recovery = RecoveryKey::from_slice(&[3; 32]).unwrap();
        let public = recovery.public_key().unwrap();
        let envelope = KeyEnvelope::new(&key, Some(PlatformWrap::new(vec![1, 2], true)))
            .with_recovery(public.wrap(&[5; 32], &key).unwrap());
        envelope.write(folder.path()).unwrap();
        let read = KeyEnvelope::read(folder.path()).unwrap().unwrap();
        assert_eq!(read, envelope);
        assert!(read.is_of(&key) && !read.is_of(&DataKey::from_bytes([8; 32])));
        assert!(read.is_recoverable_by(&public));
        assert_eq!(recovery.unwrap(read.recovery().unwrap()), Some(key));
    }

    #[test]
    fn a_damaged_or_newer_envelope_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let code = |bytes: &[u8]| {
            fs::write(folder.path().join(ENVELOPE_FILE), bytes).unwrap();
            KeyEnvelope::read(folder.path()).unwrap_err().code()
        };
        assert_eq!(code(b""), "store_damaged");
        assert_eq!(code(&[0x84, 0x01, 0x40, 0xf6, 0xf6]), "store_damaged");
        assert_eq!(
            code(&[0x85, 0x02, 0x41, 0x00, 0xf6, 0xf6, 0x01]),
            "store_newer"
        );
    }
}
