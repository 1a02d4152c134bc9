//! The key that wraps the store's data key: in the phone's key store (the app brings a `KeyWrapper`), or in memory on a
//! desktop.

use std::sync::Arc;

use xunge_field::{DataKey, KeyUnavailable, SoftwareKeyWrapper};

use crate::error::FieldError;
use crate::signer::DeviceKeyError;

/// The phone's key store, written by the app: an AES key that never leaves it, and is asked for at every opening of the
/// store.
///
/// Called on whichever thread called the app object, while its lock is held: do not call the app object from here. The
/// bytes it is given and gives back are secret: keep no copy.
#[uniffi::export(rust, foreign)]
pub trait KeyWrapper: Send + Sync {
    /// Wraps 32 bytes with an AEAD under the wrapping key, which is made when there is none. Asked once in the life of a
    /// store; may take 50 ms.
    fn wrap_key(&self, key: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError>;
    /// Opens what was wrapped. Fails when the wrapping key is locked or gone; may take 50 ms.
    fn unwrap_key(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError>;
    /// Destroys the wrapping key when the device is wiped; fine when there is none.
    fn destroy_key(&self) -> Result<(), DeviceKeyError>;
    /// Whether the wrapping key lives in a secure element that does not give it away.
    fn in_hardware(&self) -> bool;
}

struct InMemory(SoftwareKeyWrapper);

impl KeyWrapper for InMemory {
    fn wrap_key(&self, key: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
        use xunge_field::KeyWrapper as _;
        self.0.wrap_key(&data_key(&key)?).map_err(unavailable)
    }
    fn unwrap_key(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
        use xunge_field::KeyWrapper as _;
        let key = self.0.unwrap_key(&wrapped).map_err(unavailable)?;
        Ok(key.as_bytes().to_vec())
    }
    fn destroy_key(&self) -> Result<(), DeviceKeyError> {
        Ok(())
    }
    fn in_hardware(&self) -> bool {
        false
    }
}

/// A wrapping key from 32 secret bytes that the host keeps, and removes when the device is wiped: for desktops, where there
/// is no key store. Any thread; memory only.
///
/// # Errors
/// Not 32 bytes.
#[uniffi::export]
pub fn software_key_wrapper(secret: &[u8]) -> Result<Arc<dyn KeyWrapper>, FieldError> {
    let secret = secret
        .try_into()
        .map_err(|_| FieldError::invalid("wrapping key"))?;
    Ok(Arc::new(InMemory(SoftwareKeyWrapper::from_bytes(secret))))
}

/// The core's view of a key store.
pub(crate) struct Wrapping(pub(crate) Arc<dyn KeyWrapper>);

impl xunge_field::KeyWrapper for Wrapping {
    fn wrap_key(&self, data_key: &DataKey) -> Result<Vec<u8>, KeyUnavailable> {
        self.0
            .wrap_key(data_key.as_bytes().to_vec())
            .map_err(failed)
    }
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<DataKey, KeyUnavailable> {
        let key = self.0.unwrap_key(wrapped.to_vec()).map_err(failed)?;
        data_key(&key).map_err(failed)
    }
    fn destroy_key(&self) -> Result<(), KeyUnavailable> {
        self.0.destroy_key().map_err(failed)
    }
    fn in_hardware(&self) -> bool {
        self.0.in_hardware()
    }
}

fn data_key(bytes: &[u8]) -> Result<DataKey, DeviceKeyError> {
    DataKey::from_slice(bytes).ok_or_else(|| DeviceKeyError::Unavailable {
        said: format!("{} bytes instead of the 32 of a key", bytes.len()),
    })
}

fn unavailable(cause: KeyUnavailable) -> DeviceKeyError {
    DeviceKeyError::Unavailable { said: cause.cause }
}

fn failed(cause: DeviceKeyError) -> KeyUnavailable {
    KeyUnavailable::because(cause.to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use xunge_field::KeyWrapper as _;

    /// A key store that gives these bytes whatever was wrapped.
    struct Odd(Vec<u8>);

    impl KeyWrapper for Odd {
        fn wrap_key(&self, _: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
            Ok(self.0.clone())
        }
        fn unwrap_key(&self, _: Vec<u8>) -> Result<Vec<u8>, DeviceKeyError> {
            Ok(self.0.clone())
        }
        fn destroy_key(&self) -> Result<(), DeviceKeyError> {
            Ok(())
        }
        fn in_hardware(&self) -> bool {
            true
        }
    }

    #[test]
    fn what_a_key_store_gives_back_has_to_be_a_key() {
        let short = Wrapping(Arc::new(Odd(vec![1; 31])));
        assert!(short.unwrap_key(b"x").unwrap_err().cause.contains("31"));
        let right = Wrapping(Arc::new(Odd(vec![1; 32])));
        assert_eq!(
            right.unwrap_key(b"x").unwrap(),
            DataKey::from_bytes([1; 32])
        );
        assert!(right.in_hardware());
    }

    #[test]
    fn a_wrapper_in_memory_opens_its_own_and_needs_32_bytes() {
        let wrapper = Wrapping(software_key_wrapper(&[7; 32]).unwrap());
        let other = Wrapping(software_key_wrapper(&[8; 32]).unwrap());
        let key = DataKey::from_bytes([1; 32]);
        let wrapped = wrapper.wrap_key(&key).unwrap();
        assert_eq!(wrapper.unwrap_key(&wrapped).unwrap(), key);
        assert!(other.unwrap_key(&wrapped).is_err());
        assert!(!wrapper.in_hardware());
        assert!(software_key_wrapper(&[7; 31]).is_err());
    }
}
