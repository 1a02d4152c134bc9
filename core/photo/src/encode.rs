//! Pixels to JPEG, with the digest of what came out.

use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder};

use crate::{PhotoError, sha256};

/// A smaller copy of a photo: an upright JPEG without EXIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivative {
    /// The JPEG file.
    pub bytes: Vec<u8>,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// SHA-256 of `bytes`.
    pub sha256: [u8; 32],
}

impl Derivative {
    pub(crate) fn new(bytes: Vec<u8>, picture: &DynamicImage) -> Self {
        Self {
            width: picture.width(),
            height: picture.height(),
            sha256: sha256(&bytes),
            bytes,
        }
    }
}

/// A JPEG file of a flattened picture, of one scan from top to bottom.
///
/// No tables made to measure, although they would save 3 to 7 %: the encoder
/// then writes one scan per colour, which costs the reader memory and which
/// widespread decoders show in wrong colours ([`crate::decode`] tells more).
pub(crate) fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    // Both hold for every picture that went through `shrink` and `flatten`.
    let pixels = picture.as_rgb8().ok_or(PhotoError::Damaged)?;
    let edge = |edge: u32| u16::try_from(edge).map_err(|_| PhotoError::Damaged);
    let (width, height) = (edge(picture.width())?, edge(picture.height())?);

    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, quality)
        .encode(pixels.as_raw(), width, height, ColorType::Rgb)
        .map_err(|_| PhotoError::Damaged)?;
    Ok(bytes)
}
