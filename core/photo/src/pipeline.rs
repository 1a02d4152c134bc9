//! The order of the steps, chosen for memory: decode to the size of the working copy, turn that upright, and make every
//! copy from it.

use image::DynamicImage;

use crate::decode::small;
use crate::encode::{Coder, Derivative, DerivativeKind};
use crate::orient::orient;
use crate::perceptual::perceptual_hash;
use crate::preview::preview;
use crate::resize::shrunk;
use crate::watermark::{self, Drawn, Watermark};
use crate::{ExifPolicy, PerceptualHash, PhotoError, exif_write, probe, sha256};

/// Longest edge of the working copy.
pub const WORKING_EDGE_MAX: u32 = 2048;

/// JPEG quality of the working copy.
pub const WORKING_QUALITY: u8 = 82;

/// Longest edge of the thumbnail.
pub const THUMB_EDGE_MAX: u32 = 320;

/// JPEG quality of the thumbnail.
const THUMB_QUALITY: u8 = 75;

/// How the copies are to be made. By default: no watermark, no EXIF.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeriveRequest<'a> {
    /// Burnt into the working copy.
    pub watermark: Option<Watermark<'a>>,
    /// What all copies say about themselves.
    pub exif: ExifPolicy,
}

/// The copies that people look at, each with its digest and its original's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivatives {
    /// Long edge at most [`WORKING_EDGE_MAX`].
    pub working: Derivative,
    /// Long edge at most [`THUMB_EDGE_MAX`]: a row of a list.
    pub thumb: Derivative,
    /// About 25 KB, never over [`crate::PREVIEW_BYTES_MAX`].
    pub preview: Derivative,
    /// What was burnt into the working copy; `None` when nothing was asked for, or the picture is too small to read it.
    pub watermark: Option<Drawn>,
    /// What the picture looks like, without its watermark.
    pub perceptual: PerceptualHash,
    /// `false` when the original is cut or damaged, so that part of the copies is grey: tell
    /// the worker to take the photo again. See [`crate::Probe::complete`].
    pub complete: bool,
}

/// Makes the copies of a photo without watermark and EXIF: [`derive_as`] with the default request.
///
/// # Errors
/// As [`derive_as`].
pub fn derive(bytes: &[u8]) -> Result<Derivatives, PhotoError> {
    derive_as(bytes, &DeriveRequest::default())
}

/// Makes the copies of a photo. CPU-bound (48 megapixels 200 ms), about 20 MB beside the original for a camera's JPEG:
/// run it off the main thread.
///
/// A cut original gives copies of what is left, because half a photo of a broken
/// main is worth more than none; [`Derivatives::complete`] says so. Only a file
/// with nothing to show is refused.
///
/// # Errors
/// No picture, one of a kind that is not decoded here (HEIC), too large, or nothing in it to show.
pub fn derive_as(bytes: &[u8], request: &DeriveRequest<'_>) -> Result<Derivatives, PhotoError> {
    let probe = probe(bytes)?;
    let (stored, whole) = small(bytes, &probe, WORKING_EDGE_MAX)?;
    let upright = orient(stored, probe.exif.orientation);
    let coder = Coder {
        original_sha256: sha256(bytes),
        exif: exif_write::segment(&probe.exif, request.exif),
    };

    let thumb = shrunk(&upright, THUMB_EDGE_MAX);
    let thumb = thumb.as_ref().unwrap_or(&upright);
    let thumb_bytes = coder.jpeg(thumb, THUMB_QUALITY)?;
    let thumb = coder.copy(DerivativeKind::Thumb, thumb_bytes, thumb);
    let preview = preview(&coder, &upright)?;
    let perceptual = perceptual_hash(&upright);

    // Last, because the others are made of the picture itself.
    let mut pixels = upright.into_rgb8();
    let watermark = request
        .watermark
        .and_then(|wanted| watermark::draw(&mut pixels, &wanted, &coder.original_sha256));
    let marked = DynamicImage::ImageRgb8(pixels);
    let working_bytes = coder.jpeg(&marked, WORKING_QUALITY)?;
    Ok(Derivatives {
        working: coder.copy(DerivativeKind::Working, working_bytes, &marked),
        thumb,
        preview,
        watermark,
        perceptual,
        complete: probe.complete && whole,
    })
}
