//! The chunks of a PNG, walked without a decoder: size, EXIF, end.

use crate::PhotoError;

pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Length, type and checksum of a chunk.
const CHUNK_FRAME_BYTES: usize = 12;

#[derive(Debug)]
pub(crate) struct Header<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) exif: Option<&'a [u8]>,
    /// Whether the chunks run up to the end chunk.
    pub(crate) has_end: bool,
}

/// Reads the header chunk and hops over the others.
pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, PhotoError> {
    let mut at = SIGNATURE.len();
    let (kind, payload) = chunk(bytes, at).ok_or(PhotoError::Truncated)?;
    let (b"IHDR", [w3, w2, w1, w0, h3, h2, h1, h0, ..]) = (kind, payload) else {
        return Err(PhotoError::Damaged);
    };
    let width = u32::from_be_bytes([*w3, *w2, *w1, *w0]);
    let height = u32::from_be_bytes([*h3, *h2, *h1, *h0]);
    if width == 0 || height == 0 {
        return Err(PhotoError::Damaged);
    }
    let mut header = Header {
        width,
        height,
        exif: None,
        has_end: false,
    };
    at += payload.len() + CHUNK_FRAME_BYTES;
    while let Some((kind, payload)) = chunk(bytes, at) {
        match kind {
            b"eXIf" if header.exif.is_none() => header.exif = Some(payload),
            b"IEND" => {
                header.has_end = true;
                break;
            }
            _ => {}
        }
        at += payload.len() + CHUNK_FRAME_BYTES;
    }
    Ok(header)
}

/// A chunk's type and payload, when all of it including its checksum is there.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk()?;
    let (kind, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.get(..length.checked_add(4)?)?;
    Some((kind, rest.get(..length)?))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{PhotoError, SIGNATURE, header};

    fn chunk(kind: &[u8], payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length, kind, payload, b"csum"].concat()
    }

    fn size(width: u32, height: u32) -> Vec<u8> {
        let sizes = [width.to_be_bytes(), height.to_be_bytes()].concat();
        chunk(b"IHDR", &[&sizes[..], b"\x08\x02\0\0\0"].concat())
    }

    #[test]
    fn size_exif_and_end_are_found() {
        let parts = [
            SIGNATURE.to_vec(),
            size(3, 2),
            chunk(b"IDAT", b"data"),
            chunk(b"eXIf", b"II*\0"),
            chunk(b"IEND", b""),
        ];
        let bytes = parts.concat();
        let whole = header(&bytes).unwrap();
        assert_eq!((whole.width, whole.height), (3, 2));
        assert_eq!(whole.exif, Some(b"II*\0".as_slice()));
        assert!(whole.has_end);
        assert!(!header(&bytes[..bytes.len() - 1]).unwrap().has_end);
    }

    #[test]
    fn a_header_that_is_cut_empty_or_missing_is_refused() {
        let whole = [SIGNATURE.to_vec(), size(3, 2)].concat();
        for length in SIGNATURE.len()..whole.len() {
            assert_eq!(
                header(&whole[..length]).unwrap_err(),
                PhotoError::Truncated,
                "{length}"
            );
        }
        for bytes in [
            [SIGNATURE.to_vec(), size(0, 2)].concat(),
            [SIGNATURE.to_vec(), chunk(b"IDAT", b"data")].concat(),
            [SIGNATURE.to_vec(), chunk(b"IHDR", b"\0\0\0\x01")].concat(),
        ] {
            assert_eq!(header(&bytes).unwrap_err(), PhotoError::Damaged);
        }
    }

    #[test]
    fn a_chunk_that_claims_four_gigabytes_is_only_a_cut() {
        let bytes = [SIGNATURE, &size(3, 2), b"\xFF\xFF\xFF\xFFeXIfabc"].concat();
        let header = header(&bytes).unwrap();
        assert_eq!(header.exif, None);
        assert!(!header.has_end);
    }
}
