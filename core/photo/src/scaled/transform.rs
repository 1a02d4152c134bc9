//! Coefficients to pixels, at one to eight eighths of the size.
//!
//! The lowest N × N coefficients of a block are what the block looks like at N pixels an edge, so a small picture costs
//! neither the pixels nor the arithmetic of the large one. Floats, because the compiler makes vectors of them on every
//! processor; the order of the additions is fixed, so every machine gets the same pixels.

/// The cosines of one size.
pub(super) struct Transform {
    size: usize,
    /// By frequency, then by pixel; zeros behind the size.
    cosines: [[f32; 8]; 8],
}

impl Transform {
    /// `size`: pixels an edge that a block becomes, 1 to 8.
    pub(super) fn new(size: usize) -> Self {
        let size = size.clamp(1, 8);
        let mut cosines = [[0.0; 8]; 8];
        for (frequency, row) in cosines.iter_mut().enumerate().take(size) {
            let scale = if frequency == 0 { 0.5_f64.sqrt() } else { 1.0 } / 2.0;
            for (pixel, cosine) in row.iter_mut().enumerate().take(size) {
                let steps = ((2 * pixel + 1) * frequency) as f64;
                let angle = steps * std::f64::consts::PI / (2 * size) as f64;
                *cosine = (scale * angle.cos()) as f32;
            }
        }
        Self { size, cosines }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Writes a block's pixels (0 to 255, and over where the coefficients say so) to `out`, whose rows are `stride` apart.
    /// What stands up to seven pixels to the right of the block may be overwritten.
    ///
    /// `rows`: how many rows of coefficients hold anything.
    #[inline(always)]
    pub(super) fn write(&self, block: &[f32; 64], rows: usize, out: &mut [f32], stride: usize) {
        match self.size {
            1 => {
                if let Some(pixel) = out.first_mut() {
                    *pixel = block[0] / 8.0 + 128.0;
                }
            }
            2 => self.write_sized::<2, 4>(block, rows, out, stride),
            3 => self.write_sized::<3, 4>(block, rows, out, stride),
            4 => self.write_sized::<4, 4>(block, rows, out, stride),
            5 => self.write_sized::<5, 8>(block, rows, out, stride),
            6 => self.write_sized::<6, 8>(block, rows, out, stride),
            7 => self.write_sized::<7, 8>(block, rows, out, stride),
            _ => self.write_sized::<8, 8>(block, rows, out, stride),
        }
    }

    #[inline(always)]
    fn write_sized<const SIZE: usize, const LANES: usize>(
        &self,
        block: &[f32; 64],
        rows: usize,
        out: &mut [f32],
        stride: usize,
    ) {
        // Across, a row of coefficients at a time.
        let mut across = [[0.0_f32; LANES]; SIZE];
        for (row, line) in across.iter_mut().enumerate().take(rows) {
            for frequency in 0..SIZE {
                let coefficient = block[(row * 8 + frequency) & 63];
                for (pixel, cosine) in line.iter_mut().zip(&self.cosines[frequency]) {
                    *pixel += coefficient * cosine;
                }
            }
        }
        // Down, a row of pixels at a time.
        for pixel in 0..SIZE {
            let mut line = [128.0_f32; LANES];
            for (row, across) in across.iter().enumerate().take(rows) {
                let cosine = self.cosines[row][pixel];
                for (pixel, across) in line.iter_mut().zip(across) {
                    *pixel += cosine * across;
                }
            }
            let start = pixel * stride;
            if let Some(target) = out.get_mut(start..start + LANES) {
                target.copy_from_slice(&line);
            }
        }
    }

    /// A block of one colour.
    #[inline(always)]
    pub(super) fn fill(&self, coefficient: f32, out: &mut [f32], stride: usize) {
        let value = coefficient / 8.0 + 128.0;
        for row in 0..self.size {
            let start = row * stride;
            if let Some(target) = out.get_mut(start..start + self.size) {
                target.fill(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Transform;

    /// The standard's own sum, in doubles.
    fn by_the_book(block: &[f32; 64], x: usize, y: usize) -> f64 {
        let mut sum = 0.0;
        for v in 0..8 {
            for u in 0..8 {
                let c = |n: usize| if n == 0 { 0.5_f64.sqrt() } else { 1.0 };
                let cosine = |pixel: usize, n: usize| {
                    (((2 * pixel + 1) * n) as f64 * std::f64::consts::PI / 16.0).cos()
                };
                let coefficient = f64::from(block[v * 8 + u]);
                sum += c(u) * c(v) * coefficient * cosine(x, u) * cosine(y, v) / 4.0;
            }
        }
        sum + 128.0
    }

    fn some_block() -> [f32; 64] {
        let mut state = 7_u32;
        std::array::from_fn(|at| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = (state >> 20) as f32 - 2048.0;
            value / (1 + at) as f32
        })
    }

    #[test]
    fn at_full_size_it_is_the_transform_of_the_standard() {
        let block = some_block();
        let mut out = [0.0; 8 * 16];
        Transform::new(8).write(&block, 8, &mut out, 16);
        for y in 0..8 {
            for x in 0..8 {
                let error = f64::from(out[y * 16 + x]) - by_the_book(&block, x, y);
                assert!(error.abs() < 0.01, "{x},{y}: {error}");
            }
        }
    }

    #[test]
    fn every_size_keeps_the_mean_and_a_plain_block_stays_plain() {
        for size in 1..=8 {
            let transform = Transform::new(size);
            let block = some_block();
            let mut out = [0.0; 8 * 16];
            transform.write(&block, 8, &mut out, 16);
            let pixels = (0..size).flat_map(|y| (0..size).map(move |x| y * 16 + x));
            let mean = pixels.map(|at| out[at]).sum::<f32>() / (size * size) as f32;
            assert!((mean - (block[0] / 8.0 + 128.0)).abs() < 0.01, "{size}");

            let (mut plain, mut filled) = ([0.0; 64], [0.0; 8 * 16]);
            plain[0] = -300.0;
            transform.write(&plain, 1, &mut out, 16);
            transform.fill(-300.0, &mut filled, 16);
            for y in 0..size {
                for x in 0..size {
                    assert!((out[y * 16 + x] - filled[y * 16 + x]).abs() < 0.001);
                }
            }
        }
    }
}
