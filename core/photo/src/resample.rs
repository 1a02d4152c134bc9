//! A picture, resized while its rows come in: a plane of it, or pixels of several channels.
//!
//! Only the rows that some unfinished row of the result still needs are held: a dozen, whatever the size of the picture.

/// Pixels of a source row or column that one pixel of the result is made of.
struct Taps {
    /// By pixel of the result: the first pixel of the source.
    starts: Vec<usize>,
    /// `width` weights for each pixel of the result; their sum is 1.
    weights: Vec<f32>,
    width: usize,
}

impl Taps {
    /// `extent`: how much of the source, in its pixels, the result shows; may end inside the last pixel.
    fn new(source: usize, extent: f64, result: usize, result_extent: f64) -> Self {
        let ratio = extent / result_extent;
        let stretch = ratio.max(1.0);
        let reach = 2.0 * stretch;
        let width = ((2.0 * reach).ceil() as usize + 1).min(source.max(1));
        let last_start = source.saturating_sub(width);
        let mut taps = Self {
            starts: Vec::with_capacity(result),
            weights: Vec::with_capacity(result * width),
            width,
        };
        for pixel in 0..result {
            let centre = (pixel as f64 + 0.5) * ratio;
            let start = ((centre - reach).floor().max(0.0) as usize).min(last_start);
            let weight = |tap: usize| cubic(((start + tap) as f64 + 0.5 - centre) / stretch);
            let sum: f64 = (0..width).map(weight).sum();
            taps.starts.push(start);
            if sum.abs() < 1e-6 {
                // The result shows a hair more than the source has: repeat its edge.
                taps.weights
                    .extend((0..width).map(|tap| f32::from(u8::from(tap + 1 == width))));
            } else {
                taps.weights
                    .extend((0..width).map(|tap| (weight(tap) / sum) as f32));
            }
        }
        taps
    }

    fn of(&self, pixel: usize) -> &[f32] {
        let start = pixel * self.width;
        self.weights
            .get(start..start + self.width)
            .unwrap_or_default()
    }
}

/// The cubic of Catmull and Rom: sharp, and exact where nothing is resized.
fn cubic(distance: f64) -> f64 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

/// One edge of a plane and of its result: whole pixels, and how far the picture really reaches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) source: usize,
    pub(crate) source_extent: f64,
    pub(crate) result: usize,
    pub(crate) result_extent: f64,
}

impl Edge {
    /// Both reach as far as their pixels do.
    pub(crate) fn whole(source: usize, result: usize) -> Self {
        Self {
            source,
            source_extent: source as f64,
            result,
            result_extent: result as f64,
        }
    }
}

/// Takes the rows of a picture, whose pixels have so many channels, and gives the rows of the result.
pub(crate) struct Resampler<const CHANNELS: usize = 1> {
    across: Taps,
    down: Taps,
    /// Values of a row, not pixels.
    source_width: usize,
    rows_in: usize,
    rows_out: usize,
    rows_open: usize,
    /// Sums of the rows in work, one behind the other, used in turn.
    sums: Vec<f32>,
    slots: usize,
    /// The finished rows.
    finished: Vec<u8>,
    /// Bytes of a row of the result, not pixels.
    width: usize,
    height: usize,
}

impl<const CHANNELS: usize> Resampler<CHANNELS> {
    pub(crate) fn new(across: Edge, down: Edge) -> Self {
        let taps = |edge: Edge| {
            Taps::new(
                edge.source,
                edge.source_extent,
                edge.result,
                edge.result_extent,
            )
        };
        let (columns, rows) = (taps(across), taps(down));
        let slots = slots(&rows);
        Self {
            source_width: across.source * CHANNELS,
            rows_in: 0,
            rows_out: 0,
            rows_open: 0,
            sums: vec![0.0; slots * across.source * CHANNELS],
            slots,
            finished: vec![0; across.result * down.result * CHANNELS],
            width: across.result * CHANNELS,
            height: down.result,
            across: columns,
            down: rows,
        }
    }

    /// The next row of the source, channel by channel of each pixel.
    pub(crate) fn push(&mut self, row: &[f32]) {
        let Some(row) = row.get(..self.source_width) else {
            return;
        };
        let at = self.rows_in;
        self.rows_in += 1;
        while self.rows_open < self.height
            && self
                .down
                .starts
                .get(self.rows_open)
                .is_some_and(|start| *start <= at)
        {
            let slot = self.slot(self.rows_open);
            if let Some(sums) = self.sums.get_mut(slot) {
                sums.fill(0.0);
            }
            self.rows_open += 1;
        }
        for result in self.rows_out..self.rows_open {
            let start = self.down.starts.get(result).copied().unwrap_or(at);
            let weight = self.down.of(result).get(at - start).copied().unwrap_or(0.0);
            let slot = self.slot(result);
            if weight != 0.0
                && let Some(sums) = self.sums.get_mut(slot)
            {
                for (sum, pixel) in sums.iter_mut().zip(row) {
                    *sum += weight * pixel;
                }
            }
            if at + 1 == start + self.down.width {
                self.finish(result);
            }
        }
    }

    fn slot(&self, result: usize) -> std::ops::Range<usize> {
        let start = result % self.slots * self.source_width;
        start..start + self.source_width
    }

    /// Rows finish in order, because their taps start in order and are equally many.
    fn finish(&mut self, result: usize) {
        let slot = self.slot(result);
        let start = result * self.width;
        let (Some(sums), Some(target)) = (
            self.sums.get(slot),
            self.finished.get_mut(start..start + self.width),
        ) else {
            return;
        };
        match self.across.width {
            1 => across::<1, CHANNELS>(&self.across, sums, target),
            5 => across::<5, CHANNELS>(&self.across, sums, target),
            6 => across::<6, CHANNELS>(&self.across, sums, target),
            7 => across::<7, CHANNELS>(&self.across, sums, target),
            8 => across::<8, CHANNELS>(&self.across, sums, target),
            9 => across::<9, CHANNELS>(&self.across, sums, target),
            _ => across_any::<CHANNELS>(&self.across, sums, target),
        }
        self.rows_out = result + 1;
    }

    /// The result, row by row, without gaps.
    pub(crate) fn into_pixels(self) -> Vec<u8> {
        self.finished
    }
}

/// With the number of taps known, the compiler unrolls the sum.
fn across<const TAPS: usize, const CHANNELS: usize>(taps: &Taps, sums: &[f32], target: &mut [u8]) {
    let (weights, _) = taps.weights.as_chunks::<TAPS>();
    let (sums, _) = sums.as_chunks::<CHANNELS>();
    let (target, _) = target.as_chunks_mut::<CHANNELS>();
    for ((pixel, start), weights) in target.iter_mut().zip(&taps.starts).zip(weights) {
        let rest = sums.get(*start..).unwrap_or_default();
        if let Some(source) = rest.first_chunk::<TAPS>() {
            *pixel = weighted(weights, source);
        }
    }
}

fn across_any<const CHANNELS: usize>(taps: &Taps, sums: &[f32], target: &mut [u8]) {
    let (sums, _) = sums.as_chunks::<CHANNELS>();
    let (target, _) = target.as_chunks_mut::<CHANNELS>();
    for (at, (pixel, start)) in target.iter_mut().zip(&taps.starts).enumerate() {
        *pixel = weighted(taps.of(at), sums.get(*start..).unwrap_or_default());
    }
}

#[inline(always)]
fn weighted<const CHANNELS: usize>(weights: &[f32], source: &[[f32; CHANNELS]]) -> [u8; CHANNELS] {
    let mut sums = [0.0; CHANNELS];
    for (weight, pixel) in weights.iter().zip(source) {
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += weight * value;
        }
    }
    sums.map(to_byte)
}

#[inline(always)]
fn to_byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// How many rows of the result are in work at once, at most.
fn slots(rows: &Taps) -> usize {
    let starts = rows.starts.as_slice();
    let overlapping = |(at, start): (usize, &usize)| {
        let end = start + rows.width;
        starts
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|next| **next < end)
            .count()
    };
    starts
        .iter()
        .enumerate()
        .map(overlapping)
        .max()
        .unwrap_or(1)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::{Edge, Resampler};

    fn resized(
        width: (usize, usize),
        height: (usize, usize),
        pixel: impl Fn(usize, usize) -> f32,
    ) -> Vec<u8> {
        let mut resampler = Resampler::<1>::new(
            Edge::whole(width.0, width.1),
            Edge::whole(height.0, height.1),
        );
        for y in 0..height.0 {
            let row: Vec<f32> = (0..width.0).map(|x| pixel(x, y)).collect();
            resampler.push(&row);
        }
        assert_eq!(resampler.rows_out, height.1, "every row is finished");
        resampler.into_pixels()
    }

    #[test]
    fn the_same_size_is_the_same_picture() {
        let pixel = |x: usize, y: usize| ((x * 7 + y * 13) % 256) as f32;
        let plane = resized((31, 31), (17, 17), pixel);
        for y in 0..17 {
            for x in 0..31 {
                assert_eq!(f32::from(plane[y * 31 + x]), pixel(x, y));
            }
        }
    }

    #[test]
    fn a_plain_picture_stays_plain_at_every_ratio() {
        for (source, result) in [
            (1, 1),
            (1, 3),
            (2, 1),
            (3, 2),
            (100, 7),
            (100, 99),
            (7, 100),
            (640, 1),
        ] {
            for (height, rows) in [(1, 1), (5, 3), (64, 9), (3, 5)] {
                let plane = resized((source, result), (height, rows), |_, _| 77.0);
                assert_eq!(
                    plane,
                    vec![77; result * rows],
                    "{source} {result} {height} {rows}"
                );
            }
        }
    }

    #[test]
    fn channels_do_not_touch() {
        let mut resampler = Resampler::<3>::new(Edge::whole(100, 7), Edge::whole(40, 9));
        for _ in 0..40 {
            resampler.push(&[10.0, 128.0, 250.0].repeat(100));
        }
        assert_eq!(resampler.into_pixels(), [10, 128, 250].repeat(7 * 9));
    }

    #[test]
    fn a_slope_keeps_its_slope() {
        let plane = resized((300, 200), (4, 4), |x, _| x as f32 / 2.0);
        for (x, found) in plane.iter().enumerate().take(196).skip(4) {
            let expected = ((x as f32 + 0.5) * 1.5 - 0.5) / 2.0;
            assert!((f32::from(*found) - expected).abs() <= 1.0, "{x}");
        }
    }

    #[test]
    fn what_overshoots_is_cut_to_black_and_white() {
        let plane = resized(
            (40, 20),
            (40, 20),
            |x, _| if x < 20 { -40.0 } else { 300.0 },
        );
        assert_eq!((plane[0], plane[19]), (0, 255));
    }
}
