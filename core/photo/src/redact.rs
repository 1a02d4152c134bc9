//! Parts of a copy made unrecognisable: faces, number plates, house numbers.
//!
//! A few means of colour, coarsely rounded, replace the pixels, and only those means are blurred. Nothing finer is left
//! in the file, so nothing finer can be computed back, which a blur of the pixels themselves would allow.

use image::{DynamicImage, Rgb, RgbImage};

use crate::decode::small;
use crate::encode::{Coder, Derivative, DerivativeKind};
use crate::orient::orient;
use crate::pipeline::{WORKING_EDGE_MAX, WORKING_QUALITY};
use crate::{PhotoError, probe};

/// Most regions of one picture.
pub const REGIONS_MAX: usize = 64;

/// Most means along a region's longer edge.
const CELLS_MAX: u32 = 6;

/// Means are rounded to multiples of this.
const SHADE_STEP: u32 = 16;

/// A part of a picture, in shares of its upright width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Region {
    /// From its edges, 0 to 1 from the top left; what lies outside the picture is cut off. `None` when nothing is left or
    /// a number is none.
    #[must_use]
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Option<Self> {
        let cut = |value: f64| value.clamp(0.0, 1.0);
        let region = Self {
            left: cut(left),
            top: cut(top),
            right: cut(right),
            bottom: cut(bottom),
        };
        // Comparisons with what is no number are false.
        (region.left < region.right && region.top < region.bottom).then_some(region)
    }

    /// Whole pixels: left, top, width, height. Every pixel that the region touches is in it.
    fn pixels(&self, width: u32, height: u32) -> (u32, u32, u32, u32) {
        let span = |from: f64, to: f64, edge: u32| {
            let first = ((from * f64::from(edge)).floor() as u32).min(edge - 1);
            let behind = ((to * f64::from(edge)).ceil() as u32).clamp(first + 1, edge);
            (first, behind - first)
        };
        let (left, across) = span(self.left, self.right, width);
        let (top, down) = span(self.top, self.bottom, height);
        (left, top, across, down)
    }
}

/// Makes a copy with these regions unrecognisable: upright, long edge at most [`WORKING_EDGE_MAX`], without EXIF.
///
/// `copy` is a working copy (or an original), `original_sha256` the original it belongs to. CPU 100 ms.
///
/// # Errors
/// No picture, or more than [`REGIONS_MAX`] regions.
pub fn redact(
    copy: &[u8],
    original_sha256: [u8; 32],
    regions: &[Region],
) -> Result<Derivative, PhotoError> {
    if regions.len() > REGIONS_MAX {
        return Err(PhotoError::TooManyRegions {
            count: regions.len(),
            max: REGIONS_MAX,
        });
    }
    let probe = probe(copy)?;
    let (stored, _) = small(copy, &probe, WORKING_EDGE_MAX)?;
    let mut picture = orient(stored, probe.exif.orientation).into_rgb8();
    for region in regions {
        cover(&mut picture, region);
    }
    let picture = DynamicImage::ImageRgb8(picture);
    let coder = Coder {
        original_sha256,
        exif: None,
    };
    let bytes = coder.jpeg(&picture, WORKING_QUALITY)?;
    Ok(coder.copy(DerivativeKind::Redacted, bytes, &picture))
}

/// Replaces the region by its means, and runs those into each other.
fn cover(picture: &mut RgbImage, region: &Region) {
    let (left, top, width, height) = region.pixels(picture.width(), picture.height());
    let cell = width.max(height).div_ceil(CELLS_MAX).max(1);
    let (columns, rows) = (width.div_ceil(cell), height.div_ceil(cell));
    let mean = |column: u32, row: u32| {
        let (x, y) = (left + column * cell, top + row * cell);
        let (behind_x, behind_y) = ((x + cell).min(left + width), (y + cell).min(top + height));
        let (mut sums, mut count) = ([0_u32; 3], 0);
        for y in y..behind_y {
            for x in x..behind_x {
                for (sum, channel) in sums.iter_mut().zip(picture.get_pixel(x, y).0) {
                    *sum += u32::from(channel);
                }
                count += 1;
            }
        }
        sums.map(|sum| sum / count.max(1) / SHADE_STEP * SHADE_STEP + SHADE_STEP / 2)
    };
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let means: Vec<[u32; 3]> = places.map(|(column, row)| mean(column, row)).collect();
    let at = |column: u32, row: u32| {
        let place = row.min(rows - 1) * columns + column.min(columns - 1);
        means.get(place as usize).copied().unwrap_or_default()
    };
    for y in 0..height {
        for x in 0..width {
            // Between the four nearest means, by distance.
            let along = |place: u32| {
                let from_first = (2 * place + 1).saturating_sub(cell);
                (from_first / (2 * cell), from_first % (2 * cell))
            };
            let ((column, right), (row, down)) = (along(x), along(y));
            let corners = [
                (at(column, row), (2 * cell - right, 2 * cell - down)),
                (at(column + 1, row), (right, 2 * cell - down)),
                (at(column, row + 1), (2 * cell - right, down)),
                (at(column + 1, row + 1), (right, down)),
            ];
            let channel = |channel: usize| {
                let sum: u64 = corners
                    .iter()
                    .map(|(mean, (across, down))| {
                        u64::from(mean[channel]) * u64::from(*across) * u64::from(*down)
                    })
                    .sum();
                (sum / (4 * u64::from(cell) * u64::from(cell))) as u8
            };
            picture.put_pixel(left + x, top + y, Rgb([channel(0), channel(1), channel(2)]));
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use image::{Rgb, RgbImage};

    use super::{Region, cover};

    /// Fine stripes within, so that each mean is the same.
    fn striped(seed: u32) -> RgbImage {
        RgbImage::from_fn(300, 200, |x, y| {
            let light = (x + seed).is_multiple_of(2);
            Rgb([if light { 200 } else { 40 }, (y % 7) as u8, 90])
        })
    }

    #[test]
    fn what_differed_only_in_detail_is_the_same_afterwards() {
        let region = Region::new(0.2, 0.2, 0.6, 0.8).unwrap();
        let (mut one, mut other) = (striped(0), striped(1));
        cover(&mut one, &region);
        cover(&mut other, &region);
        for y in 40..160 {
            for x in 60..180 {
                assert_eq!(one.get_pixel(x, y), other.get_pixel(x, y));
            }
        }
        assert_eq!(one.get_pixel(59, 100), striped(0).get_pixel(59, 100));
        assert_eq!(one.get_pixel(180, 100), striped(0).get_pixel(180, 100));
        assert_eq!(one.get_pixel(100, 39), striped(0).get_pixel(100, 39));
        assert_eq!(one.get_pixel(100, 160), striped(0).get_pixel(100, 160));
    }

    #[test]
    fn few_shades_are_left() {
        let mut state = 1_u32;
        let mut picture = RgbImage::from_fn(240, 240, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Rgb([(state >> 24) as u8; 3])
        });
        cover(&mut picture, &Region::new(0.0, 0.0, 1.0, 1.0).unwrap());
        let shades: std::collections::BTreeSet<_> =
            picture.pixels().map(|pixel| pixel.0[0]).collect();
        assert!(shades.len() <= 34, "{} shades", shades.len());
    }

    #[test]
    fn a_region_is_inside_the_picture_and_touches_whole_pixels() {
        for (left, top, right, bottom) in [
            (0.5, 0.0, 0.5, 1.0),
            (0.9, 0.0, 0.1, 1.0),
            (f64::NAN, 0.0, 1.0, 1.0),
            (1.5, 0.0, 2.0, 1.0),
        ] {
            assert_eq!(Region::new(left, top, right, bottom), None);
        }
        let all = Region::new(-9.0, f64::NEG_INFINITY, 9.0, f64::INFINITY).unwrap();
        assert_eq!(all.pixels(7, 5), (0, 0, 7, 5));
        assert_eq!(all.pixels(1, 1), (0, 0, 1, 1));
        let thin = Region::new(0.499, 0.0, 0.501, 0.001).unwrap();
        assert_eq!(thin.pixels(100, 100), (49, 0, 2, 1));
        let last = Region::new(0.999_999, 0.999_999, 1.0, 1.0).unwrap();
        assert_eq!(last.pixels(3, 3), (2, 2, 1, 1));
        let mut tiny = RgbImage::new(1, 1);
        cover(&mut tiny, &all);
    }
}
