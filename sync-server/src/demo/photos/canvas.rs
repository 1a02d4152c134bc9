//! A small painter: filled shapes with soft edges, gradients and grain, straight into pixels.

use image::{Rgb, RgbImage};

use crate::demo::random::Random;

/// Pixels across.
pub(super) const WIDTH: u32 = 1280;
/// Pixels down.
pub(super) const HEIGHT: u32 = 960;

/// Lines a pixel row is cut into, for soft edges.
const SLICES: usize = 4;
/// Side of the grain tile.
const GRAIN: usize = 128;

/// A colour.
pub(super) type Colour = [u8; 3];
/// A corner in pixels.
pub(super) type Corner = (f32, f32);

/// Mixes two colours; 0 is the first, 1 the second.
pub(super) fn mix(first: Colour, second: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share) as u8;
    [
        channel(first[0], second[0]),
        channel(first[1], second[1]),
        channel(first[2], second[2]),
    ]
}

/// Lighter above 1, darker below.
pub(super) fn shade(colour: Colour, factor: f32) -> Colour {
    colour.map(|channel| (f32::from(channel) * factor).clamp(0.0, 255.0) as u8)
}

/// The picture being painted.
pub(super) struct Canvas {
    pixels: RgbImage,
    grain: Vec<i8>,
    coverage: Vec<f32>,
}

impl Canvas {
    /// A picture of one colour.
    pub(super) fn new(background: Colour, random: &mut Random) -> Self {
        let grain = (0..GRAIN * GRAIN)
            .map(|_| {
                // The sum of two draws is softer than one.
                let both = random.number();
                ((both & 0xFF) as i32 + (both >> 8 & 0xFF) as i32 - 255).clamp(-127, 127) as i8
            })
            .collect();
        Self {
            pixels: RgbImage::from_pixel(WIDTH, HEIGHT, Rgb(background)),
            grain,
            coverage: vec![0.0; WIDTH as usize + 2],
        }
    }

    /// The finished pixels.
    pub(super) fn into_pixels(self) -> RgbImage {
        self.pixels
    }

    /// Rows `from..to` run from one colour to another.
    pub(super) fn gradient(&mut self, from: u32, to: u32, top: Colour, bottom: Colour) {
        let span = to.saturating_sub(from).max(1) as f32;
        for y in from..to.min(HEIGHT) {
            let colour = mix(top, bottom, (y - from) as f32 / span);
            for pixel in row_of(&mut self.pixels, y).chunks_exact_mut(3) {
                pixel.copy_from_slice(&colour);
            }
        }
    }

    /// A filled shape; `opacity` 0 to 1.
    pub(super) fn fill(&mut self, corners: &[Corner], colour: Colour, opacity: f32) {
        let bounds = |pick: fn(&Corner) -> f32| {
            corners
                .iter()
                .map(pick)
                .fold((f32::MAX, f32::MIN), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let ((left, right), (top, bottom)) = (bounds(|c| c.0), bounds(|c| c.1));
        if corners.len() < 3 || right < 0.0 || bottom < 0.0 {
            return;
        }
        let first = (left.max(0.0) as usize).min(WIDTH as usize);
        let last = (right.max(0.0) as usize + 2).min(WIDTH as usize);
        let rows =
            (top.max(0.0) as u32).min(HEIGHT)..((bottom as u32).saturating_add(1)).min(HEIGHT);
        let mut crossings = Vec::with_capacity(8);
        for y in rows {
            self.forget_row(first, last);
            for slice in 0..SLICES {
                cross(corners, slice_line(y, slice), &mut crossings);
                for pair in crossings.chunks_exact(2) {
                    if let [from, to] = pair {
                        self.cover(*from, *to);
                    }
                }
            }
            self.paint_row(y, first..last, colour, opacity);
        }
    }

    fn forget_row(&mut self, first: usize, last: usize) {
        if let Some(used) = self.coverage.get_mut(first..last + 2) {
            used.fill(0.0);
        }
    }

    /// Paints what the row's slices cover.
    fn paint_row(&mut self, y: u32, span: std::ops::Range<usize>, colour: Colour, opacity: f32) {
        let strength = opacity * 256.0;
        let row = row_of(&mut self.pixels, y).get_mut(span.start * 3..span.end * 3);
        let steps = self.coverage.get(span).unwrap_or_default();
        let mut share = 0.0;
        for (step, pixel) in steps
            .iter()
            .zip(row.unwrap_or_default().chunks_exact_mut(3))
        {
            share += step;
            let weight = (share * strength) as i32;
            if weight >= 255 {
                pixel.copy_from_slice(&colour);
            } else if weight > 0 {
                blend(pixel, colour, weight);
            }
        }
    }

    /// Adds one slice's span to the row. Kept as differences from pixel to pixel, so that a long span costs no more
    /// than a short one.
    fn cover(&mut self, from: f32, to: f32) {
        let weight = 1.0 / SLICES as f32;
        for (end, sign) in [(from, weight), (to, -weight)] {
            let end = end.clamp(0.0, WIDTH as f32);
            let pixel = end as usize;
            let part = end - pixel as f32;
            if let Some([here, next]) = self.coverage.get_mut(pixel..pixel + 2) {
                *here += sign * (1.0 - part);
                *next += sign * part;
            }
        }
    }

    /// An upright rectangle.
    pub(super) fn rectangle(
        &mut self,
        left: f32,
        top: f32,
        right: f32,
        bottom: f32,
        colour: Colour,
    ) {
        self.fill(
            &[(left, top), (right, top), (right, bottom), (left, bottom)],
            colour,
            1.0,
        );
    }

    /// An upright rectangle that runs from one colour to another.
    pub(super) fn gradient_box(
        &mut self,
        left: f32,
        top: f32,
        right: f32,
        bottom: f32,
        from: Colour,
        to: Colour,
    ) {
        const BANDS: usize = 40;
        let height = (bottom - top) / BANDS as f32;
        for band in 0..BANDS {
            let y = top + band as f32 * height;
            let colour = mix(from, to, band as f32 / BANDS as f32);
            self.rectangle(left, y, right, y + height, colour);
        }
    }

    /// An ellipse. Its spans are known without corners: most of a picture is made of these.
    pub(super) fn ellipse(&mut self, centre: Corner, radius: Corner, colour: Colour, opacity: f32) {
        let limit = |value: f32, size: u32| value.max(0.0).min(size as f32) as usize;
        let first = limit(centre.0 - radius.0, WIDTH);
        let last = limit(centre.0 + radius.0 + 2.0, WIDTH);
        let rows = limit(centre.1 - radius.1, HEIGHT)..limit(centre.1 + radius.1 + 1.0, HEIGHT);
        for y in rows.start as u32..rows.end as u32 {
            self.forget_row(first, last);
            for slice in 0..SLICES {
                let away = (slice_line(y, slice) - centre.1) / radius.1;
                let reach = (1.0 - away * away).max(0.0).sqrt() * radius.0;
                self.cover(centre.0 - reach, centre.0 + reach);
            }
            self.paint_row(y, first..last, colour, opacity);
        }
    }

    /// A line of some thickness through `points`.
    pub(super) fn line(&mut self, points: &[Corner], thickness: f32, colour: Colour, opacity: f32) {
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = dx.hypot(dy).max(0.01);
            let (nx, ny) = (
                -dy / length * thickness / 2.0,
                dx / length * thickness / 2.0,
            );
            // A little longer than the segment, so that joints close.
            let (ex, ey) = (dx / length * thickness / 3.0, dy / length * thickness / 3.0);
            let quad = [
                (from.0 + nx - ex, from.1 + ny - ey),
                (to.0 + nx + ex, to.1 + ny + ey),
                (to.0 - nx + ex, to.1 - ny + ey),
                (from.0 - nx - ex, from.1 - ny - ey),
            ];
            self.fill(&quad, colour, opacity);
        }
    }

    /// A glow: ellipses that add up towards the middle.
    pub(super) fn glow(&mut self, centre: Corner, radius: f32, colour: Colour, strength: f32) {
        for step in 1..=24 {
            let size = radius * step as f32 / 24.0;
            self.ellipse(centre, (size, size), colour, strength / 24.0);
        }
    }

    /// Grain over the rows `from..to`, growing towards the bottom, as a near surface shows more of itself.
    pub(super) fn grain(&mut self, from: u32, to: u32, top: f32, bottom: f32) {
        let span = to.saturating_sub(from).max(1) as f32;
        for y in from..to.min(HEIGHT) {
            let strength = top + (bottom - top) * (y - from) as f32 / span;
            let scale = (strength * 256.0 / 127.0) as i32;
            let offset = (y as usize % GRAIN) * GRAIN;
            // Each row starts elsewhere in its tile row: no pattern repeats to the eye.
            let shift = (y as usize).wrapping_mul(37) ^ (y as usize >> 3);
            let Some(tile) = self.grain.get(offset..offset + GRAIN) else {
                continue;
            };
            for (x, pixel) in row_of(&mut self.pixels, y).chunks_exact_mut(3).enumerate() {
                let delta = tile.get((x + shift) % GRAIN).copied().unwrap_or(0);
                add(pixel, i32::from(delta) * scale / 256);
            }
        }
    }

    /// What a cheap lens does: darker corners.
    pub(super) fn vignette(&mut self, strength: f32) {
        // Squares of the distance from the middle, 1 is 4,096: integers, as this touches every pixel.
        let square = |at: u32, size: u32| {
            let away = (at as f32 - size as f32 / 2.0) / (size as f32 / 2.0);
            (away * away * 4_096.0) as i32
        };
        let across: Vec<i32> = (0..WIDTH).map(|x| square(x, WIDTH)).collect();
        let strength = (strength * 256.0) as i32;
        for y in 0..HEIGHT {
            let limit = 2_048 - square(y, HEIGHT);
            let row = row_of(&mut self.pixels, y);
            for (pixel, away) in row.chunks_exact_mut(3).zip(&across) {
                if *away > limit {
                    let factor = 256 - (*away - limit) * strength / 4_096;
                    for channel in pixel {
                        *channel = (i32::from(*channel) * factor / 256).clamp(0, 255) as u8;
                    }
                }
            }
        }
    }
}

/// The bytes of one row; empty below the picture.
fn row_of(pixels: &mut RgbImage, y: u32) -> &mut [u8] {
    let length = WIDTH as usize * 3;
    let from = y as usize * length;
    pixels.get_mut(from..from + length).unwrap_or_default()
}

/// Mixes a colour in; 256 replaces.
fn blend(pixel: &mut [u8], colour: Colour, share: i32) {
    for (channel, new) in pixel.iter_mut().zip(colour) {
        let old = i32::from(*channel);
        *channel = (old + (i32::from(new) - old) * share / 256).clamp(0, 255) as u8;
    }
}

fn add(pixel: &mut [u8], delta: i32) {
    for channel in pixel {
        *channel = (i32::from(*channel) + delta).clamp(0, 255) as u8;
    }
}

/// Where a slice of a row lies.
fn slice_line(y: u32, slice: usize) -> f32 {
    y as f32 + (slice as f32 + 0.5) / SLICES as f32
}

/// Where the outline crosses a line of constant y, in order.
fn cross(corners: &[Corner], y: f32, crossings: &mut Vec<f32>) {
    crossings.clear();
    let Some(mut previous) = corners.last() else {
        return;
    };
    for corner in corners {
        let ((x0, y0), (x1, y1)) = (*previous, *corner);
        if (y0 <= y) != (y1 <= y) {
            crossings.push(x0 + (y - y0) / (y1 - y0) * (x1 - x0));
        }
        previous = corner;
    }
    crossings.sort_by(f32::total_cmp);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_fills_its_inside_and_softens_its_edge() {
        let mut canvas = Canvas::new([0, 0, 0], &mut Random::new(1, "canvas"));
        canvas.rectangle(10.0, 10.0, 20.5, 20.0, [200, 200, 200]);
        let pixels = canvas.into_pixels();
        assert_eq!(pixels.get_pixel(15, 15).0, [200, 200, 200]);
        assert_eq!(pixels.get_pixel(25, 15).0, [0, 0, 0]);
        let edge = pixels.get_pixel(20, 15).0[0];
        assert!((60..140).contains(&edge), "{edge}");
    }

    #[test]
    fn shapes_beyond_the_picture_are_cut_not_wrapped() {
        let mut canvas = Canvas::new([0, 0, 0], &mut Random::new(1, "canvas"));
        canvas.ellipse((-50.0, -50.0), (40.0, 40.0), [255, 255, 255], 1.0);
        canvas.rectangle(1_200.0, 900.0, 9_000.0, 9_000.0, [255, 255, 255]);
        let pixels = canvas.into_pixels();
        assert_eq!(pixels.get_pixel(0, 0).0, [0, 0, 0]);
        assert_eq!(pixels.get_pixel(1_279, 959).0, [255, 255, 255]);
    }
}
