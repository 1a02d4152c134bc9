//! What the bytes are, by their signature; names and claims of others do not count.

use crate::PhotoError;

/// A kind of picture that is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What cameras write.
    Jpeg,
    /// Screenshots and drawings.
    Png,
    /// Pictures that went through a chat app.
    Webp,
    /// What some phones write unless told otherwise: kept as an original, no copies are made of it.
    Heic,
}

impl Format {
    /// The media type, for a header or a manifest.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
        }
    }

    /// Whether copies can be made of it.
    #[must_use]
    pub fn is_decoded(self) -> bool {
        !matches!(self, Self::Heic)
    }

    pub(crate) fn of(bytes: &[u8]) -> Result<Self, PhotoError> {
        if bytes.starts_with(crate::jpeg::SIGNATURE) {
            return Ok(Self::Jpeg);
        }
        if bytes.starts_with(crate::png::SIGNATURE) {
            return Ok(Self::Png);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Self::Webp);
        }
        match foreign(bytes) {
            Some(HEIC) => Ok(Self::Heic),
            Some(format) => Err(PhotoError::Unsupported { format }),
            None => Err(PhotoError::NotAPicture),
        }
    }
}

/// Its name in errors.
pub(crate) const HEIC: &str = "heic";

/// Kinds worth naming to the person, because they come out of phones and scanners.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => HEIC,
            b"avif" | b"avis" => "avif",
            _ => "video",
        });
    }
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"BM", "bmp"),
        (b"%PDF-", "pdf"),
        (b"\xFF\x0A", "jpeg-xl"),
        (b"\0\0\0\x0CJXL \r\n\x87\n", "jpeg-xl"),
    ];
    let mut signatures = SIGNATURES.iter();
    let found = signatures.find(|(signature, _)| bytes.starts_with(signature))?;
    Some(found.1)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{Format, PhotoError};

    #[test]
    fn signatures_decide() {
        assert_eq!(Format::of(b"\xFF\xD8\xFF\xE0").unwrap(), Format::Jpeg);
        assert_eq!(Format::of(b"\x89PNG\r\n\x1A\n").unwrap(), Format::Png);
        assert_eq!(Format::of(b"RIFF\0\0\0\0WEBP").unwrap(), Format::Webp);
    }

    #[test]
    fn known_foreign_kinds_are_named() {
        for heic in [b"\0\0\0\x18ftypheic\0\0\0\0", b"\0\0\0\x18ftypmif1\0\0\0\0"] {
            assert_eq!(Format::of(heic).unwrap(), Format::Heic);
            assert!(!Format::Heic.is_decoded() && Format::Jpeg.is_decoded());
        }
        let named: [(&[u8], &str); 4] = [
            (b"\0\0\0\x18ftypavif\0\0\0\0", "avif"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
            (b"GIF89a\x01\0\x01\0", "gif"),
            (b"%PDF-1.7", "pdf"),
        ];
        for (bytes, format) in named {
            assert_eq!(
                Format::of(bytes).unwrap_err(),
                PhotoError::Unsupported { format }
            );
        }
    }

    #[test]
    fn anything_else_is_no_picture() {
        let others: [&[u8]; 6] = [
            b"",
            b"\xFF",
            b"\xFF\xD8",
            b"hello",
            b"RIFF\0\0\0\0WAVE",
            b"\0\0\0\x18ftyp",
        ];
        for bytes in others {
            assert_eq!(Format::of(bytes).unwrap_err(), PhotoError::NotAPicture);
        }
    }
}
