//! Brotli without compression: the bytes in stored blocks. Valid for every decoder and made in no time, so that what
//! lies under the compression can be spoiled ten million times.

/// Bytes of one stored block.
const BLOCK_BYTES: usize = 1 << 16;
/// An empty last block.
const END: u8 = 0b11;

/// A brotli stream of these bytes.
pub(super) fn stored(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 16);
    for (number, block) in plain.chunks(BLOCK_BYTES).enumerate() {
        // Not the last (0), four nibbles of length (00), the length less one, stored (1). The window of 16 bits (0)
        // stands before the first block alone.
        let head = ((block.len() as u32 - 1) << 3) | (1 << 19);
        let head = if number == 0 { head << 1 } else { head };
        out.extend_from_slice(&head.to_le_bytes()[..3]);
        out.extend_from_slice(block);
    }
    // With nothing in it the window's bit stands before the end.
    out.push(if plain.is_empty() { END << 1 } else { END });
    out
}

/// What comes out of a stream of our own.
#[expect(clippy::expect_used, reason = "made by the product a moment ago")]
pub(super) fn unstored(packed: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut input = packed;
    brotli::BrotliDecompress(&mut input, &mut plain).expect("a stream of our own");
    plain
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BYTES, stored, unstored};

    #[test]
    fn stored_bytes_come_out_again() {
        for length in [0, 1, 100, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 7] {
            let plain: Vec<u8> = (0..length).map(|index| index as u8).collect();
            assert_eq!(unstored(&stored(&plain)), plain, "{length}");
        }
    }
}
