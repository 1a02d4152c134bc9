//! What a picture says about itself, from its header alone.

use crate::decode;
use crate::exif_read::Exif;
use crate::{Format, PhotoError, heic, jpeg, png, webp};

/// Longest file that is looked at: 40 MB.
pub const BYTES_MAX: usize = 40 * 1024 * 1024;

/// Most pixels that are decoded: 64 M in binary, because cameras sold as
/// "64 megapixels" write up to 9,248 × 6,944 of them.
pub const PIXELS_MAX: u64 = 64 * 1024 * 1024;

/// What the header says.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// Kind of picture, by its signature.
    pub format: Format,
    /// Width as stored, before `exif.orientation` is applied.
    pub width: u32,
    /// Height as stored, before `exif.orientation` is applied.
    pub height: u32,
    /// The camera's claims; not read from HEIC.
    pub exif: Exif,
    /// Whether the file runs up to the end that its format prescribes. `false`
    /// means that it was cut; `true` does not mean that it is unchanged: only
    /// its length and SHA-256 can say that.
    pub complete: bool,
}

/// Reads the header and refuses what must not reach a decoder.
///
/// Takes no more than one pass over the bytes and allocates next to nothing, so
/// a header that claims 65,500 × 65,500 pixels costs nothing.
pub fn probe(bytes: &[u8]) -> Result<Probe, PhotoError> {
    if bytes.len() > BYTES_MAX {
        return Err(PhotoError::TooLarge {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            max: BYTES_MAX as u64,
        });
    }
    let probe = match Format::of(bytes)? {
        Format::Jpeg => {
            let header = jpeg::header(bytes)?;
            Probe {
                format: Format::Jpeg,
                width: header.width,
                height: header.height,
                exif: Exif::read(header.exif),
                complete: jpeg::has_end(bytes, &header),
            }
        }
        Format::Png => {
            let header = png::header(bytes)?;
            Probe {
                format: Format::Png,
                width: header.width,
                height: header.height,
                exif: Exif::read(header.exif),
                complete: header.has_end,
            }
        }
        Format::Webp => {
            let (width, height) = decode::webp_size(bytes)?;
            Probe {
                format: Format::Webp,
                width,
                height,
                exif: Exif::read(webp::exif(bytes)),
                complete: webp::has_end(bytes),
            }
        }
        Format::Heic => {
            let header = heic::header(bytes)?;
            Probe {
                format: Format::Heic,
                width: header.width,
                height: header.height,
                exif: Exif::default(),
                complete: header.complete,
            }
        }
    };
    if probe.format.is_decoded() && u64::from(probe.width) * u64::from(probe.height) > PIXELS_MAX {
        return Err(PhotoError::TooManyPixels {
            width: probe.width,
            height: probe.height,
            max: PIXELS_MAX,
        });
    }
    Ok(probe)
}
