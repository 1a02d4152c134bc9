//! The signature below a checkpoint. Signing and checking are handed in: the algorithm has a room of its own.

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use super::{CHECKPOINT_BYTES_MAX, Checkpoint, CheckpointError, Origin};

/// Bytes of a public key: compressed SEC1.
pub const KEY_BYTES: usize = 33;
/// Bytes of a signature: r ‖ s.
pub const SIGNATURE_BYTES: usize = 64;

const KEY_ID_BYTES: usize = 4;
/// "A type without a number of its own", and which.
const ALGORITHM: &[u8] = b"\xffxunge-es256";
const DASH: &str = "— ";

/// A checkpoint with a signature. Says nothing before [`SignedCheckpoint::verified`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    key_id: [u8; KEY_ID_BYTES],
    signature: [u8; SIGNATURE_BYTES],
}

fn key_id(origin: &Origin, public_key: &[u8; KEY_BYTES]) -> [u8; KEY_ID_BYTES] {
    let hash = Sha256::new()
        .chain_update(origin.as_str())
        .chain_update(b"\n")
        .chain_update(ALGORITHM)
        .chain_update(public_key)
        .finalize();
    let mut first = [0; KEY_ID_BYTES];
    first.copy_from_slice(&hash[..KEY_ID_BYTES]);
    first
}

impl SignedCheckpoint {
    /// Signs: `sign` gets the text and answers ES256 over it, by the secret of `public_key`.
    pub fn sign(
        checkpoint: Checkpoint,
        public_key: &[u8; KEY_BYTES],
        sign: impl FnOnce(&[u8]) -> [u8; SIGNATURE_BYTES],
    ) -> Self {
        let signature = sign(checkpoint.to_text().as_bytes());
        Self {
            key_id: key_id(&checkpoint.origin, public_key),
            checkpoint,
            signature,
        }
    }

    /// What it says, whoever said so.
    pub const fn claimed(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signature, r ‖ s.
    pub const fn signature(&self) -> &[u8; SIGNATURE_BYTES] {
        &self.signature
    }

    /// The whole text, to keep and to hand on.
    pub fn to_text(&self) -> String {
        let signature = [self.key_id.as_slice(), &self.signature].concat();
        format!(
            "{}\n{DASH}{} {}\n",
            self.checkpoint.to_text(),
            self.checkpoint.origin,
            BASE64.encode(&signature)
        )
    }

    /// Reads a text that is exactly such a checkpoint. Whether it may be believed is another question.
    ///
    /// # Errors
    /// It is not.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        if text.len() > CHECKPOINT_BYTES_MAX {
            return Err(CheckpointError::TooLong);
        }
        let malformed = |what| CheckpointError::Malformed { what };
        let (body, signed) = text.split_once("\n\n").ok_or(malformed("no signature"))?;
        let checkpoint = Checkpoint::parse(&format!("{body}\n"))?;
        let line = signed
            .strip_prefix(DASH)
            .and_then(|line| line.strip_prefix(checkpoint.origin.as_str()))
            .and_then(|line| line.strip_prefix(' '))
            .and_then(|line| line.strip_suffix('\n'))
            .ok_or(malformed("signature line"))?;
        let bytes = BASE64.decode(line.as_bytes());
        let bytes = bytes.map_err(|_| malformed("signature"))?;
        let (key_id, signature) = bytes
            .split_first_chunk()
            .ok_or(malformed("length of the signature"))?;
        let signature = signature.try_into();
        Ok(Self {
            checkpoint,
            key_id: *key_id,
            signature: signature.map_err(|_| malformed("length of the signature"))?,
        })
    }

    /// What it says, once it is known to be said by the hub of this log: `verifies` gets text and signature, and answers
    /// whether the key made it.
    ///
    /// # Errors
    /// It is about another log, by another key, or was changed.
    pub fn verified(
        &self,
        origin: &Origin,
        public_key: &[u8; KEY_BYTES],
        verifies: impl FnOnce(&[u8], &[u8]) -> bool,
    ) -> Result<&Checkpoint, CheckpointError> {
        if self.checkpoint.origin != *origin {
            return Err(CheckpointError::OtherLog);
        }
        if self.key_id != key_id(origin, public_key) {
            return Err(CheckpointError::OtherKey);
        }
        if verifies(self.checkpoint.to_text().as_bytes(), &self.signature) {
            Ok(&self.checkpoint)
        } else {
            Err(CheckpointError::Signature)
        }
    }
}
