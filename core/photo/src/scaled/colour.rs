//! Planes of luma and colour differences to pixels of red, green and blue.

use image::RgbImage;

/// A plane of the result.
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Plane {
    fn row(&self, y: usize) -> &[u8] {
        let start = y * self.width;
        self.pixels
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    /// The row that belongs to row `y` of `height`, each pixel repeated where the plane is narrower.
    fn stretched(&self, y: usize, height: usize, columns: &[usize], out: &mut [u8]) {
        let row = self.row((y * self.height / height).min(self.height.saturating_sub(1)));
        for (pixel, column) in out.iter_mut().zip(columns) {
            *pixel = row.get(*column).copied().unwrap_or(128);
        }
    }

    fn columns(&self, width: usize) -> Vec<usize> {
        (0..width).map(|x| x * self.width / width).collect()
    }
}

/// Joins one plane (grey) or three to a picture of that size. Colours are repeated, not blended: the copies are coded
/// with half the colours again, and this way get exactly those that are here.
pub(super) fn join(planes: &[Plane], (width, height): (u32, u32)) -> Option<RgbImage> {
    let (columns, rows) = (width as usize, height as usize);
    let mut pixels = vec![0; columns * rows * 3];
    let lines = pixels.chunks_exact_mut(columns * 3).enumerate();
    match planes {
        [grey] => {
            for (y, line) in lines {
                for (pixel, luma) in line.as_chunks_mut::<3>().0.iter_mut().zip(grey.row(y)) {
                    *pixel = [*luma; 3];
                }
            }
        }
        [luma, blue, red] => {
            let places = [luma, blue, red].map(|plane| plane.columns(columns));
            let mut parts = [vec![0; columns], vec![0; columns], vec![0; columns]];
            for (y, line) in lines {
                for ((plane, places), part) in planes.iter().zip(&places).zip(&mut parts) {
                    plane.stretched(y, rows, places, part);
                }
                let [luma, blue, red] = &parts;
                let (line, _) = line.as_chunks_mut::<3>();
                for (((pixel, y), b), r) in line.iter_mut().zip(luma).zip(blue).zip(red) {
                    *pixel = to_rgb(*y, *b, *r);
                }
            }
        }
        _ => return None,
    }
    RgbImage::from_raw(width, height, pixels)
}

/// The conversion of JFIF, in sixteenths of a thousandth.
#[inline(always)]
fn to_rgb(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let luma = (i32::from(luma) << 16) + (1 << 15);
    let (blue, red) = (i32::from(blue) - 128, i32::from(red) - 128);
    let byte = |value: i32| (value >> 16).clamp(0, 255) as u8;
    [
        byte(luma + 91_881 * red),
        byte(luma - 22_554 * blue - 46_802 * red),
        byte(luma + 116_130 * blue),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Plane, join, to_rgb};

    #[test]
    fn the_corners_of_the_colours_are_right() {
        assert_eq!(to_rgb(0, 128, 128), [0, 0, 0]);
        assert_eq!(to_rgb(255, 128, 128), [255, 255, 255]);
        assert_eq!(to_rgb(76, 85, 255), [254, 0, 0]);
        assert_eq!(to_rgb(150, 44, 21), [0, 255, 1]);
        assert_eq!(to_rgb(29, 255, 107), [0, 0, 254]);
    }

    #[test]
    fn a_narrow_plane_is_repeated() {
        let plane = |width: usize, height: usize, pixels: &[u8]| Plane {
            width,
            height,
            pixels: pixels.to_vec(),
        };
        let planes = [
            plane(3, 2, &[10, 20, 30, 40, 50, 60]),
            plane(2, 1, &[128, 255]),
            plane(2, 1, &[128, 128]),
        ];
        let Some(picture) = join(&planes, (3, 2)) else {
            panic!("three planes are a picture");
        };
        assert_eq!(picture.get_pixel(1, 0).0, [20, 20, 20]);
        assert_eq!(picture.get_pixel(2, 1).0, to_rgb(60, 255, 128));
        assert!(join(&planes[..2], (3, 2)).is_none());
    }
}
