//! The frame around a change: magic, checksum, type, length.

use sha2::{Digest, Sha256};

use super::leb128::{Reader, write_unsigned};
use super::{ChangeHash, ChangePartsError};

pub(crate) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
pub(crate) const CHANGE_TYPE: u8 = 1;
/// How many bytes stand before the length.
pub(crate) const FIXED_HEADER_BYTES: usize = MAGIC.len() + 4 + 1;

/// A change chunk with its frame taken off.
pub(crate) struct Chunk<'a> {
    checksum: [u8; 4],
    pub(crate) contents: &'a [u8],
}

/// Takes the frame off one raw change chunk that fills `raw` exactly.
pub(crate) fn open(raw: &[u8]) -> Result<Chunk<'_>, ChangePartsError> {
    let mut reader = Reader::new(raw);
    if reader.array()? != MAGIC {
        return Err(ChangePartsError::Magic);
    }
    let checksum = reader.array()?;
    match reader.byte()? {
        CHANGE_TYPE => {}
        0 => return Err(ChangePartsError::DocumentChunk),
        2 => return Err(ChangePartsError::CompressedChunk),
        3 => return Err(ChangePartsError::BundleChunk),
        other => return Err(ChangePartsError::UnknownChunk(other)),
    }
    let length = reader.unsigned()?;
    let contents = reader.take(length)?;
    if !reader.is_empty() {
        return Err(ChangePartsError::TrailingBytes);
    }
    Ok(Chunk { checksum, contents })
}

impl Chunk<'_> {
    /// The hash of the change, once its checksum is seen to fit.
    pub(crate) fn verified_hash(&self) -> Result<ChangeHash, ChangePartsError> {
        let hash = digest(self.contents);
        if checksum_of(&hash) == self.checksum {
            Ok(hash)
        } else {
            Err(ChangePartsError::Checksum)
        }
    }
}

/// The checksum in the frame is the start of the hash.
pub(crate) fn checksum_of(hash: &ChangeHash) -> [u8; 4] {
    let [a, b, c, d, ..] = hash.0;
    [a, b, c, d]
}

/// SHA-256 over chunk type, length and contents.
pub(crate) fn digest(contents: &[u8]) -> ChangeHash {
    let mut prefix = Vec::with_capacity(11);
    prefix.push(CHANGE_TYPE);
    write_unsigned(&mut prefix, contents.len() as u64);
    let mut hasher = Sha256::new();
    hasher.update(&prefix);
    hasher.update(contents);
    ChangeHash(hasher.finalize().into())
}

/// The hash of a raw change chunk, with its checksum verified.
///
/// Automerge's own `Change::from_bytes` does not verify the checksum.
///
/// # Errors
/// When `raw` is not exactly one raw change chunk or its checksum is wrong.
pub fn hash(raw: &[u8]) -> Result<ChangeHash, ChangePartsError> {
    open(raw)?.verified_hash()
}
