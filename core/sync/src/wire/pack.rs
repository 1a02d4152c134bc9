//! CBOR inside brotli, with a cap on what comes out.

use std::io::{Read, Write};

use minicbor::{Decode, Encode};

use crate::testing;
use crate::wire::items::{ITEMS_MAX, exceed};

/// Most bytes of a request or a frame after decompression.
pub const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Quality 5: 1.4 MB in 28 ms on the way in, 3 ms on the way out (measured, sync.md).
const QUALITY: u32 = 5;
/// In the simulation, which compresses a few million small messages.
const QUALITY_QUICK: u32 = 0;
const WINDOW_BITS: u32 = 20;
const BUFFER_BYTES: usize = 4096;

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The compressed stream is damaged, cut, or followed by other bytes.
    #[error("the compressed stream is damaged or cut")]
    Compression,
    /// More than [`REQUEST_BYTES_MAX`] come out.
    #[error("the message is larger than {REQUEST_BYTES_MAX} bytes")]
    TooLarge,
    /// More than [`ITEMS_MAX`] data items.
    #[error("the message has more than {ITEMS_MAX} items")]
    TooMany,
    /// Not the CBOR of such a message.
    #[error("the message cannot be read: {0}")]
    Cbor(String),
}

impl PackError {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Compression => "wire_compression",
            Self::TooLarge => "wire_too_large",
            Self::TooMany => "wire_too_many",
            Self::Cbor(_) => "wire_unreadable",
        }
    }
}

/// Encodes and compresses.
pub fn pack<Message: Encode<()>>(message: &Message) -> Vec<u8> {
    let mut plain = Vec::new();
    // Writing to a vector cannot fail, and no message of ours refuses to be encoded.
    let _ = minicbor::encode(message, &mut plain);
    let mut packed = Vec::new();
    {
        let mut writer =
            brotli::CompressorWriter::new(&mut packed, BUFFER_BYTES, quality(), WINDOW_BITS);
        let _ = writer.write_all(&plain);
    }
    packed
}

fn quality() -> u32 {
    if testing::quick() {
        QUALITY_QUICK
    } else {
        QUALITY
    }
}

/// Decompresses under the cap and decodes exactly one message.
///
/// # Errors
/// Damaged, oversized, or another message.
pub fn unpack<Message>(packed: &[u8]) -> Result<Message, PackError>
where
    Message: for<'bytes> Decode<'bytes, ()>,
{
    let mut input = packed;
    let mut plain = Vec::new();
    let mut reader = brotli::Decompressor::new(&mut input, BUFFER_BYTES);
    let read = reader
        .by_ref()
        .take(REQUEST_BYTES_MAX as u64 + 1)
        .read_to_end(&mut plain);
    if plain.len() > REQUEST_BYTES_MAX {
        return Err(PackError::TooLarge);
    }
    read.map_err(|_| PackError::Compression)?;
    // One more read tells bytes behind the stream inside the reader's buffer; the rest is still in `input`.
    let ended = matches!(reader.read(&mut [0]), Ok(0));
    drop(reader);
    if !ended || !input.is_empty() {
        return Err(PackError::Compression);
    }
    if exceed(&plain, ITEMS_MAX) {
        return Err(PackError::TooMany);
    }
    let mut decoder = minicbor::Decoder::new(&plain);
    let message = decoder
        .decode()
        .map_err(|cause| PackError::Cbor(cause.to_string()))?;
    if decoder.position() == plain.len() {
        Ok(message)
    } else {
        Err(PackError::Cbor("bytes follow the message".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_a_cut_is_noticed() {
        let message: Vec<String> = (0..1_000)
            .map(|number| format!("路面破损 {number}"))
            .collect();
        let packed = pack(&message);
        assert_eq!(unpack::<Vec<String>>(&packed), Ok(message));
        assert!(unpack::<Vec<String>>(&packed[..packed.len() - 1]).is_err());
        assert!(unpack::<Vec<String>>(b"<html>").is_err());
        for behind in [1, BUFFER_BYTES, 3 * BUFFER_BYTES] {
            let longer = [packed.as_slice(), &vec![0; behind]].concat();
            let refused = unpack::<Vec<String>>(&longer);
            assert_eq!(
                refused,
                Err(PackError::Compression),
                "{behind} bytes behind"
            );
        }
        assert!(unpack::<u64>(&packed).is_err());
    }

    #[test]
    fn a_bomb_is_refused_at_the_cap() {
        let fits = vec![0_u8; REQUEST_BYTES_MAX - 5];
        let bomb = vec![0_u8; REQUEST_BYTES_MAX + 1];
        let bytes = |plain: &[u8]| pack(&minicbor::bytes::ByteVec::from(plain.to_vec()));
        assert!(bytes(&bomb).len() < 1_000);
        assert!(unpack::<minicbor::bytes::ByteVec>(&bytes(&fits)).is_ok());
        assert_eq!(
            unpack::<minicbor::bytes::ByteVec>(&bytes(&bomb)),
            Err(PackError::TooLarge)
        );
    }

    #[test]
    fn many_small_items_are_refused_before_anything_is_made_of_them() {
        let texts = |count: usize| pack(&vec![String::new(); count]);
        assert!(unpack::<Vec<String>>(&texts(ITEMS_MAX - 1)).is_ok());
        let bomb = texts(ITEMS_MAX);
        assert!(bomb.len() < 100);
        assert_eq!(unpack::<Vec<String>>(&bomb), Err(PackError::TooMany));
    }
}
