//! A number that looks alike for pictures that look alike: "have we seen this one before?"
//!
//! The picture's 64 slowest waves, above or below their median. What comes of it, and at which distance to ask a person,
//! is measured in `tests/photo/alike.rs`, on generated scenes and camera files: re-encoded at quality 30 or at a third of
//! the size up to 2, cropped by 2 % a side up to 8, another picture 20 and more. It is a hint for a person, never proof: two photos of one wall are alike as well.

use image::imageops::{FilterType, resize, thumbnail};
use image::{DynamicImage, GrayImage};

/// Up to this distance two pictures are worth a look side by side.
pub const ALIKE_DISTANCE_MAX: u32 = 14;

/// Edge of the picture that the waves are taken from.
const EDGE: usize = 32;

/// Waves a direction that are looked at; the mean (0, 0) is left out for the first one behind the square.
const WAVES: usize = 8;

/// The look of an upright picture in 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PerceptualHash(pub u64);

impl PerceptualHash {
    /// In how many bits two pictures differ: 0 alike, about 32 nothing in common.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// Darkest and lightest of a picture that shows something are further apart: of a lens cap, a night or a white wall the
/// waves are noise, and two of them would be called one picture.
const SPREAD_MIN: u8 = 24;

/// Of a flattened, upright picture.
pub(crate) fn perceptual_hash(picture: &DynamicImage) -> PerceptualHash {
    square(picture).map_or(PerceptualHash(0), |square| of_square(&square))
}

/// The same, where the picture shows anything.
pub(crate) fn perceptual_hash_if_any(picture: &DynamicImage) -> Option<PerceptualHash> {
    let square = square(picture)?;
    let (darkest, lightest) = (square.iter().min()?, square.iter().max()?);
    (lightest - darkest >= SPREAD_MIN).then(|| of_square(&square))
}

/// By means first, which is quick and looks at every pixel, then evenly to the square.
fn square(picture: &DynamicImage) -> Option<GrayImage> {
    let edge = EDGE as u32;
    let pixels = picture.as_rgb8()?;
    let (width, height) = (pixels.width().min(4 * edge), pixels.height().min(4 * edge));
    let near = thumbnail(pixels, width, height);
    let square = resize(&near, edge, edge, FilterType::Triangle);
    Some(DynamicImage::ImageRgb8(square).into_luma8())
}

fn of_square(square: &GrayImage) -> PerceptualHash {
    let luma = |x: usize, y: usize| f64::from(square.get_pixel(x as u32, y as u32).0[0]);

    // Across for each row, then down for each wave.
    let mut across = [[0.0; WAVES + 1]; EDGE];
    for (y, waves) in across.iter_mut().enumerate() {
        for (wave, sum) in waves.iter_mut().enumerate() {
            *sum = (0..EDGE).map(|x| luma(x, y) * cosine(x, wave)).sum();
        }
    }
    let strength = |u: usize, v: usize| -> f64 {
        across
            .iter()
            .enumerate()
            .map(|(y, waves)| waves[u] * cosine(y, v))
            .sum()
    };
    let places = (0..WAVES).flat_map(|v| (0..WAVES).map(move |u| (u, v)));
    let places = places.skip(1).chain([(WAVES, 0)]);
    let strengths: Vec<f64> = places.map(|(u, v)| strength(u, v)).collect();
    let mut sorted = strengths.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    let bits = strengths.iter().fold(0, |bits, strength| {
        (bits << 1) | u64::from(*strength > median)
    });
    PerceptualHash(bits)
}

fn cosine(place: usize, wave: usize) -> f64 {
    let steps = ((2 * place + 1) * wave) as f64;
    (steps * std::f64::consts::PI / (2 * EDGE) as f64).cos()
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, Rgb, RgbImage};

    use super::{PerceptualHash, perceptual_hash};

    #[test]
    fn distance_counts_bits() {
        assert_eq!(PerceptualHash(0).distance(PerceptualHash(0)), 0);
        assert_eq!(PerceptualHash(0b1011).distance(PerceptualHash(0b0010)), 2);
        assert_eq!(PerceptualHash(0).distance(PerceptualHash(u64::MAX)), 64);
    }

    #[test]
    fn half_the_bits_are_set_and_a_mirrored_picture_is_another() {
        let picture = RgbImage::from_fn(200, 150, |x, y| {
            Rgb([(x * x / 200) as u8, (x + y) as u8, (y * x / 150) as u8])
        });
        let picture = DynamicImage::ImageRgb8(picture);
        let hash = perceptual_hash(&picture);
        assert!((28..=32).contains(&hash.0.count_ones()));
        assert!(hash.distance(perceptual_hash(&picture.fliph())) > 14);
    }

    #[test]
    fn every_size_has_one() {
        for (width, height) in [(1, 1), (1, 3000), (2048, 2), (5, 5)] {
            let _ = perceptual_hash(&DynamicImage::new_rgb8(width, height));
        }
    }
}
