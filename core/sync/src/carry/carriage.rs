//! Changes of one document under the signature of the device that made them.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use xunge_domain::ids::{Digest, InstallationId};
use xunge_domain::time::Timestamp;

use crate::carry::error::{CarryError, decode_whole};
use crate::keys::{PublicKey, Signer, SignerError};
use crate::wire::PushedDocument;

/// Most bytes of a carriage. A document of six changes has two kilobytes.
pub const CARRIAGE_BYTES_MAX: usize = 3 * 1024 * 1024;

/// What a carriage says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Carried {
    /// The installation that made the changes.
    #[n(0)]
    pub installation: InstallationId,
    /// Its clock when it signed: a claim.
    #[n(1)]
    pub made_at: Timestamp,
    /// Its changes, dependencies first, among them those of the hub that they build on, with the hub's signature.
    #[n(2)]
    pub document: PushedDocument,
}

/// A statement with the signature of its origin. Unlike the signature of a push it covers every byte, the hub's signatures
/// among them: who carries must not be able to leave one out, which would make a ruling look forged.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Carriage {
    /// CBOR of a [`Carried`], kept as it was signed.
    #[n(0)]
    pub statement: ByteVec,
    /// ES256 over `"xunge carriage"` and SHA-256 of the statement.
    #[n(1)]
    pub signature: ByteArray<64>,
}

fn message(statement: &[u8]) -> Vec<u8> {
    let digest = Digest::of(statement);
    [b"xunge carriage".as_slice(), digest.as_bytes()].concat()
}

impl Carriage {
    /// Signs changes as their origin.
    ///
    /// # Errors
    /// More than one carriage holds, or the key cannot sign.
    pub fn sign(carried: &Carried, signer: &dyn Signer) -> Result<Self, CarryError> {
        let mut bytes = Vec::new();
        // Writing to a vector cannot fail, and nothing of it refuses to be encoded.
        let _ = minicbor::encode(carried, &mut bytes);
        if bytes.len() > CARRIAGE_BYTES_MAX {
            return Err(CarryError::TooLarge);
        }
        let signed = signer.sign(&message(&bytes));
        let signature = signed.map_err(|SignerError { cause }| CarryError::Signer { cause })?;
        Ok(Self {
            statement: bytes.into(),
            signature: signature.into(),
        })
    }

    /// Reads it, if the holder of `key` signed it. Cost: one verification, 0.2 ms.
    ///
    /// # Errors
    /// Another signed it, or it was changed.
    pub fn verify(&self, key: &PublicKey) -> Result<Carried, CarryError> {
        if !key.verifies(&message(&self.statement), self.signature.as_slice()) {
            return Err(CarryError::ForeignSignature);
        }
        self.claims()
    }

    /// What it says, before anybody verified it.
    ///
    /// # Errors
    /// Bytes that are no statement.
    pub fn claims(&self) -> Result<Carried, CarryError> {
        if self.statement.len() > CARRIAGE_BYTES_MAX {
            return Err(CarryError::TooLarge);
        }
        decode_whole(&self.statement)
    }
}
