//! The order of the steps, chosen for memory: decode once, shrink, let the full
//! picture go, then turn it upright and make every copy from the small one.

use image::DynamicImage;

use crate::decode::decode;
use crate::encode::{Derivative, jpeg};
use crate::orient::orient;
use crate::preview::preview;
use crate::resize::{flatten, shrink, shrunk};
use crate::{PhotoError, probe};

/// Longest edge of the working copy.
pub const WORKING_EDGE_MAX: u32 = 2048;

/// JPEG quality of the working copy.
pub const WORKING_QUALITY: u8 = 82;

/// Longest edge of the thumbnail.
pub const THUMB_EDGE_MAX: u32 = 320;

/// JPEG quality of the thumbnail.
const THUMB_QUALITY: u8 = 75;

/// The copies that people look at. None carries EXIF: what it says is burnt in
/// (which side is up) or belongs to the capture record (time, place, camera).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivatives {
    /// Long edge at most [`WORKING_EDGE_MAX`].
    pub working: Derivative,
    /// Long edge at most [`THUMB_EDGE_MAX`]: a row of a list.
    pub thumb: Derivative,
    /// About 25 KB, never over [`crate::PREVIEW_BYTES_MAX`].
    pub preview: Derivative,
    /// `false` when the original is cut, so that part of the copies is grey: tell
    /// the worker to take the photo again. See [`crate::Probe::complete`].
    pub complete: bool,
}

/// Makes the copies of a photo. CPU-bound: run it off the main thread.
///
/// A cut original gives copies of what is left, because half a photo of a broken
/// main is worth more than none; [`Derivatives::complete`] says so. Only a file
/// with nothing to show is refused.
pub fn derive(bytes: &[u8]) -> Result<Derivatives, PhotoError> {
    let probe = probe(bytes)?;
    let full = decode(bytes, &probe)?;
    let small = flatten(shrink(full, WORKING_EDGE_MAX)?);
    let upright = orient(small, probe.exif.orientation);
    copies(&upright, probe.complete)
}

/// Every copy of an upright picture no larger than the working copy.
fn copies(upright: &DynamicImage, complete: bool) -> Result<Derivatives, PhotoError> {
    let working = jpeg(upright, WORKING_QUALITY)?;
    let thumb = shrunk(upright, THUMB_EDGE_MAX)?;
    let thumb = thumb.as_ref().unwrap_or(upright);
    let thumb_bytes = jpeg(thumb, THUMB_QUALITY)?;
    Ok(Derivatives {
        working: Derivative::new(working, upright),
        thumb: Derivative::new(thumb_bytes, thumb),
        preview: preview(upright)?,
        complete,
    })
}
