//! A street with a hole in it, at any size, drawn row by row so that drawing it needs no memory.

use jpeg_encoder::{
    Encoder, EncodingError, ImageBuffer, JpegColorType, SamplingFactor, rgb_to_ycbcr,
};

/// As phones write them: half the colours, high quality.
const QUALITY: u8 = 92;

/// Strength of the sensor's noise, in shades.
const NOISE: f32 = 9.0;

struct Scene {
    width: u16,
    height: u16,
}

/// The scene as a camera's JPEG.
pub(crate) fn jpeg(width: u16, height: u16) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode_image(Scene { width, height })?;
    Ok(bytes)
}

impl ImageBuffer for Scene {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let [luma, blue, red, _] = buffers;
        for x in 0..self.width {
            // A picture of 4 by 3, whatever its pixels.
            let across = f32::from(x) / f32::from(self.width) * 4.0;
            let down = f32::from(y) / f32::from(self.height) * 3.0;
            let grain = NOISE
                * (random(u32::from(x), u32::from(y)) + random(u32::from(y) + 7, u32::from(x))
                    - 1.0);
            let pixel = colour(across, down).map(|channel| (channel + grain) as u8);
            let (y, cb, cr) = rgb_to_ycbcr(pixel[0], pixel[1], pixel[2]);
            luma.push(y);
            blue.push(cb);
            red.push(cr);
        }
    }
}

/// 0 to 1, the same for the same place.
fn random(x: u32, y: u32) -> f32 {
    let mut mixed = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77);
    mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297A_2D39);
    ((mixed ^ (mixed >> 15)) >> 8) as f32 / 16_777_216.0
}

/// Smooth between random corners, `cells` to a unit: plaster, leaves, asphalt.
fn texture(x: f32, y: f32, cells: f32) -> f32 {
    let (x, y) = (x * cells, y * cells);
    let (left, top) = (x.floor(), y.floor());
    let (right, bottom) = (x - left, y - top);
    let corner = |across: f32, down: f32| random((left + across) as u32, (top + down) as u32 + 977);
    let over = corner(0.0, 0.0) * (1.0 - right) + corner(1.0, 0.0) * right;
    let under = corner(0.0, 1.0) * (1.0 - right) + corner(1.0, 1.0) * right;
    over * (1.0 - bottom) + under * bottom
}

fn colour(x: f32, y: f32) -> [f32; 3] {
    const HORIZON: f32 = 1.3;
    if y > HORIZON {
        return road(x, y, (y - HORIZON) / (3.0 - HORIZON));
    }
    // Houses of different heights; behind them the sky.
    let house = (x / 0.8).floor();
    let roof = 0.25 + 0.6 * random(house as u32, 3);
    if y < roof {
        let light = 185.0 + 35.0 * y + 12.0 * texture(x, y * 3.0, 2.0);
        return [light - 25.0, light - 5.0, light + 15.0];
    }
    let wall = 120.0 + 60.0 * random(house as u32, 11) + 14.0 * texture(x, y, 60.0);
    let (column, row) = ((x * 7.5).fract(), ((y - roof) * 6.0).fract());
    let is_window = (0.3..0.75).contains(&column) && (0.3..0.8).contains(&row);
    if is_window && y < HORIZON - 0.15 {
        return [48.0, 58.0, 70.0];
    }
    [wall, wall - 12.0, wall - 26.0]
}

fn road(x: f32, y: f32, near: f32) -> [f32; 3] {
    let from_middle = (x - 2.0) / (0.35 + 1.9 * near);
    if from_middle.abs() > 1.0 {
        let leaves = 55.0 + 70.0 * texture(x, y, 90.0) * texture(x, y, 25.0);
        return [leaves * 0.8, leaves + 18.0, leaves * 0.6];
    }
    let is_line = from_middle.abs() < 0.025 && (1.0 / (near + 0.12) * 2.2).fract() < 0.55;
    if is_line {
        return [205.0, 203.0, 196.0];
    }
    let asphalt = 92.0 + 26.0 * texture(x, y, 160.0) + 12.0 * texture(x, y, 12.0);
    let (across, down) = ((x - 2.75) / 0.62, (y - 2.05) / 0.21);
    let hole = across * across + down * down + 0.35 * texture(x, y, 14.0);
    let shade = if hole < 0.9 {
        30.0 + 40.0 * texture(x, y, 70.0) + 18.0 * hole
    } else if hole < 1.25 {
        asphalt + 38.0 * texture(x, y, 80.0)
    } else {
        asphalt
    };
    [shade, shade - 2.0, shade - 6.0]
}
