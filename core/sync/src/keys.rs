//! The one module of signatures: P-256 / ES256, 64 bytes r ‖ s, public keys as 33 bytes of compressed SEC1.
//! Other algorithms (SM2) would be slotted in here.

use std::sync::OnceLock;

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature as EcdsaSignature, SigningKey, VerifyingKey};
use xunge_domain::ids::Digest;
use xunge_evidence::record::KeyProtection;

use crate::testing;

/// Length of a public key.
pub const PUBLIC_KEY_BYTES: usize = 33;
/// Length of a signature.
pub const SIGNATURE_BYTES: usize = 64;

/// A signature.
pub type Signature = [u8; SIGNATURE_BYTES];

/// Another way to check a signature: the key as 65 bytes of uncompressed SEC1, the message, the signature.
pub type Verify = fn(&[u8], &[u8], &[u8]) -> bool;

static VERIFY: OnceLock<Verify> = OnceLock::new();

/// From now on this process checks signatures so. For a hub, which checks thousands at once and may use an assembler's
/// curve; a phone stays with the one that needs no C. Both must accept the same signatures: say so in a test. The first call
/// counts.
pub fn verify_with(verify: Verify) {
    // A second call names the same way, or comes too late to change what was checked.
    let _ = VERIFY.set(verify);
}

/// What went wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// 32 bytes that are no secret of this curve.
    #[error("these bytes are no P-256 secret key")]
    Secret,
    /// Bytes that are no point of this curve.
    #[error("these bytes are no compressed P-256 public key")]
    Public,
}

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; PUBLIC_KEY_BYTES]);

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "PublicKey({})",
            data_encoding::HEXLOWER.encode(&self.0)
        )
    }
}

impl PublicKey {
    /// Checks that the bytes are a point of the curve.
    ///
    /// # Errors
    /// They are not.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        let fixed: [u8; PUBLIC_KEY_BYTES] = bytes.try_into().map_err(|_| KeyError::Public)?;
        VerifyingKey::from_sec1_bytes(&fixed).map_err(|_| KeyError::Public)?;
        Ok(Self(fixed))
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.0
    }

    /// The secret that the holder of `own` and the holder of this key both come to (ECDH), the same on both sides and
    /// nobody else's. Not a key by itself: derive one. Cost: about 0.1 ms.
    ///
    /// # Errors
    /// Bytes that are no key of this curve.
    pub(crate) fn agreed_with(&self, own: &SoftwareKey) -> Result<[u8; 32], KeyError> {
        let point = p256::PublicKey::from_sec1_bytes(&self.0).map_err(|_| KeyError::Public)?;
        let secret = own.secret.as_nonzero_scalar();
        let shared = p256::ecdh::diffie_hellman(secret, point.as_affine());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(shared.raw_secret_bytes());
        Ok(bytes)
    }

    /// First eight bytes of SHA-256: how a key is named.
    pub fn fingerprint(&self) -> [u8; 8] {
        let mut first = [0; 8];
        first.copy_from_slice(&Digest::of(&self.0).as_bytes()[..8]);
        first
    }

    /// Whether `signature` over `message` was made with the secret of this key. Cost: 0.17 ms, or 0.05 ms at the hub
    /// ([`verify_with`]).
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        if testing::quick_signatures() {
            return signature == testing::quick_signature(self, message);
        }
        match VERIFY.get() {
            Some(verify) => self
                .uncompressed()
                .is_some_and(|point| verify(&point, message, signature)),
            None => self.verifies_here(message, signature),
        }
    }

    /// The key as 65 bytes of uncompressed SEC1. Cost: a square root, 0.02 ms.
    fn uncompressed(&self) -> Option<Vec<u8>> {
        let key = VerifyingKey::from_sec1_bytes(&self.0).ok()?;
        Some(key.to_sec1_point(false).as_bytes().to_vec())
    }

    fn verifies_here(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = EcdsaSignature::from_slice(signature) else {
            return false;
        };
        VerifyingKey::from_sec1_bytes(&self.0)
            .is_ok_and(|key| key.verify(message, &signature).is_ok())
    }
}

/// A signature as other programs write it: ASN.1 DER. `None` for bytes that are no signature.
pub fn to_der(signature: &[u8]) -> Option<Vec<u8>> {
    let signature = EcdsaSignature::from_slice(signature).ok()?;
    Some(signature.to_der().as_bytes().to_vec())
}

/// Reads what [`to_der`] writes.
pub fn of_der(der: &[u8]) -> Option<Signature> {
    let signature = EcdsaSignature::from_der(der).ok()?;
    Some(signature.to_bytes().into())
}

/// What stands before the 33 bytes of a key in a SubjectPublicKeyInfo: id-ecPublicKey on prime256v1 (RFC 5480).
const KEY_INFO: [u8; 26] = [
    0x30, 0x39, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x22, 0x00,
];
const PEM_HEAD: &str = "-----BEGIN PUBLIC KEY-----\n";
const PEM_FOOT: &str = "\n-----END PUBLIC KEY-----\n";

/// A public key as other programs read it: PEM.
pub fn pem_of(key: &PublicKey) -> String {
    let info = [KEY_INFO.as_slice(), key.as_bytes()].concat();
    let mut text = data_encoding::BASE64.encode(&info);
    // RFC 7468 §2: lines of 64 characters.
    text.insert(64, '\n');
    format!("{PEM_HEAD}{text}{PEM_FOOT}")
}

/// Reads what [`pem_of`] writes, and nothing else.
pub fn of_pem(pem: &[u8]) -> Option<PublicKey> {
    let text = std::str::from_utf8(pem).ok()?;
    let text = text
        .strip_prefix(PEM_HEAD)?
        .strip_suffix(PEM_FOOT)?
        .replace('\n', "");
    let info = data_encoding::BASE64.decode(text.as_bytes()).ok()?;
    let key = PublicKey::from_slice(info.strip_prefix(&KEY_INFO)?).ok()?;
    (pem_of(&key).as_bytes() == pem).then_some(key)
}

/// Whoever can sign: the phone's key store, a software key, the server.
pub trait Signer: Send + Sync {
    /// The public half.
    fn public_key(&self) -> PublicKey;
    /// Signs. Cost: about 0.1 ms in software, up to 50 ms in a phone's secure element.
    ///
    /// # Errors
    /// The key is gone or locked; the text says what to do.
    fn sign(&self, message: &[u8]) -> Result<Signature, SignerError>;
    /// Where the secret lives: records say so. What does not know better is software.
    fn protection(&self) -> KeyProtection {
        KeyProtection::Software
    }
}

/// A signer that could not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the device key could not sign: {cause}")]
pub struct SignerError {
    /// What the key store said.
    pub cause: String,
}

/// A key held in memory and in a file. Records made with it say `key_protection = software`.
#[derive(Clone)]
pub struct SoftwareKey {
    secret: SigningKey,
    public: PublicKey,
}

impl SoftwareKey {
    /// From 32 random bytes, or from those of an earlier key.
    ///
    /// # Errors
    /// One in 2³² inputs is no secret of this curve: draw again.
    pub fn from_bytes(secret: &[u8]) -> Result<Self, KeyError> {
        let fixed: [u8; 32] = secret.try_into().map_err(|_| KeyError::Secret)?;
        let secret = SigningKey::from_slice(&fixed).map_err(|_| KeyError::Secret)?;
        let point = secret.verifying_key().to_sec1_point(true);
        let public = PublicKey::from_slice(point.as_bytes())?;
        Ok(Self { secret, public })
    }

    /// The secret, for the file that keeps it.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.secret.to_bytes().into()
    }

    /// Signs; a key in memory always can. Deterministic (RFC 6979).
    pub fn sign_now(&self, message: &[u8]) -> Signature {
        if testing::quick_signatures() {
            return testing::quick_signature(&self.public, message);
        }
        let signature: EcdsaSignature = self.secret.sign(message);
        signature.to_bytes().into()
    }
}

impl Signer for SoftwareKey {
    fn public_key(&self) -> PublicKey {
        self.public
    }
    fn sign(&self, message: &[u8]) -> Result<Signature, SignerError> {
        Ok(self.sign_now(message))
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn keys_and_signatures_read_back_from_what_other_programs_read() {
        let key = SoftwareKey::from_bytes(&[7; 32]).expect("a key");
        let pem = pem_of(&key.public_key());
        assert_eq!(of_pem(pem.as_bytes()), Some(key.public_key()));
        assert_eq!(of_pem(pem.replace("PUBLIC", "SECRET").as_bytes()), None);
        assert_eq!(of_pem(pem.trim_end().as_bytes()), None);
        let signature = key.sign_now(b"matter");
        let der = to_der(&signature).expect("a signature");
        assert_eq!(of_der(&der), Some(signature));
        assert_eq!(of_der(&der[..der.len() - 1]), None);
        assert_eq!(to_der(&[0; 64]), None);
    }

    #[test]
    fn a_signature_holds_for_its_message_and_key_alone() {
        let key = SoftwareKey::from_bytes(&[7; 32]).expect("a key");
        let other = SoftwareKey::from_bytes(&[8; 32]).expect("a key");
        let signature = key.sign_now(b"matter");
        assert!(key.public_key().verifies(b"matter", &signature));
        assert!(!key.public_key().verifies(b"matters", &signature));
        assert!(!other.public_key().verifies(b"matter", &signature));
        assert!(!key.public_key().verifies(b"matter", &signature[..63]));
        assert!(!key.public_key().verifies(b"matter", &[0; 64]));
    }

    #[test]
    fn bytes_that_are_no_key_are_refused() {
        assert!(SoftwareKey::from_bytes(&[0; 32]).is_err());
        assert!(SoftwareKey::from_bytes(&[1; 31]).is_err());
        assert!(PublicKey::from_slice(&[2; 32]).is_err());
        assert!(PublicKey::from_slice(&[9; 33]).is_err());
    }
}
