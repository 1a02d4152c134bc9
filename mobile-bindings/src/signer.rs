//! The device key: in the phone's key store (the app brings a `DeviceSigner`), or in memory on a desktop.

use std::sync::Arc;

use xunge_field::{KeyProtection, PublicKey, Signature, Signer, SignerError, SoftwareKey};

use crate::error::FieldError;

/// A key store that could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum DeviceKeyError {
    /// The key is gone, locked or refused; the text says so in the key store's words.
    #[error("{said}")]
    Unavailable {
        /// What the key store said. Not named `cause`: a Kotlin exception has a member of that name.
        said: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for DeviceKeyError {
    fn from(unexpected: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable {
            said: unexpected.reason,
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
    /// Whether the secret lives in a secure element that does not give it away. Every record says so.
    fn in_hardware(&self) -> bool;
}

struct InMemory(SoftwareKey);

impl DeviceSigner for InMemory {
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.public_key().as_bytes().to_vec())
    }
    fn sign(&self, bytes: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.sign_now(&bytes).to_vec())
    }
    fn in_hardware(&self) -> bool {
        false
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
    fn protection(&self) -> KeyProtection {
        if self.signer.in_hardware() {
            KeyProtection::Hardware
        } else {
            KeyProtection::Software
        }
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failing test should stop"
)]
mod tests {
    use super::*;

    /// A key store that answers with these bytes, or not at all.
    struct Odd(Option<Vec<u8>>);

    impl DeviceSigner for Odd {
        fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
            software_key(&[7; 32]).unwrap().public_key()
        }
        fn sign(&self, _: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
            self.0.clone().ok_or_else(|| DeviceKeyError::Unavailable {
                said: "locked".into(),
            })
        }
        fn in_hardware(&self) -> bool {
            true
        }
    }

    fn signed(answer: Option<Vec<u8>>) -> Result<Signature, SignerError> {
        KeyStore::new(Arc::new(Odd(answer)))
            .unwrap()
            .sign(b"matter")
    }

    #[test]
    fn a_signature_of_another_length_or_none_is_a_failure_of_the_key() {
        assert_eq!(signed(Some(vec![1; 64])).unwrap(), [1; 64]);
        let short = signed(Some(vec![1; 63])).unwrap_err();
        assert!(short.cause.contains("63"), "{short}");
        assert_eq!(signed(None).unwrap_err().cause, "locked");
    }

    #[test]
    fn a_key_in_memory_signs_for_its_public_half_and_needs_32_bytes() {
        let store = KeyStore::new(software_key(&[7; 32]).unwrap()).unwrap();
        let signature = store.sign(b"matter").unwrap();
        assert!(store.public_key().verifies(b"matter", &signature));
        let FieldError::Failed { code, zh, en } = software_key(&[7; 31]).err().expect("refused");
        assert_eq!(code, "invalid_input");
        assert!(!zh.is_empty() && !en.is_empty());
    }
}
