//! Smaller, never larger.

use fast_image_resize::Resizer;
use image::{DynamicImage, Rgba, RgbaImage};

use crate::PhotoError;

/// Shrinks until neither edge is longer than `edge_max`; a picture that already
/// fits comes back as it is.
///
/// Takes the source by value so that its pixels are freed on return: the full
/// picture is the pipeline's peak of memory.
pub(crate) fn shrink(source: DynamicImage, edge_max: u32) -> Result<DynamicImage, PhotoError> {
    match shrunk(&source, edge_max)? {
        Some(smaller) => Ok(smaller),
        None => Ok(source),
    }
}

/// A smaller copy, or `None` when the picture already fits.
pub(crate) fn shrunk(
    source: &DynamicImage,
    edge_max: u32,
) -> Result<Option<DynamicImage>, PhotoError> {
    let (width, height) = fit(source.width(), source.height(), edge_max);
    if (width, height) == (source.width(), source.height()) {
        return Ok(None);
    }
    let mut smaller = DynamicImage::new(width, height, source.color());
    Resizer::new()
        .resize(source, &mut smaller, None)
        .map_err(|_| PhotoError::Damaged)?;
    Ok(Some(smaller))
}

/// Largest size of the same shape within `edge_max`; an edge never vanishes.
pub(crate) fn fit(width: u32, height: u32, edge_max: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= edge_max {
        return (width, height);
    }
    let scaled = |edge: u32| {
        let rounded =
            (u64::from(edge) * u64::from(edge_max) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(edge_max).max(1)
    };
    (scaled(width), scaled(height))
}

/// Eight-bit colour on white paper: what a JPEG can hold.
pub(crate) fn flatten(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let mut layers: RgbaImage = picture.into_rgba8();
    for Rgba([red, green, blue, alpha]) in layers.pixels_mut() {
        let over_white = |channel: u8| {
            let sum = u32::from(channel) * u32::from(*alpha) + 255 * (255 - u32::from(*alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        (*red, *green, *blue) = (over_white(*red), over_white(*green), over_white(*blue));
        *alpha = 255;
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(layers).into_rgb8())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use image::{DynamicImage, Rgb, Rgba, RgbaImage};

    use super::{fit, flatten, shrunk};

    #[test]
    fn the_shape_is_kept_and_nothing_grows() {
        assert_eq!(fit(4000, 3000, 2048), (2048, 1536));
        assert_eq!(fit(3000, 4000, 2048), (1536, 2048));
        assert_eq!(fit(2048, 2048, 2048), (2048, 2048));
        assert_eq!(fit(2049, 10, 2048), (2048, 10));
        assert_eq!(fit(1, 1, 320), (1, 1));
        assert_eq!(fit(65_535, 1, 320), (320, 1));
        assert_eq!(fit(1, u32::MAX, 320), (1, 320));
    }

    #[test]
    fn a_picture_that_fits_is_not_copied() {
        assert!(
            shrunk(&DynamicImage::new_rgb8(320, 20), 320)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn see_through_becomes_white() {
        let mut layers = RgbaImage::from_pixel(3, 1, Rgba([200, 0, 0, 0]));
        layers.put_pixel(1, 0, Rgba([200, 0, 0, 255]));
        layers.put_pixel(2, 0, Rgba([0, 0, 0, 128]));
        let flat = flatten(DynamicImage::ImageRgba8(layers)).into_rgb8();
        assert_eq!(flat.get_pixel(0, 0), &Rgb([255, 255, 255]));
        assert_eq!(flat.get_pixel(1, 0), &Rgb([200, 0, 0]));
        assert_eq!(flat.get_pixel(2, 0), &Rgb([127, 127, 127]));
    }
}
