//! Smaller, never larger.

use image::{DynamicImage, ImageBuffer, Pixel, Rgba, RgbaImage};

use crate::resample::{Edge, Resampler};

/// Shrinks until neither edge is longer than `edge_max`; a picture that already
/// fits comes back as it is.
///
/// Takes the source by value so that its pixels are freed on return: the full
/// picture is the pipeline's peak of memory.
pub(crate) fn shrink(source: DynamicImage, edge_max: u32) -> DynamicImage {
    shrunk(&source, edge_max).unwrap_or(source)
}

/// A smaller copy, eight bits a channel, or `None` when the picture already fits. Grey, colour and colour with transparency
/// are made smaller as they are, everything else as one of them.
pub(crate) fn shrunk(source: &DynamicImage, edge_max: u32) -> Option<DynamicImage> {
    let size = fit(source.width(), source.height(), edge_max);
    if size == (source.width(), source.height()) {
        return None;
    }
    let smaller = match source {
        DynamicImage::ImageLuma8(grey) => resized(grey, size, whole::<1>)?.into(),
        DynamicImage::ImageRgb8(colour) => resized(colour, size, whole::<3>)?.into(),
        DynamicImage::ImageRgba8(layers) => see_through(layers, size)?,
        other if other.color().has_alpha() => see_through(&other.to_rgba8(), size)?,
        other => resized(&other.to_rgb8(), size, whole::<3>)?.into(),
    };
    Some(smaller)
}

/// What cannot be seen has no colour that could bleed into what can: colours count by how opaque they are.
fn see_through(layers: &RgbaImage, size: (u32, u32)) -> Option<DynamicImage> {
    let mut smaller = resized(layers, size, |pixel: &[u8; 4]| {
        let [red, green, blue, alpha] = whole(pixel);
        let opaque = alpha / 255.0;
        [red * opaque, green * opaque, blue * opaque, alpha]
    })?;
    for Rgba([colours @ .., alpha]) in smaller.pixels_mut().filter(|pixel| pixel.0[3] > 0) {
        let alpha = u32::from(*alpha);
        for colour in colours {
            let unmixed = (u32::from(*colour) * 255 + alpha / 2) / alpha;
            *colour = u8::try_from(unmixed).unwrap_or(u8::MAX);
        }
    }
    Some(smaller.into())
}

fn whole<const CHANNELS: usize>(pixel: &[u8; CHANNELS]) -> [f32; CHANNELS] {
    pixel.map(f32::from)
}

/// By the resampler that the photos of cameras pass while they are decoded, a row at a time; `read` takes a pixel apart.
fn resized<P: Pixel<Subpixel = u8>, const CHANNELS: usize>(
    source: &ImageBuffer<P, Vec<u8>>,
    (width, height): (u32, u32),
    read: impl Fn(&[u8; CHANNELS]) -> [f32; CHANNELS],
) -> Option<ImageBuffer<P, Vec<u8>>> {
    let across = Edge::whole(source.width() as usize, width as usize);
    let down = Edge::whole(source.height() as usize, height as usize);
    let mut resampler = Resampler::<CHANNELS>::new(across, down);
    let mut row = vec![[0.0; CHANNELS]; across.source];
    let (pixels, _) = source.as_raw().as_chunks();
    for line in pixels.chunks_exact(across.source.max(1)) {
        for (values, pixel) in row.iter_mut().zip(line) {
            *values = read(pixel);
        }
        resampler.push(row.as_flattened());
    }
    ImageBuffer::from_raw(width, height, resampler.into_pixels())
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
        assert!(shrunk(&DynamicImage::new_rgb8(320, 20), 320).is_none());
    }

    #[test]
    fn every_kind_of_picture_shrinks_to_what_it_shows() {
        let paper =
            DynamicImage::ImageRgba8(RgbaImage::from_pixel(640, 20, Rgba([200, 90, 10, 255])));
        let kinds = [
            (DynamicImage::ImageLuma8(paper.to_luma8()), 1),
            (DynamicImage::ImageLumaA8(paper.to_luma_alpha8()), 4),
            (DynamicImage::ImageRgb8(paper.to_rgb8()), 3),
            (paper.clone(), 4),
            (DynamicImage::ImageLuma16(paper.to_luma16()), 3),
            (DynamicImage::ImageLumaA16(paper.to_luma_alpha16()), 4),
            (DynamicImage::ImageRgb16(paper.to_rgb16()), 3),
            (DynamicImage::ImageRgba16(paper.to_rgba16()), 4),
            (DynamicImage::ImageRgb32F(paper.to_rgb32f()), 3),
            (DynamicImage::ImageRgba32F(paper.to_rgba32f()), 4),
        ];
        for (kind, channels) in kinds {
            let small = shrunk(&kind, 320).unwrap();
            assert_eq!((small.width(), small.height()), (320, 10));
            assert_eq!(
                small.color().channel_count(),
                channels,
                "{:?}",
                kind.color()
            );
            assert_eq!(small.color().bytes_per_pixel(), channels);
            let expected = kind.to_rgb8();
            let close = |(one, other): (&u8, &u8)| one.abs_diff(*other) <= 1;
            let shown = small.to_rgb8();
            let same = shown
                .get_pixel(160, 5)
                .0
                .iter()
                .zip(&expected.get_pixel(320, 10).0);
            assert!(same.into_iter().all(close), "{:?}", kind.color());
        }
    }

    #[test]
    fn a_colour_that_nobody_sees_does_not_bleed() {
        let layers = RgbaImage::from_fn(640, 20, |x, _| match x {
            0..320 => Rgba([0, 200, 0, 255]),
            _ => Rgba([255, 0, 255, 0]),
        });
        let small = shrunk(&DynamicImage::ImageRgba8(layers), 320).unwrap();
        let shown = small.as_rgba8().unwrap();
        assert_eq!(*shown.get_pixel(10, 5), Rgba([0, 200, 0, 255]));
        assert_eq!(shown.get_pixel(310, 5).0[3], 0);
        for pixel in shown.pixels().filter(|pixel| pixel.0[3] > 16) {
            assert!(pixel.0[0] < 10 && pixel.0[1] > 180, "{pixel:?}");
        }
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
