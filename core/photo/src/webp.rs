//! The chunks of a WebP, walked without a decoder: EXIF and end.
//!
//! The size is written in three ways, so the decoder's own header reader is
//! asked for it (in [`crate::decode`]).

/// `RIFF`, length, `WEBP`.
const RIFF_HEADER_BYTES: usize = 12;

/// Payload of the EXIF chunk, wherever it stands.
pub(crate) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(RIFF_HEADER_BYTES..)?;
    loop {
        let (kind, behind) = rest.split_first_chunk::<4>()?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let payload = behind.get(..length)?;
        if kind == b"EXIF" {
            return Some(payload);
        }
        // Chunks are padded to an even length.
        rest = behind.get(length.checked_add(length % 2)?..)?;
    }
}

/// Whether the file is as long as it says it is.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.get(4..).and_then(|rest| rest.split_first_chunk()) else {
        return false;
    };
    usize::try_from(u32::from_le_bytes(*length)).is_ok_and(|length| rest.len() >= length)
}

#[cfg(test)]
mod tests {
    use super::{exif, has_end};

    #[test]
    fn exif_is_found_behind_a_padded_chunk() {
        let bytes = b"RIFF\x1A\0\0\0WEBPodd \x01\0\0\0x\0EXIF\x04\0\0\0II*\0";
        assert_eq!(exif(bytes), Some(b"II*\0".as_slice()));
        assert!(has_end(bytes));
        for length in 0..bytes.len() {
            assert_eq!(exif(&bytes[..length]), None, "{length}");
            assert!(!has_end(&bytes[..length]), "{length}");
        }
    }

    #[test]
    fn a_chunk_that_claims_four_gigabytes_ends_the_walk() {
        assert_eq!(exif(b"RIFF\x10\0\0\0WEBPEXIF\xFF\xFF\xFF\xFFII*\0"), None);
    }
}
