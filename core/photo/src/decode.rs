//! Bytes to pixels, under limits.
//!
//! The limits are the probe's own numbers: a decoder that finds another size in
//! the bytes than the probe did is stopped before it reserves memory for it.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::error::{SEPARATE_SCANS, UNUSUAL_CODING};
use crate::format::HEIC;
use crate::probe::{PIXELS_MAX, Probe};
use crate::resize::{flatten, shrink};
use crate::shield::shield;
use crate::{Format, PhotoError, jpeg, scaled, webp};

/// Most memory a decoder may take: four bytes for each of the most pixels. Deeper
/// and progressive pictures need more for a pixel and may have fewer.
const DECODED_BYTES_MAX: u64 = PIXELS_MAX * 4;

/// Decodes to eight-bit colour with a long edge of at most `edge_max`, as stored, and says whether nothing in it was
/// found damaged.
pub(crate) fn small(
    bytes: &[u8],
    probe: &Probe,
    edge_max: u32,
) -> Result<(DynamicImage, bool), PhotoError> {
    if !probe.format.is_decoded() {
        return Err(PhotoError::Unsupported { format: HEIC });
    }
    if probe.format == Format::Jpeg {
        let header = jpeg::header(bytes)?;
        if header.unusual {
            return Err(PhotoError::Unsupported {
                format: UNUSUAL_CODING,
            });
        }
        if !header.separate_scans
            && let Some(decoded) = shield(|| scaled::decode(bytes, edge_max)).flatten()
        {
            let scaled = decoded.map_err(|error| or_truncated(error, probe))?;
            return Ok((DynamicImage::ImageRgb8(scaled.picture), scaled.whole));
        }
    }
    let full = decode(bytes, probe)?;
    Ok((flatten(shrink(full, edge_max)), true))
}

/// Decodes the whole picture, as stored.
///
/// A JPEG that was cut decodes as far as it goes and is grey below; `image`
/// reports nothing, which is why [`Probe::complete`] exists.
///
/// A sequential JPEG with one scan per colour is refused: the decoder (zune-jpeg
/// 0.5.15, its issues 422 and 448) returns such a file in wrong colours without an
/// error, and evidence in wrong colours is worse than none. Cameras do not write
/// them; the original is kept as it is.
fn decode(bytes: &[u8], probe: &Probe) -> Result<DynamicImage, PhotoError> {
    let mut beside = 0;
    if probe.format == Format::Jpeg {
        let header = jpeg::header(bytes)?;
        if header.separate_scans {
            return Err(PhotoError::Unsupported {
                format: SEPARATE_SCANS,
            });
        }
        beside = header.coefficient_bytes_per_pixel;
    }
    shield(|| decode_limited(bytes, probe, beside))
        .ok_or(PhotoError::Damaged)?
        .map_err(|error| or_truncated(error, probe))
}

/// A decoder calls a missing end by many names; the probe knows better.
fn or_truncated(error: PhotoError, probe: &Probe) -> PhotoError {
    match error {
        PhotoError::Damaged if !probe.complete => PhotoError::Truncated,
        other => other,
    }
}

/// `beside`: bytes a pixel that the decoder holds beside the pixels themselves.
fn decode_limited(bytes: &[u8], probe: &Probe, beside: u64) -> Result<DynamicImage, PhotoError> {
    let decoder = open(bytes, probe.format, probe.width, probe.height)?;
    if decoder.dimensions() != (probe.width, probe.height) {
        return Err(PhotoError::Damaged);
    }
    let bytes_per_pixel = u64::from(decoder.color_type().bytes_per_pixel()) + beside;
    check_memory(probe.width, probe.height, bytes_per_pixel)?;
    DynamicImage::from_decoder(decoder).map_err(refusal)
}

fn check_memory(width: u32, height: u32, bytes_per_pixel: u64) -> Result<(), PhotoError> {
    let max = DECODED_BYTES_MAX / bytes_per_pixel.max(1);
    if u64::from(width) * u64::from(height) > max {
        return Err(PhotoError::TooManyPixels { width, height, max });
    }
    Ok(())
}

/// Size of a WebP by the decoder's header reader, which reserves no pixels.
pub(crate) fn webp_size(bytes: &[u8]) -> Result<(u32, u32), PhotoError> {
    shield(|| open(bytes, Format::Webp, u32::MAX, u32::MAX).map(|decoder| decoder.dimensions()))
        .unwrap_or(Err(PhotoError::Damaged))
        .map_err(|error| match error {
            PhotoError::Damaged if !webp::has_end(bytes) => PhotoError::Truncated,
            other => other,
        })
}

fn open(
    bytes: &[u8],
    format: Format,
    width_max: u32,
    height_max: u32,
) -> Result<impl ImageDecoder + '_, PhotoError> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Heic => return Err(PhotoError::Unsupported { format: HEIC }),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(width_max);
    limits.max_image_height = Some(height_max);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.into_decoder().map_err(refusal)
}

/// What a decoder's refusal means to a person.
fn refusal(error: ImageError) -> PhotoError {
    match error {
        // Arithmetic coding, lossless JPEG and the like: whole, but from no camera.
        ImageError::Unsupported(_) => PhotoError::Unsupported {
            format: UNUSUAL_CODING,
        },
        _ => PhotoError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::{DECODED_BYTES_MAX, PIXELS_MAX, PhotoError, check_memory};

    #[test]
    fn the_memory_limit_is_exact() {
        for bytes_per_pixel in [1, 3, 4, 8, 9] {
            let width = u32::try_from(DECODED_BYTES_MAX / bytes_per_pixel).unwrap_or(u32::MAX);
            assert_eq!(check_memory(width, 1, bytes_per_pixel), Ok(()));
            let refused = check_memory(width + 1, 1, bytes_per_pixel);
            assert!(matches!(refused, Err(PhotoError::TooManyPixels { .. })));
        }
    }

    #[test]
    fn an_ordinary_picture_may_have_all_the_pixels() {
        assert_eq!(DECODED_BYTES_MAX, PIXELS_MAX * 4);
        assert_eq!(check_memory(8192, 8192, 3), Ok(()));
    }
}
