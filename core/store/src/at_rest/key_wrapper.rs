//! The port to the platform's key store: it wraps the data key and unwraps it again.

use zeroize::Zeroizing;

use super::data_key::{DataKey, derive};
use super::sealing;

/// A key store that could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the key store could not open the data key: {cause}")]
pub struct KeyUnavailable {
    /// What the key store said.
    pub cause: String,
}

impl KeyUnavailable {
    /// In these words.
    pub fn because(cause: impl Into<String>) -> Self {
        Self {
            cause: cause.into(),
        }
    }
}

/// A key of the platform that never leaves it (Android Keystore, Secure Enclave) and wraps the data key.
pub trait KeyWrapper: Send + Sync {
    /// Wraps. Asked once in the life of a store; makes the wrapping key when there is none. May take 50 ms.
    ///
    /// # Errors
    /// The key store is locked or refuses.
    fn wrap_key(&self, data_key: &DataKey) -> Result<Vec<u8>, KeyUnavailable>;
    /// Opens what [`Self::wrap_key`] gave. Asked at every opening; may take 50 ms.
    ///
    /// # Errors
    /// The wrapping key is gone or locked, or another key wrapped these bytes.
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, KeyUnavailable>;
    /// Destroys the wrapping key: what it wrapped is opened by nobody any more. Fine when there is none.
    ///
    /// # Errors
    /// The key store refuses.
    fn destroy_key(&self) -> Result<(), KeyUnavailable>;
    /// Whether the wrapping key lives in a secure element that does not give it away. What does not know better is
    /// software.
    fn in_hardware(&self) -> bool {
        false
    }
}

/// What binds a wrapped key to this use.
const PURPOSE: &[u8] = b"xunge software wrap 1";
/// The salt before the sealed key.
const SALT_BYTES: usize = 16;

/// Wraps with 32 secret bytes that the host keeps, where there is no key store. It protects from who finds the store
/// without the secret, and from nobody else. Needs no randomness: the salt comes from the secret and from what is wrapped.
pub fn wrap_in_software(secret: &[u8; 32], data_key: &DataKey) -> Vec<u8> {
    let salt = derive::<SALT_BYTES>(secret, &[PURPOSE, b" salt", data_key.as_bytes()]);
    let once = once(secret, &*salt);
    [&salt[..], &sealing::seal(&once, PURPOSE, data_key)].concat()
}

/// What [`wrap_in_software`] wrapped; `None` under another secret.
pub fn unwrap_in_software(secret: &[u8; 32], wrapped: &[u8]) -> Option<DataKey> {
    let (salt, sealed) = wrapped.split_at_checked(SALT_BYTES)?;
    sealing::open(&once(secret, salt), PURPOSE, sealed)
}

fn once(secret: &[u8; 32], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    derive(secret, &[PURPOSE, b" key", salt])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_that_wrapped_unwraps() {
        let key = DataKey::from_bytes([7; 32]);
        let wrapped = wrap_in_software(&[1; 32], &key);
        assert_eq!(unwrap_in_software(&[1; 32], &wrapped), Some(key.clone()));
        assert_eq!(unwrap_in_software(&[2; 32], &wrapped), None);
        assert_eq!(unwrap_in_software(&[1; 32], &wrapped[..15]), None);
        for place in 0..wrapped.len() {
            let mut flipped = wrapped.clone();
            flipped[place] ^= 1;
            assert_eq!(unwrap_in_software(&[1; 32], &flipped), None, "{place}");
        }
        let other = wrap_in_software(&[1; 32], &DataKey::from_bytes([8; 32]));
        assert_ne!(
            other[..SALT_BYTES],
            wrapped[..SALT_BYTES],
            "a key seals once"
        );
    }
}
