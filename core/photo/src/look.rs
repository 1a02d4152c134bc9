//! What a picture looks like, without its copies: for who compares many originals and shows none of them.

use crate::decode::small;
use crate::orient::orient;
use crate::perceptual::perceptual_hash_if_any;
use crate::{PerceptualHash, PhotoError, probe};

/// Long edge that is decoded to: the look is taken from far less.
const LOOK_EDGE_MAX: u32 = 512;

/// The look of a photo; `None` where it shows nothing that could be known again, e.g. a lens cap. Within two bits of
/// [`Derivatives::perceptual`](crate::Derivatives::perceptual), at the cost of the decoding alone. CPU-bound.
///
/// # Errors
/// No picture, one of a kind that is not decoded here (HEIC), too large, or nothing in it to show.
pub fn look(bytes: &[u8]) -> Result<Option<PerceptualHash>, PhotoError> {
    let probe = probe(bytes)?;
    let (stored, _) = small(bytes, &probe, LOOK_EDGE_MAX)?;
    Ok(perceptual_hash_if_any(&orient(
        stored,
        probe.exif.orientation,
    )))
}
