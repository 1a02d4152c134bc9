//! The text of a batch has a compressor of its own. Half of what a case takes is Chinese text, short pieces of it,
//! where a general compressor does badly: it sees three bytes where there is one character, and pays for a reference
//! to a phrase what a guess of the next character costs a fraction of.
//!
//! For each character: is it the one that followed the last two characters before? The last one? If neither, the
//! character itself, its upper and its lower byte, by how often they came before. Every answer is a row of yes and
//! no, each coded with what it was before in the same situation. Measured on W1 it takes a quarter less than brotli 5,
//! in less time.

mod bits;
mod model;

use super::ColumnsError;
use bits::{BitReader, BitWriter};
use model::Model;

/// Compresses a text.
pub(super) fn compress(text: &str) -> Vec<u8> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut model = Model::new();
    let mut out = BitWriter::new();
    for character in text.chars() {
        model.write(character, &mut out);
    }
    out.finish()
}

/// The text of exactly `length` bytes that became `packed`.
pub(super) fn decompress(packed: &[u8], length: usize) -> Result<Vec<u8>, ColumnsError> {
    if length == 0 {
        return if packed.is_empty() {
            Ok(Vec::new())
        } else {
            Err(ColumnsError::Unused)
        };
    }
    let mut model = Model::new();
    let mut input = BitReader::new(packed);
    // Not reserved in full: the length is only a claim.
    let mut text = String::new();
    while text.len() < length {
        text.push(model.read(&mut input)?);
    }
    if text.len() > length {
        return Err(ColumnsError::Meaning);
    }
    input.finish()?;
    Ok(text.into_bytes())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(text: &str) -> String {
        let packed = compress(text);
        String::from_utf8(decompress(&packed, text.len()).unwrap()).unwrap()
    }

    #[test]
    fn every_kind_of_character_comes_back() {
        let edges = "\0\u{7f}\u{80}\u{ff}\u{d7ff}\u{e000}\u{fdff}\u{fe00}\u{feff}\u{ff00}，\u{ffff}\u{10000}\u{10ffff}";
        for text in ["", "a", "路", "路面破损，路面破损。", edges, "🚲乱停放"] {
            assert_eq!(back(text), text);
        }
        let long = "路面破损积水较深".repeat(5_000);
        assert_eq!(back(&long), long);
        assert!(compress(&long).len() < 600);
    }

    #[test]
    fn another_length_and_bytes_too_many_or_few_give_another_text_or_none() {
        let text = "商都路北侧人行道中间路面破损，约两平方米";
        let packed = compress(text);
        for cut in 0..packed.len() {
            // No digest of its own: that of the batch tells another text.
            let cut = decompress(&packed[..cut], text.len());
            assert_ne!(cut.as_deref(), Ok(text.as_bytes()));
        }
        let longer = [packed.as_slice(), &[0]].concat();
        assert_eq!(decompress(&longer, text.len()), Err(ColumnsError::Unused));
        assert!(decompress(&packed, text.len() - 1).is_err());
        assert!(decompress(&packed, text.len() + 3_000).is_err());
        assert_eq!(decompress(&packed, 0), Err(ColumnsError::Unused));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "[ -~路面破损积水，。a-c\\PC]{0,200}") {
            prop_assert_eq!(back(&text), text);
        }

        /// Whatever the bytes are, they are read to an end: no panic, no endless loop.
        #[test]
        fn any_bytes_are_read_or_refused(
            bytes in proptest::collection::vec(any::<u8>(), 0..200), length in 0_usize..2_000,
        ) {
            if let Ok(text) = decompress(&bytes, length) {
                prop_assert_eq!(text.len(), length);
            }
        }
    }
}
