//! Which side is up, burnt into the pixels.
//!
//! Done after the shrinking: turning 2048 px costs a tenth of turning 48
//! megapixels, and the full picture is gone from memory by then.

use image::DynamicImage;
use image::metadata::Orientation;

/// Turns and mirrors a picture so that it stands upright without its EXIF.
pub(crate) fn orient(mut picture: DynamicImage, orientation: u8) -> DynamicImage {
    if let Some(orientation) = Orientation::from_exif(orientation) {
        picture.apply_orientation(orientation);
    }
    picture
}
