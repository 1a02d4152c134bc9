//! The organisation's recovery key: ECIES over P-256. Its public half is on every device; its private half lies in a safe
//! and opens the store of a phone whose own key is gone.
//!
//! An ephemeral key and the recovery key agree on a secret (ECDH); HKDF-SHA-256 over it, both public keys and the purpose
//! gives the key that seals the data key once (ChaCha20-Poly1305).

use std::fmt;

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use p256::{PublicKey, SecretKey};
use zeroize::Zeroizing;

use super::data_key::{DataKey, derive};
use super::sealing::{self, SEALED_KEY_BYTES};

const PURPOSE: &[u8] = b"xunge recovery wrap 1";
/// Length of a compressed public key.
const PUBLIC_KEY_BYTES: usize = 33;

/// The public half: wraps, opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryPublicKey([u8; PUBLIC_KEY_BYTES]);

/// The private half, for whoever recovers a lost phone's store. Never on a device, never on a hub.
#[derive(Clone)]
pub struct RecoveryKey(SecretKey);

/// The data key as the recovery key opens it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct RecoveryWrap {
    /// Whose: the public half.
    #[n(0)]
    recipient: ByteArray<PUBLIC_KEY_BYTES>,
    /// The key made for this wrap alone.
    #[n(1)]
    ephemeral: ByteArray<PUBLIC_KEY_BYTES>,
    #[n(2)]
    sealed: ByteArray<SEALED_KEY_BYTES>,
}

impl RecoveryPublicKey {
    /// Reads 33 bytes of compressed SEC1; `None` when they are no point of the curve.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let fixed: [u8; PUBLIC_KEY_BYTES] = bytes.try_into().ok()?;
        PublicKey::from_sec1_bytes(&fixed).ok()?;
        Some(Self(fixed))
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.0
    }

    /// Wraps with an ephemeral secret that is used for nothing else. `None` for the one in 2³² draws that is no secret of
    /// this curve: draw again.
    pub(crate) fn wrap(&self, ephemeral: &[u8; 32], data_key: &DataKey) -> Option<RecoveryWrap> {
        let ephemeral = SecretKey::from_slice(ephemeral).ok()?;
        let recipient = PublicKey::from_sec1_bytes(&self.0).ok()?;
        let public = compressed(&ephemeral)?;
        let once = agree(&ephemeral, &recipient, &public, &self.0);
        Some(RecoveryWrap {
            recipient: self.0.into(),
            ephemeral: public.into(),
            sealed: sealing::seal(&once, PURPOSE, data_key).into(),
        })
    }
}

impl RecoveryKey {
    /// Reads 32 secret bytes; `None` when they are no secret of the curve.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        // Longer input is another format, which the library would read as well.
        let fixed: &[u8; 32] = bytes.try_into().ok()?;
        SecretKey::from_slice(fixed).ok().map(Self)
    }

    /// The public half.
    pub fn public_key(&self) -> Option<RecoveryPublicKey> {
        compressed(&self.0).map(RecoveryPublicKey)
    }

    /// `None`: wrapped for another key, or changed since.
    pub(crate) fn unwrap(&self, wrap: &RecoveryWrap) -> Option<DataKey> {
        if compressed(&self.0)? != *wrap.recipient {
            return None;
        }
        let ephemeral = PublicKey::from_sec1_bytes(&*wrap.ephemeral).ok()?;
        let once = agree(&self.0, &ephemeral, &*wrap.ephemeral, &*wrap.recipient);
        sealing::open(&once, PURPOSE, &*wrap.sealed)
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoveryKey(..)")
    }
}

impl RecoveryWrap {
    /// Whether it was made for this key.
    pub(crate) fn is_for(&self, key: &RecoveryPublicKey) -> bool {
        *self.recipient == key.0
    }
}

fn compressed(secret: &SecretKey) -> Option<[u8; PUBLIC_KEY_BYTES]> {
    use p256::elliptic_curve::sec1::ToSec1Point as _;
    secret
        .public_key()
        .to_sec1_point(true)
        .as_bytes()
        .try_into()
        .ok()
}

fn agree(
    own: &SecretKey,
    other: &PublicKey,
    ephemeral: &[u8],
    recipient: &[u8],
) -> Zeroizing<[u8; 32]> {
    let shared = p256::ecdh::diffie_hellman(own.to_nonzero_scalar(), other.as_affine());
    derive(shared.raw_secret_bytes(), &[PURPOSE, ephemeral, recipient])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_private_half_opens_what_the_public_half_wrapped_and_no_other_does() {
        let key = RecoveryKey::from_slice(&[3; 32]).unwrap();
        let other = RecoveryKey::from_slice(&[4; 32]).unwrap();
        let public = key.public_key().unwrap();
        assert_eq!(
            RecoveryPublicKey::from_slice(public.as_bytes()),
            Some(public)
        );
        let data_key = DataKey::from_bytes([7; 32]);
        let wrap = public.wrap(&[5; 32], &data_key).unwrap();
        assert!(wrap.is_for(&public) && !wrap.is_for(&other.public_key().unwrap()));
        assert_eq!(key.unwrap(&wrap), Some(data_key.clone()));
        assert_eq!(other.unwrap(&wrap), None);
        let mut flipped = wrap.clone();
        flipped.sealed[0] ^= 1;
        assert_eq!(key.unwrap(&flipped), None);
        let mut mixed = wrap.clone();
        mixed.ephemeral = public.wrap(&[6; 32], &data_key).unwrap().ephemeral;
        assert_eq!(key.unwrap(&mixed), None);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(RecoveryKey::from_slice(&[0; 32]).is_none());
        assert!(RecoveryKey::from_slice(&[1; 33]).is_none());
        assert!(RecoveryPublicKey::from_slice(&[9; 33]).is_none());
        let public = RecoveryKey::from_slice(&[3; 32])
            .unwrap()
            .public_key()
            .unwrap();
        assert_eq!(public.wrap(&[0; 32], &DataKey::from_bytes([7; 32])), None);
    }
}
