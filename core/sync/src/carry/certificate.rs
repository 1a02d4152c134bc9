//! Who a device is, under the hub's signature: what lets two devices know each other without it.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::person::Person;
use xunge_domain::time::Timestamp;

use crate::carry::error::{CarryError, decode_whole};
use crate::hub::OriginInstallation;
use crate::keys::{PublicKey, Signature, SoftwareKey};

/// How long a certificate is good for: ninety days. A device that was revoked can deceive others for so long at most, and
/// never the hub.
pub const CERTIFICATE_MILLIS: i64 = 90 * 24 * 60 * 60 * 1_000;
/// A device whose certificate has less left asks for another.
pub const RENEWAL_MILLIS: i64 = CERTIFICATE_MILLIS / 3;

/// Most keys, and most installations before, that a certificate names.
const LINE_MAX: usize = 64;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct CertificateStatement {
    /// The installation.
    #[n(0)]
    pub installation: InstallationId,
    /// Its key, then those of the installations before it, compressed.
    #[n(1)]
    pub keys: Vec<ByteArray<33>>,
    /// Whose device it is, with roles and beats as of then.
    #[n(2)]
    pub person: Person,
    /// The installations before it, the newest first.
    #[n(3)]
    pub predecessors: Vec<InstallationId>,
    /// The hub's clock when it was issued.
    #[n(4)]
    pub issued_at: Timestamp,
    /// From when on it is worth nothing.
    #[n(5)]
    pub expires_at: Timestamp,
}

/// A statement with the hub's signature.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Certificate {
    /// CBOR of a [`CertificateStatement`], kept as it was signed.
    #[n(0)]
    pub statement: ByteVec,
    /// ES256 over `"xunge certificate"` and SHA-256 of the statement.
    #[n(1)]
    pub signature: ByteArray<64>,
}

/// A certificate that was verified.
#[derive(Debug, Clone)]
pub struct Certified {
    /// The device as an origin of changes; never revoked, as far as a certificate tells.
    pub origin: OriginInstallation,
    /// The key it signs with.
    pub key: PublicKey,
    /// From when on the certificate is worth nothing.
    pub expires_at: Timestamp,
}

fn message(statement: &[u8]) -> Vec<u8> {
    let digest = Digest::of(statement);
    [b"xunge certificate".as_slice(), digest.as_bytes()].concat()
}

impl Certificate {
    /// Issues one. Cost: one signature.
    pub fn issue(statement: &CertificateStatement, hub: &SoftwareKey) -> Self {
        let mut bytes = Vec::new();
        // Writing to a vector cannot fail, and nothing of it refuses to be encoded.
        let _ = minicbor::encode(statement, &mut bytes);
        let signature: Signature = hub.sign_now(&message(&bytes));
        Self {
            statement: bytes.into(),
            signature: signature.into(),
        }
    }

    /// What it says, before anybody verified it.
    ///
    /// # Errors
    /// Bytes that are no statement.
    pub fn claims(&self) -> Result<CertificateStatement, CarryError> {
        decode_whole(&self.statement)
    }

    /// Believes it, if this hub signed it and it has not expired. `now` is the hub's clock, as
    /// far as whoever asks knows it. Cost: one verification.
    ///
    /// # Errors
    /// Another hub's or forged, expired, or naming no key.
    pub fn verify(&self, hub: &PublicKey, now: Timestamp) -> Result<Certified, CarryError> {
        if !hub.verifies(&message(&self.statement), self.signature.as_slice()) {
            return Err(CarryError::ForeignCertificate);
        }
        let claims = self.claims()?;
        if claims.expires_at <= now {
            return Err(CarryError::Expired);
        }
        if claims.keys.len() > LINE_MAX || claims.predecessors.len() > LINE_MAX {
            return Err(CarryError::Unreadable);
        }
        let keys: Result<Vec<PublicKey>, _> = claims
            .keys
            .iter()
            .map(|key| PublicKey::from_slice(key.as_slice()))
            .collect();
        let keys = keys.map_err(|_| CarryError::Unreadable)?;
        let key = *keys.first().ok_or(CarryError::Unreadable)?;
        Ok(Certified {
            origin: OriginInstallation {
                installation: claims.installation,
                predecessors: claims.predecessors,
                person: claims.person,
                keys,
                former: Vec::new(),
                revoked: false,
            },
            key,
            expires_at: claims.expires_at,
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use crate::carry::error::tests::{HUB, NOW, certificate, key};
    use crate::keys::Signer as _;

    #[test]
    fn a_certificate_holds_for_its_hub_and_its_time_alone() {
        let hub = key(HUB);
        let issued = certificate(1, &hub);
        let certified = issued.verify(&hub.public_key(), NOW).unwrap();
        assert_eq!(certified.key, key(1).public_key());
        assert_eq!(certified.origin.keys, [key(1).public_key()]);
        let expired = issued.verify(&hub.public_key(), certified.expires_at);
        assert_eq!(expired.unwrap_err(), CarryError::Expired);
        let foreign = issued.verify(&key(9).public_key(), NOW);
        assert_eq!(foreign.unwrap_err(), CarryError::ForeignCertificate);
    }

    #[test]
    fn no_bit_of_a_certificate_can_be_changed() {
        let hub = key(HUB);
        let issued = certificate(1, &hub);
        for bit in 0..issued.statement.len() * 8 {
            let mut forged = issued.clone();
            forged.statement[bit / 8] ^= 1 << (bit % 8);
            let refused = forged.verify(&hub.public_key(), NOW);
            assert_eq!(
                refused.unwrap_err(),
                CarryError::ForeignCertificate,
                "bit {bit}"
            );
        }
    }
}
