//! Brotli with a cap on what comes out.

use std::io::Read;

use super::ColumnsError;

/// Most bytes of a batch after decompression.
pub const COLUMNS_BYTES_MAX: usize = 4 * 1024 * 1024;
const WINDOW_BITS: i32 = 22;
/// The least the format knows is 10; below this nothing is saved.
const WINDOW_BITS_MIN: i32 = 16;
const BUFFER_BYTES: usize = 4096;

/// How hard to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For a push or an answer: somebody waits.
    Quick,
    /// For a pack, which is made once and fetched often.
    Thorough,
}

impl Effort {
    const fn quality(self) -> i32 {
        match self {
            Self::Quick => 5,
            Self::Thorough => 11,
        }
    }

    /// The highest quality keeps tables of the size of the window, eight bytes a byte: a window as large as the batch
    /// finds as much.
    fn window_bits(self, length: usize) -> i32 {
        match self {
            Self::Quick => WINDOW_BITS,
            Self::Thorough => {
                let bits = usize::BITS - length.leading_zeros();
                i32::try_from(bits)
                    .map_or(WINDOW_BITS, |bits| bits.clamp(WINDOW_BITS_MIN, WINDOW_BITS))
            }
        }
    }
}

pub(super) fn compress(plain: &[u8], effort: Effort) -> Result<Vec<u8>, ColumnsError> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: effort.quality(),
        lgwin: effort.window_bits(plain.len()),
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    let mut input = plain;
    // Writing to a vector cannot fail; should it, the receiver would refuse the batch.
    brotli::BrotliCompress(&mut input, &mut packed, &parameters)
        .map_err(|_| ColumnsError::Compression)?;
    Ok(packed)
}

pub(super) fn decompress(packed: &[u8]) -> Result<Vec<u8>, ColumnsError> {
    let mut input = packed;
    let mut plain = Vec::new();
    let mut reader = brotli::Decompressor::new(&mut input, BUFFER_BYTES);
    let read = reader
        .by_ref()
        .take(COLUMNS_BYTES_MAX as u64 + 1)
        .read_to_end(&mut plain);
    if plain.len() > COLUMNS_BYTES_MAX {
        return Err(ColumnsError::TooLarge);
    }
    read.map_err(|_| ColumnsError::Compression)?;
    // One more read tells bytes behind the stream inside the reader's buffer; the rest is still in `input`.
    let ended = matches!(reader.read(&mut [0]), Ok(0));
    drop(reader);
    if ended && input.is_empty() {
        Ok(plain)
    } else {
        Err(ColumnsError::Compression)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    #[test]
    fn the_cap_is_exact_and_bytes_behind_the_stream_are_refused() {
        let fits = compress(&vec![0; COLUMNS_BYTES_MAX], Effort::Quick).unwrap();
        assert_eq!(decompress(&fits).unwrap().len(), COLUMNS_BYTES_MAX);
        let bomb = compress(&vec![0; COLUMNS_BYTES_MAX + 1], Effort::Quick).unwrap();
        assert!(bomb.len() < 1_000);
        assert_eq!(decompress(&bomb), Err(ColumnsError::TooLarge));
        for behind in [1, BUFFER_BYTES, 3 * BUFFER_BYTES] {
            let small = compress(b"road", Effort::Thorough).unwrap();
            let longer = [small.as_slice(), &vec![0; behind]].concat();
            assert_eq!(decompress(&longer), Err(ColumnsError::Compression));
            assert!(decompress(&small[..small.len() - 1]).is_err());
        }
    }
}
