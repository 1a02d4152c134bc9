//! Pixels to JPEG, with the digests of what came out and of what it came from.

use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder};

use crate::{PhotoError, sha256};

/// The number of the segment that EXIF stands in.
const EXIF_SEGMENT: u8 = 1;

/// Which copy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivativeKind {
    /// For a screen, with the watermark where one was asked for.
    Working,
    /// For a row of a list.
    Thumb,
    /// For a slow link.
    Preview,
    /// A working copy with parts made unrecognisable.
    Redacted,
}

/// A smaller copy of a photo: an upright JPEG, bound to its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivative {
    /// Which copy it is.
    pub kind: DerivativeKind,
    /// The JPEG file.
    pub bytes: Vec<u8>,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// SHA-256 of `bytes`.
    pub sha256: [u8; 32],
    /// SHA-256 of the original that it was made from.
    pub original_sha256: [u8; 32],
}

/// What all copies of one original share.
pub(crate) struct Coder {
    pub(crate) original_sha256: [u8; 32],
    /// The EXIF segment's payload that every copy carries.
    pub(crate) exif: Option<Vec<u8>>,
}

impl Coder {
    /// A JPEG file of a flattened picture, of one scan from top to bottom.
    ///
    /// No tables made to measure, although they would save 3 to 7 %: the encoder
    /// then writes one scan per colour, which costs the reader memory and which
    /// widespread decoders show in wrong colours ([`crate::decode`] tells more).
    pub(crate) fn jpeg(&self, picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
        // Both hold for every picture that went through `shrink` and `flatten`.
        let pixels = picture.as_rgb8().ok_or(PhotoError::Damaged)?;
        let edge = |edge: u32| u16::try_from(edge).map_err(|_| PhotoError::Damaged);
        let (width, height) = (edge(picture.width())?, edge(picture.height())?);

        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, quality);
        if let Some(exif) = &self.exif {
            encoder
                .add_app_segment(EXIF_SEGMENT, exif.clone())
                .map_err(|_| PhotoError::Damaged)?;
        }
        encoder
            .encode(pixels.as_raw(), width, height, ColorType::Rgb)
            .map_err(|_| PhotoError::Damaged)?;
        Ok(bytes)
    }

    /// The file as a copy of the original.
    pub(crate) fn copy(
        &self,
        kind: DerivativeKind,
        bytes: Vec<u8>,
        picture: &DynamicImage,
    ) -> Derivative {
        Derivative {
            kind,
            width: picture.width(),
            height: picture.height(),
            sha256: sha256(&bytes),
            original_sha256: self.original_sha256,
            bytes,
        }
    }
}
