//! A picture of about 25 KB: what the office sees before the rest has come over 2G.
//!
//! The size is the promise, so quality and edge follow from it. The quality is
//! searched for first; a picture so full of detail that it would turn to mush at
//! the lowest useful quality is made smaller instead.

use image::DynamicImage;

use crate::PhotoError;
use crate::encode::{Derivative, jpeg};
use crate::resize::shrunk;

/// Size a preview is made for, in bytes.
pub const PREVIEW_BYTES_TARGET: usize = 25_000;

/// Size no preview is over, in bytes.
pub const PREVIEW_BYTES_MAX: usize = 30_000;

/// Longest edge of a preview.
pub const PREVIEW_EDGE_MAX: u32 = 800;

/// Near enough to the target to stop searching.
const PREVIEW_BYTES_NEAR: std::ops::RangeInclusive<usize> = 23_000..=27_000;

/// Above this, bytes buy nothing that shows at this size.
const QUALITY_MAX: u8 = 82;

/// Below this, blocks show more than the picture does.
const QUALITY_MIN: u8 = 30;

/// Random noise fits the limit long before this.
const EDGE_MIN: u32 = 64;

/// Makes the preview from a flattened, upright picture.
pub(crate) fn preview(picture: &DynamicImage) -> Result<Derivative, PhotoError> {
    let mut edge = PREVIEW_EDGE_MAX;
    loop {
        let smaller = shrunk(picture, edge)?;
        let candidate = smaller.as_ref().unwrap_or(picture);
        let cheapest = jpeg(candidate, QUALITY_MIN)?;
        if cheapest.len() <= *PREVIEW_BYTES_NEAR.end() {
            let bytes = best_quality(candidate, cheapest)?;
            return Ok(Derivative::new(bytes, candidate));
        }
        if edge <= EDGE_MIN {
            return Err(PhotoError::Damaged);
        }
        edge = smaller_edge(candidate.width().max(candidate.height()), cheapest.len());
    }
}

/// The best file not over the target's upper bound; `cheapest` already is one.
fn best_quality(picture: &DynamicImage, cheapest: Vec<u8>) -> Result<Vec<u8>, PhotoError> {
    let mut best = cheapest;
    // Invariant: `low` fits (it is `best`), `high` does not.
    let (mut low, mut high) = (QUALITY_MIN, QUALITY_MAX + 1);
    while !PREVIEW_BYTES_NEAR.contains(&best.len()) && high - low > 1 {
        let quality = low.midpoint(high);
        let bytes = jpeg(picture, quality)?;
        if bytes.len() <= *PREVIEW_BYTES_NEAR.end() {
            (low, best) = (quality, bytes);
        } else {
            high = quality;
        }
    }
    Ok(best)
}

/// Bytes go with the area, so one step of this usually lands; a tenth at least,
/// so that the search always ends.
fn smaller_edge(edge: u32, bytes: usize) -> u32 {
    let scale_percent = PREVIEW_BYTES_TARGET * 10_000 / bytes.max(1);
    let scale_percent = u32::try_from(scale_percent.isqrt()).unwrap_or(90).min(90);
    (edge * scale_percent / 100).max(EDGE_MIN)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use image::{DynamicImage, RgbImage};

    use super::{
        PREVIEW_BYTES_MAX, PREVIEW_BYTES_NEAR, PREVIEW_BYTES_TARGET, PREVIEW_EDGE_MAX, preview,
        smaller_edge,
    };

    /// The worst a sensor can deliver: every pixel its own colour.
    fn noise(width: u32, height: u32) -> DynamicImage {
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, _| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let [red, green, blue, ..] = state.to_le_bytes();
            image::Rgb([red, green, blue])
        }))
    }

    #[test]
    fn the_bounds_lie_around_the_target_and_under_the_limit() {
        assert!(PREVIEW_BYTES_NEAR.contains(&PREVIEW_BYTES_TARGET));
        assert!(*PREVIEW_BYTES_NEAR.end() < PREVIEW_BYTES_MAX);
    }

    #[test]
    fn noise_is_made_smaller_until_it_fits() {
        for (width, height) in [(2048, 1536), (800, 800)] {
            let made = preview(&noise(width, height)).unwrap();
            assert!(made.bytes.len() <= PREVIEW_BYTES_MAX, "{width}×{height}");
            assert!(made.bytes.len() >= 15_000, "{width}×{height}");
            assert!(made.width < PREVIEW_EDGE_MAX);
        }
    }

    #[test]
    fn an_empty_wall_stays_large_and_cheap() {
        let wall = DynamicImage::ImageRgb8(RgbImage::from_pixel(2048, 1024, [90; 3].into()));
        let made = preview(&wall).unwrap();
        assert_eq!((made.width, made.height), (800, 400));
        assert!(made.bytes.len() < PREVIEW_BYTES_TARGET);
    }

    #[test]
    fn every_step_is_smaller() {
        for bytes in [27_001, 30_000, 1_000_000, usize::MAX / 2] {
            assert!(smaller_edge(800, bytes) <= 720, "{bytes}");
        }
        assert_eq!(smaller_edge(800, 100_000), 400);
    }
}
