//! The data key of a store, and the keys derived from it: one for each use, so that none tells anything about another.

use std::fmt;

use data_encoding::HEXLOWER;
use hkdf::Hkdf;
use sha2::Sha256;
use xunge_domain::ids::Digest;
use zeroize::Zeroizing;

/// Length of a data key.
pub const DATA_KEY_BYTES: usize = 32;
/// Length of what an envelope keeps to recognise its key.
pub(crate) const KEY_CHECK_BYTES: usize = 16;

/// 32 random bytes that open a store. Wiped from memory when dropped; never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; DATA_KEY_BYTES]>);

impl fmt::Debug for DataKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DataKey(..)")
    }
}

impl DataKey {
    /// From random bytes, or from those that were wrapped.
    pub fn from_bytes(bytes: [u8; DATA_KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From as many bytes as a data key has; `None` for others.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// The bytes, to be wrapped.
    pub fn as_bytes(&self) -> &[u8; DATA_KEY_BYTES] {
        &self.0
    }

    /// What tells this key from another without telling the key.
    pub(crate) fn check(&self) -> [u8; KEY_CHECK_BYTES] {
        *derive(self.as_bytes(), &[b"xunge key check 1"])
    }

    /// The key of the database as SQLCipher takes a raw key, so that it derives none by a slow function.
    pub(crate) fn database(&self) -> Zeroizing<String> {
        let key = derive::<32>(self.as_bytes(), &[b"xunge database 1"]);
        Zeroizing::new(format!("x'{}'", *Zeroizing::new(HEXLOWER.encode(&*key))))
    }

    /// The key and the start of the nonces of one file. Bytes have one digest, so no key ever seals two different files,
    /// and no randomness is needed.
    pub(crate) fn file(&self, digest: Digest) -> Zeroizing<[u8; 39]> {
        derive(self.as_bytes(), &[b"xunge photo 1", digest.as_bytes()])
    }

    /// How a file is called: without the key nobody can tell whether a photo he knows is here.
    pub(crate) fn file_name(&self, digest: Digest) -> String {
        let name = derive::<32>(self.as_bytes(), &[b"xunge photo name 1", digest.as_bytes()]);
        HEXLOWER.encode(&*name)
    }
}

/// HKDF-SHA-256 without a salt, which random keys do not need.
#[expect(
    clippy::expect_used,
    reason = "HKDF gives up to 8,160 bytes, and every length here is in the code"
)]
pub(crate) fn derive<const LENGTH: usize>(
    secret: &[u8],
    purpose: &[&[u8]],
) -> Zeroizing<[u8; LENGTH]> {
    let mut key = Zeroizing::new([0; LENGTH]);
    Hkdf::<Sha256>::new(None, secret)
        .expand_multi_info(purpose, &mut *key)
        .expect("a length that HKDF gives");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_has_a_key_of_its_own_and_none_is_printed() {
        let key = DataKey::from_bytes([7; 32]);
        let other = DataKey::from_bytes([8; 32]);
        assert_ne!(key.check(), other.check());
        assert_ne!(key.database(), other.database());
        let (one, two) = (Digest::of(b"one"), Digest::of(b"two"));
        assert_ne!(key.file(one), key.file(two));
        assert_ne!(key.file(one), other.file(one));
        assert_ne!(key.file_name(one), other.file_name(one));
        assert_eq!(key.database().len(), 2 + 64 + 1);
        assert_eq!(format!("{key:?}"), "DataKey(..)");
        assert_eq!(DataKey::from_slice(&[7; 32]), Some(key));
        assert_eq!(DataKey::from_slice(&[7; 31]), None);
    }
}
