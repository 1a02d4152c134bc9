//! How much of each pixel the letters cover.

/// Coverage of a rectangle, 0 to 255 a pixel.
pub(super) struct Mask {
    width: usize,
    height: usize,
    coverage: Vec<u8>,
}

impl Mask {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            coverage: vec![0; width * height],
        }
    }

    /// Covers a pixel at least that much (0 to 1); what lies outside is let go.
    pub(super) fn raise(&mut self, x: i64, y: i64, coverage: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x >= self.width {
            return;
        }
        if let Some(pixel) = self.coverage.get_mut(y.saturating_mul(self.width) + x) {
            *pixel = (*pixel).max((coverage * 255.0 + 0.5) as u8);
        }
    }

    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        if x >= self.width || y >= self.height {
            return 0;
        }
        self.coverage.get(y * self.width + x).copied().unwrap_or(0)
    }

    /// The same, every letter wider by `radius` pixels on each side.
    pub(super) fn spread(&self, radius: usize) -> Self {
        let across = self.spread_along(radius, 1, self.width);
        across.spread_along(radius, self.width, self.height)
    }

    /// The greatest of the neighbours, where neighbours are `step` apart and a line has `length` of them.
    fn spread_along(&self, radius: usize, step: usize, length: usize) -> Self {
        let mut spread = Self::new(self.width, self.height);
        for (at, pixel) in spread.coverage.iter_mut().enumerate() {
            let place = at / step % length;
            let before = radius.min(place);
            let behind = radius.min(length - 1 - place);
            let first = at - before * step;
            let neighbours = (0..=before + behind).map(|n| self.coverage.get(first + n * step));
            *pixel = neighbours.flatten().copied().max().unwrap_or(0);
        }
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn a_pixel_spreads_to_a_square_and_not_around_the_edge() {
        let mut mask = Mask::new(6, 5);
        mask.raise(0, 2, 1.0);
        mask.raise(-1, 0, 1.0);
        mask.raise(6, 0, 1.0);
        mask.raise(0, 5, 1.0);
        let spread = mask.spread(1);
        for y in 0..5 {
            for x in 0..6 {
                let expected = if x <= 1 && (1..=3).contains(&y) {
                    255
                } else {
                    0
                };
                assert_eq!(spread.at(x, y), expected, "{x},{y}");
            }
        }
    }
}
