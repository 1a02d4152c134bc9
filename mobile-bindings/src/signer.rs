//! The device key: in the phone's key store (the app brings a `DeviceSigner`), or in memory on a desktop.

use std::sync::Arc;

use xunge_field::{PublicKey, Signature, Signer, SignerError, SoftwareKey};

use crate::error::FieldError;

/// A key store that could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum DeviceKeyError {
    /// The key is gone, locked or refused; the text says so in the key store's words.
    #[error("{cause}")]
    Unavailable {
        /// What the key store said.
        cause: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for DeviceKeyError {
    fn from(unexpected: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable {
            cause: unexpected.reason,
        }
    }
}

/// The phone's key store, written by the app: P-256, the secret never leaves it.
///
/// Called on whichever thread called the app object, while its lock is held: do not call the app object from here.
#[uniffi::export(rust, foreign)]
pub trait DeviceSigner: Send + Sync {
    /// The public key, 33 bytes of compressed SEC1. Asked once, when the app object is opened.
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError>;
    /// ES256 over these bytes: 64 bytes r ‖ s. Asked once a photo, request and push; may take 50 ms.
    fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError>;
}

struct InMemory(SoftwareKey);

impl DeviceSigner for InMemory {
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.public_key().as_bytes().to_vec())
    }
    fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.sign_now(&bytes).to_vec())
    }
}

/// A key from 32 secret bytes that the host keeps: for desktops, where there is no key store. Any thread; 0.1 ms.
///
/// # Errors
/// Not 32 bytes, or the one in 2³² that is no secret: draw again.
#[uniffi::export]
pub fn software_key(secret: &[u8]) -> Result<Arc<dyn DeviceSigner>, FieldError> {
    let key = SoftwareKey::from_bytes(secret).map_err(|_| FieldError::invalid("device key"))?;
    Ok(Arc::new(InMemory(key)))
}

/// The core's view of a key store.
pub(crate) struct KeyStore {
    public: PublicKey,
    signer: Arc<dyn DeviceSigner>,
}

impl KeyStore {
    /// Asks for the public key once.
    pub(crate) fn new(signer: Arc<dyn DeviceSigner>) -> Result<Self, FieldError> {
        let bytes = signer
            .public_key()
            .map_err(|cause| xunge_field::FieldError::Signer(failed(cause)))?;
        let public =
            PublicKey::from_slice(&bytes).map_err(|_| FieldError::invalid("device key"))?;
        Ok(Self { public, signer })
    }
}

fn failed(cause: DeviceKeyError) -> SignerError {
    SignerError {
        cause: cause.to_string(),
    }
}

impl Signer for KeyStore {
    fn public_key(&self) -> PublicKey {
        self.public
    }
    fn sign(&self, bytes: &[u8]) -> Result<Signature, SignerError> {
        let signature = self.signer.sign(bytes.to_vec()).map_err(failed)?;
        signature.try_into().map_err(|other: Vec<u8>| SignerError {
            cause: format!("the key store gave {} bytes instead of 64", other.len()),
        })
    }
}
