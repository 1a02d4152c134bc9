//! Letters of a file: UTF-8 with or without a mark, or GB18030 as offices write it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, DecoderResult, GB18030, UTF_8};

/// Bytes read at once.
const BLOCK_BYTES: usize = 64 * 1024;

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a mark at the beginning is passed over.
    Utf8,
    /// GB18030, and so GBK and GB 2312 as well.
    Gb18030,
}

impl Encoding {
    /// Its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
        }
    }

    /// UTF-8 when all of the file is; nothing but chance makes GB18030 with Chinese letters look so. Reads the whole file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut decoder = UTF_8.new_decoder_with_bom_removal();
        let mut block = vec![0; BLOCK_BYTES];
        let mut letters = vec![0; 3 * BLOCK_BYTES + 16];
        loop {
            let read = file.read(&mut block)?;
            let (told, _, _) = decoder.decode_to_utf8_without_replacement(
                block.get(..read).unwrap_or_default(),
                &mut letters,
                read == 0,
            );
            match told {
                DecoderResult::Malformed(..) => return Ok(Self::Gb18030),
                _ if read == 0 => return Ok(Self::Utf8),
                _ => {}
            }
        }
    }

    /// Reads as UTF-8 what is written so. A byte that is no letter becomes U+FFFD.
    pub fn decoded<R: Read>(self, inner: R) -> Decoded<R> {
        let encoding = match self {
            Self::Utf8 => UTF_8,
            Self::Gb18030 => GB18030,
        };
        Decoded {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            block: vec![0; BLOCK_BYTES],
            read: 0..0,
            letters: vec![0; BLOCK_BYTES],
            ready: 0..0,
            ended: false,
        }
    }

    /// A text as bytes of this encoding.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Gb18030 => GB18030.encode(text).0.into_owned(),
        }
    }
}

impl std::str::FromStr for Encoding {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Ok(Self::Utf8),
            "gb18030" | "gbk" | "gb2312" => Ok(Self::Gb18030),
            _ => Err("give utf-8 or gb18030".into()),
        }
    }
}

/// A reader of UTF-8 over a reader of another encoding.
pub struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    block: Vec<u8>,
    read: std::ops::Range<usize>,
    letters: Vec<u8>,
    ready: std::ops::Range<usize>,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Fills `letters`; leaves them empty at the end alone.
    fn fill(&mut self) -> io::Result<()> {
        while self.ready.is_empty() && !self.ended {
            if self.read.is_empty() {
                self.read = 0..self.inner.read(&mut self.block)?;
            }
            let last = self.read.is_empty();
            let bytes = self.block.get(self.read.clone()).unwrap_or_default();
            let (told, taken, made, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.letters, last);
            self.read.start += taken;
            self.ready = 0..made;
            self.ended = last && told == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let ready = self.letters.get(self.ready.clone()).unwrap_or_default();
        let length = ready.len().min(out.len());
        if let (Some(out), Some(ready)) = (out.get_mut(..length), ready.get(..length)) {
            out.copy_from_slice(ready);
        }
        self.ready.start += length;
        Ok(length)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    /// Longer than a block, with letters of two and four bytes across its edges.
    fn long() -> String {
        "圃田嘉园，路面破损𠀀。a\n".repeat(9_000)
    }

    fn read(encoding: Encoding, bytes: &[u8]) -> String {
        let mut text = String::new();
        encoding.decoded(bytes).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_letter_comes_back_from_both_encodings() {
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            assert_eq!(read(encoding, &encoding.encode(&long())), long());
            assert_eq!(read(encoding, b""), "");
            assert_eq!(encoding.id().parse(), Ok(encoding));
        }
        assert_eq!(read(Encoding::Utf8, "\u{feff}编号".as_bytes()), "编号");
        assert_eq!(
            read(Encoding::Utf8, &Encoding::Gb18030.encode("编")),
            "\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn the_encoding_of_a_file_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let of = |bytes: &[u8]| {
            let path = folder.path().join("f.csv");
            std::fs::write(&path, bytes).unwrap();
            Encoding::of(&path).unwrap()
        };
        assert_eq!(of(long().as_bytes()), Encoding::Utf8);
        assert_eq!(of(b"\xef\xbb\xbfcode"), Encoding::Utf8);
        assert_eq!(of(&Encoding::Gb18030.encode(&long())), Encoding::Gb18030);
        assert_eq!(of(b"date,working"), Encoding::Utf8);
        // Cut within a letter.
        assert_eq!(of(&"编".as_bytes()[..2]), Encoding::Gb18030);
    }
}
