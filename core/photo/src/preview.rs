//! A picture of about 25 KB: what the office sees before the rest has come over 2G.
//!
//! The size is the promise, so quality and edge follow from it. The quality is
//! searched for first; a picture so full of detail that it would turn to mush at
//! the lowest useful quality is made smaller instead.

use image::DynamicImage;

use crate::PhotoError;
use crate::encode::{Coder, Derivative, DerivativeKind};
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

/// How bytes go with the steps that a quality stands for: a doubled step takes about a third of the bytes off.
const BYTES_PER_STEP: f64 = 0.6;

/// The first quality tried: where most street scenes land.
const QUALITY_FIRST: u8 = 60;

/// Makes the preview from a flattened, upright picture.
pub(crate) fn preview(coder: &Coder, picture: &DynamicImage) -> Result<Derivative, PhotoError> {
    let mut edge = PREVIEW_EDGE_MAX;
    loop {
        let smaller = shrunk(picture, edge);
        let candidate = smaller.as_ref().unwrap_or(picture);
        match best_quality(coder, candidate)? {
            Found::Fits(bytes) => return Ok(coder.copy(DerivativeKind::Preview, bytes, candidate)),
            Found::CheapestBytes(_) if edge <= EDGE_MIN => return Err(PhotoError::Damaged),
            Found::CheapestBytes(bytes) => {
                edge = smaller_edge(candidate.width().max(candidate.height()), bytes);
            }
        }
    }
}

enum Found {
    Fits(Vec<u8>),
    /// Not even the lowest quality fits; it takes this many.
    CheapestBytes(usize),
}

/// The best file not over the target's upper bound: two or three tries, because each says about how far the next is.
fn best_quality(coder: &Coder, picture: &DynamicImage) -> Result<Found, PhotoError> {
    let mut best = None;
    // Every quality below `low` gives fewer bytes than one that fits, none from `high` on does.
    let (mut low, mut high) = (QUALITY_MIN, QUALITY_MAX + 1);
    let mut quality = QUALITY_FIRST;
    loop {
        let bytes = coder.jpeg(picture, quality)?;
        let length = bytes.len();
        if length <= *PREVIEW_BYTES_NEAR.end() {
            best = Some(bytes);
            low = quality + 1;
            if PREVIEW_BYTES_NEAR.contains(&length) {
                break;
            }
        } else if quality == QUALITY_MIN {
            return Ok(Found::CheapestBytes(length));
        } else {
            high = quality;
        }
        if low >= high {
            break;
        }
        quality = nearer(quality, length).clamp(low, high - 1);
    }
    match best {
        Some(bytes) => Ok(Found::Fits(bytes)),
        None => Err(PhotoError::Damaged),
    }
}

/// About the quality that would have hit the target.
fn nearer(quality: u8, bytes: usize) -> u8 {
    // The usual scale: at 50 the tables as they are, at 25 twice them, at 75 half of them.
    let quality = f64::from(quality);
    let step = if quality < 50.0 {
        50.0 / quality
    } else {
        2.0 - quality / 50.0
    };
    let too_many = bytes as f64 / PREVIEW_BYTES_TARGET as f64;
    let step = step * too_many.powf(1.0 / BYTES_PER_STEP);
    let wanted = if step > 1.0 {
        50.0 / step
    } else {
        100.0 - 50.0 * step
    };
    wanted.round() as u8
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
        Coder, PREVIEW_BYTES_MAX, PREVIEW_BYTES_NEAR, PREVIEW_BYTES_TARGET, PREVIEW_EDGE_MAX,
        nearer, preview, smaller_edge,
    };

    fn coder() -> Coder {
        Coder {
            original_sha256: [0; 32],
            exif: None,
        }
    }

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
            let made = preview(&coder(), &noise(width, height)).unwrap();
            assert!(made.bytes.len() <= PREVIEW_BYTES_MAX, "{width}×{height}");
            assert!(made.bytes.len() >= 15_000, "{width}×{height}");
            assert!(made.width < PREVIEW_EDGE_MAX);
        }
    }

    #[test]
    fn an_empty_wall_stays_large_and_cheap() {
        let wall = DynamicImage::ImageRgb8(RgbImage::from_pixel(2048, 1024, [90; 3].into()));
        let made = preview(&coder(), &wall).unwrap();
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

    #[test]
    fn the_next_try_goes_the_right_way() {
        for quality in 30..=82 {
            assert!(nearer(quality, 60_000) < quality && nearer(quality, 10_000) > quality);
            assert_eq!(nearer(quality, PREVIEW_BYTES_TARGET), quality);
        }
    }
}
