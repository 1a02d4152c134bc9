//! Photos to take: real JPEGs, drawn, each different from the next.

use std::path::{Path, PathBuf};

use crate::proxy::SplitMix;

/// Draws a JPEG of `width` × `height` with noise in it (so that its size is like a camera's) into `folder`.
#[expect(clippy::expect_used, reason = "a test without its photo should stop")]
pub fn draw(folder: &Path, name: &str, seed: u64, width: u32, height: u32) -> PathBuf {
    let mut random = SplitMix::new(seed);
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let noise = random.below(48) as u8;
        image::Rgb([
            (x / 4) as u8 ^ noise,
            (y / 4) as u8 ^ noise,
            noise.wrapping_mul(3),
        ])
    });
    let file = folder.join(format!("{name}.jpg"));
    picture
        .save_with_format(&file, image::ImageFormat::Jpeg)
        .expect("a JPEG is written");
    file
}
