//! Sealed to somebody: ECDH with a key made for this once, HKDF-SHA-256, ChaCha20-Poly1305. Who carries it reads nothing,
//! and no bit of it can be changed unseen.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::carry::error::CarryError;
use crate::keys::{PUBLIC_KEY_BYTES, PublicKey, Signer as _, SoftwareKey};

/// Bytes that sealing adds: the key made for it, and the tag.
pub(super) const SEALED_OVERHEAD: usize = PUBLIC_KEY_BYTES + 16;

const INFO: &[u8] = b"xunge sealed piece 1";

fn cipher(
    shared: &[u8; 32],
    made: &PublicKey,
    reader: &PublicKey,
) -> Result<ChaCha20Poly1305, CarryError> {
    let salt = [made.as_bytes().as_slice(), reader.as_bytes()].concat();
    Ok(ChaCha20Poly1305::new(&derived(shared, &salt, INFO)?))
}

/// 32 bytes of key. Both sides of a channel derive theirs here too.
pub(super) fn derived(shared: &[u8; 32], salt: &[u8], info: &[u8]) -> Result<Key, CarryError> {
    let mut key = Key::default();
    Hkdf::<Sha256>::new(Some(salt), shared)
        .expand(info, &mut key)
        .map_err(|_| CarryError::Seal)?;
    Ok(key)
}

/// Seals to the holder of `reader`. `made` is a key that was drawn for this and is used for nothing else.
pub(super) fn seal(
    plain: &[u8],
    reader: &PublicKey,
    made: &SoftwareKey,
) -> Result<Vec<u8>, CarryError> {
    let public = made.public_key();
    let shared = reader.agreed_with(made).map_err(|_| CarryError::Seal)?;
    // The key seals this alone, so its nonce need not differ from any other.
    let sealed = cipher(&shared, &public, reader)?
        .encrypt(&Nonce::default(), plain)
        .map_err(|_| CarryError::Seal)?;
    Ok([public.as_bytes().as_slice(), &sealed].concat())
}

/// Opens what was sealed to `reader`.
pub(super) fn unseal(sealed: &[u8], reader: &SoftwareKey) -> Result<Vec<u8>, CarryError> {
    let (made, sealed) = sealed
        .split_at_checked(PUBLIC_KEY_BYTES)
        .ok_or(CarryError::Seal)?;
    let made = PublicKey::from_slice(made).map_err(|_| CarryError::Seal)?;
    let shared = made.agreed_with(reader).map_err(|_| CarryError::Seal)?;
    cipher(&shared, &made, &reader.public_key())?
        .decrypt(&Nonce::default(), sealed)
        .map_err(|_| CarryError::Seal)
}
