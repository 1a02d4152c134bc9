//! A short secret under a key that is used once: ChaCha20-Poly1305 with a nonce of zeros.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit as _, Nonce};

use super::data_key::{DATA_KEY_BYTES, DataKey};

/// Length of a data key under a key: the tag comes behind.
pub(crate) const SEALED_KEY_BYTES: usize = DATA_KEY_BYTES + 16;

/// The data key under `once`, which must seal nothing else. `purpose` has to be given again to open it.
#[expect(
    clippy::expect_used,
    reason = "32 bytes are far below what the cipher takes"
)]
pub(crate) fn seal(once: &[u8; 32], purpose: &[u8], data_key: &DataKey) -> [u8; SEALED_KEY_BYTES] {
    let cipher = ChaCha20Poly1305::new(&Key::from(*once));
    let payload = Payload {
        msg: data_key.as_bytes(),
        aad: purpose,
    };
    cipher
        .encrypt(&Nonce::default(), payload)
        .ok()
        .and_then(|sealed| sealed.try_into().ok())
        .expect("a short text is sealed")
}

/// What [`seal`] sealed; `None` under another key or purpose, or when a bit differs.
pub(crate) fn open(once: &[u8; 32], purpose: &[u8], sealed: &[u8]) -> Option<DataKey> {
    let cipher = ChaCha20Poly1305::new(&Key::from(*once));
    let payload = Payload {
        msg: sealed,
        aad: purpose,
    };
    let bytes = zeroize::Zeroizing::new(cipher.decrypt(&Nonce::default(), payload).ok()?);
    DataKey::from_slice(&bytes)
}
