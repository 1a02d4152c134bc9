//! A photo's file under a key: the STREAM construction with ChaCha20-Poly1305 in pieces of 64 KiB.
//!
//! A header says the length; every piece is bound to it, to its place and to whether it is the last one, and the key to the
//! digest of what is sealed. So a piece can be read alone, and a bit that flipped, a piece that moved, a file that was cut or
//! took another's name is an error and never other bytes.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom, Write};
use std::path::Path;

use aead_stream::{NewStream as _, StreamBE32, StreamPrimitive as _};
use chacha20poly1305::ChaCha20Poly1305;
use chacha20poly1305::aead::Payload;
use xunge_domain::ids::Digest;

use super::data_key::DataKey;

/// Plain bytes of a piece: a range of an upload costs one or two pieces more.
const PIECE_BYTES: usize = 64 * 1024;
/// What a piece is longer when sealed.
const TAG_BYTES: usize = 16;
/// Magic, version, three zeros, plain length.
const HEADER_BYTES: usize = 16;
const MAGIC: [u8; 8] = *b"XGSF\x01\0\0\0";

/// What reading a sealed file can end with.
#[derive(Debug)]
pub(crate) enum UnsealError {
    /// The file could not be read.
    Io(io::Error),
    /// The file is not what was sealed for this digest under this key.
    Broken,
}

impl From<io::Error> for UnsealError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // The length was looked at before: now it is shorter.
            io::ErrorKind::UnexpectedEof => Self::Broken,
            _ => Self::Io(error),
        }
    }
}

/// The key of one file.
pub(crate) struct FileSeal(StreamBE32<ChaCha20Poly1305>);

/// A sealed file that is being read.
pub(crate) struct SealedFile {
    seal: FileSeal,
    file: File,
    header: [u8; HEADER_BYTES],
    length: u64,
}

impl FileSeal {
    pub(crate) fn new(key: &DataKey, digest: Digest) -> Self {
        let derived = key.file(digest);
        let mut cipher_key = chacha20poly1305::Key::default();
        let mut nonce =
            aead_stream::Nonce::<ChaCha20Poly1305, StreamBE32<ChaCha20Poly1305>>::default();
        let (front, back) = derived.split_at(cipher_key.len());
        cipher_key.copy_from_slice(front);
        nonce.copy_from_slice(back);
        Self(StreamBE32::new(&cipher_key, &nonce))
    }

    /// Seals `length` bytes. Fewer are an error, more are left where they are.
    pub(crate) fn write(
        &self,
        length: u64,
        from: &mut impl Read,
        to: &mut impl Write,
    ) -> io::Result<()> {
        let header = header(length);
        to.write_all(&header)?;
        let mut piece = vec![0; PIECE_BYTES];
        let last = last_piece(length);
        for position in 0..=last {
            let bytes = piece
                .get_mut(..piece_length(length, position))
                .unwrap_or_default();
            from.read_exact(bytes)?;
            let payload = Payload {
                msg: bytes,
                aad: &header,
            };
            let sealed = self
                .0
                .encrypt(counter(position)?, position == last, payload)
                .map_err(|_| io::Error::other("the piece could not be sealed"))?;
            to.write_all(&sealed)?;
        }
        Ok(())
    }

    /// Opens a file and looks at its header.
    pub(crate) fn open(self, path: &Path) -> Result<SealedFile, UnsealError> {
        let mut file = File::open(path)?;
        let mut header = [0; HEADER_BYTES];
        file.read_exact(&mut header)?;
        let (magic, length) = header.split_at(MAGIC.len());
        let length = length.try_into().map_err(|_| UnsealError::Broken)?;
        let length = u64::from_be_bytes(length);
        if magic != MAGIC
            || file.metadata()?.len() != sealed_length(length).ok_or(UnsealError::Broken)?
        {
            return Err(UnsealError::Broken);
        }
        Ok(SealedFile {
            seal: self,
            file,
            header,
            length,
        })
    }
}

impl SealedFile {
    /// Length of the plain bytes, as the header says; a header that was changed fails with the first piece.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Up to `length` plain bytes from `offset`; fewer at the end.
    pub(crate) fn read_range(
        &mut self,
        offset: u64,
        length: usize,
    ) -> Result<Vec<u8>, UnsealError> {
        let end = offset
            .saturating_add(u64::try_from(length).unwrap_or(u64::MAX))
            .min(self.length);
        let mut bytes = Vec::new();
        let mut at = offset;
        while at < end {
            let position = at / PIECE_BYTES as u64;
            let piece = self.piece(position)?;
            let start = position * PIECE_BYTES as u64;
            let from = usize::try_from(at - start).unwrap_or(PIECE_BYTES);
            let to = usize::try_from(end - start)
                .unwrap_or(PIECE_BYTES)
                .min(piece.len());
            bytes.extend_from_slice(piece.get(from..to).ok_or(UnsealError::Broken)?);
            at = start + to as u64;
        }
        Ok(bytes)
    }

    /// Hands out all plain bytes, piece by piece.
    pub(crate) fn read_all(
        &mut self,
        mut take: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), UnsealError> {
        for position in 0..=last_piece(self.length) {
            take(&self.piece(position)?).map_err(UnsealError::Io)?;
        }
        Ok(())
    }

    fn piece(&mut self, position: u64) -> Result<Vec<u8>, UnsealError> {
        let start = HEADER_BYTES as u64 + position * (PIECE_BYTES + TAG_BYTES) as u64;
        self.file.seek(SeekFrom::Start(start))?;
        let mut sealed = vec![0; piece_length(self.length, position) + TAG_BYTES];
        self.file.read_exact(&mut sealed)?;
        let payload = Payload {
            msg: &sealed,
            aad: &self.header,
        };
        let last = position == last_piece(self.length);
        self.seal
            .0
            .decrypt(counter(position)?, last, payload)
            .map_err(|_| UnsealError::Broken)
    }
}

fn header(length: u64) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    let (magic, rest) = header.split_at_mut(MAGIC.len());
    magic.copy_from_slice(&MAGIC);
    rest.copy_from_slice(&length.to_be_bytes());
    header
}

/// Nothing at all is one empty piece, or a file cut to its header would pass for it.
fn last_piece(length: u64) -> u64 {
    length.saturating_sub(1) / PIECE_BYTES as u64
}

fn piece_length(length: u64, position: u64) -> usize {
    let left = length.saturating_sub(position * PIECE_BYTES as u64);
    usize::try_from(left)
        .unwrap_or(PIECE_BYTES)
        .min(PIECE_BYTES)
}

/// `None`: no file can be as long.
fn sealed_length(length: u64) -> Option<u64> {
    let tags = (last_piece(length) + 1).checked_mul(TAG_BYTES as u64)?;
    length.checked_add(tags)?.checked_add(HEADER_BYTES as u64)
}

fn counter(position: u64) -> io::Result<u32> {
    u32::try_from(position).map_err(io::Error::other)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn seal(digest: Digest) -> FileSeal {
        FileSeal::new(&DataKey::from_bytes(KEY), digest)
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        seal(Digest::of(bytes))
            .write(bytes.len() as u64, &mut &*bytes, &mut out)
            .unwrap();
        out
    }

    fn opened(file: &[u8], digest: Digest) -> Result<SealedFile, UnsealError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sealed");
        std::fs::write(&path, file).unwrap();
        seal(digest).open(&path)
    }

    fn read(file: &[u8], digest: Digest) -> Result<Vec<u8>, UnsealError> {
        let mut bytes = Vec::new();
        opened(file, digest)?.read_all(|piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// Bytes of which no two pieces are alike.
    fn plain(length: usize) -> Vec<u8> {
        (0..length)
            .map(|place| (place / 251 + place) as u8)
            .collect()
    }

    #[test]
    fn every_length_around_the_pieces_reads_back_whole_and_in_ranges() {
        for length in [
            0,
            1,
            PIECE_BYTES - 1,
            PIECE_BYTES,
            PIECE_BYTES + 1,
            3 * PIECE_BYTES,
            200_000,
        ] {
            let bytes = plain(length);
            let digest = Digest::of(&bytes);
            let file = sealed(&bytes);
            assert_eq!(read(&file, digest).unwrap(), bytes, "{length}");
            let mut opened = opened(&file, digest).unwrap();
            assert_eq!(opened.length(), length as u64);
            for (offset, wanted) in [
                (0, 10),
                (0, length),
                (65_530, 12),
                (1, 131_073),
                (length, 5),
                (length + 9, 5),
            ] {
                let from = offset.min(length);
                let to = (offset + wanted).min(length).max(from);
                let range = opened.read_range(offset as u64, wanted).unwrap();
                assert_eq!(range, bytes[from..to], "{length} {offset} {wanted}");
            }
        }
    }

    #[test]
    fn no_changed_file_gives_any_bytes() {
        let bytes = plain(PIECE_BYTES + 100);
        let digest = Digest::of(&bytes);
        let file = sealed(&bytes);
        for place in (0..file.len()).step_by(997).chain(0..HEADER_BYTES) {
            let mut flipped = file.clone();
            flipped[place] ^= 4;
            assert!(
                matches!(read(&flipped, digest), Err(UnsealError::Broken)),
                "{place}"
            );
        }
        let first_piece = HEADER_BYTES + PIECE_BYTES + TAG_BYTES;
        for length in [0, 7, HEADER_BYTES, 100, first_piece, file.len() - 1] {
            assert!(
                matches!(read(&file[..length], digest), Err(UnsealError::Broken)),
                "{length}"
            );
        }
        let mut longer = file.clone();
        longer.push(0);
        assert!(matches!(read(&longer, digest), Err(UnsealError::Broken)));
        let other = Digest::of(b"another photo");
        assert!(
            matches!(read(&file, other), Err(UnsealError::Broken)),
            "another's name"
        );
    }

    #[test]
    fn a_header_that_tells_of_fewer_pieces_is_found_out() {
        let bytes = plain(2 * PIECE_BYTES);
        let mut file = sealed(&bytes);
        file[..HEADER_BYTES].copy_from_slice(&header(PIECE_BYTES as u64));
        file.truncate(HEADER_BYTES + PIECE_BYTES + TAG_BYTES);
        assert!(matches!(
            read(&file, Digest::of(&bytes)),
            Err(UnsealError::Broken)
        ));
    }

    #[test]
    fn pieces_that_change_places_are_found_out() {
        let bytes = plain(3 * PIECE_BYTES);
        let mut file = sealed(&bytes);
        let piece = PIECE_BYTES + TAG_BYTES;
        let (first, rest) = file[HEADER_BYTES..].split_at_mut(piece);
        first.swap_with_slice(&mut rest[..piece]);
        assert!(matches!(
            read(&file, Digest::of(&bytes)),
            Err(UnsealError::Broken)
        ));
    }
}
