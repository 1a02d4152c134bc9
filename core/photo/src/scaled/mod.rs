//! What cameras write (sequential JPEG, one scan), decoded straight to the size that is wanted.
//!
//! A row of units at a time: its blocks are turned into pixels at the smallest sufficient number of eighths, and the rows
//! resized as they come. So 48 megapixels need no more memory than the small picture and a few rows, and most of their
//! arithmetic is never done. Every other kind of JPEG is left to the general decoder. Measured against the alternatives
//! in decision 0013.

mod bits;
mod colour;
mod frame;
mod huffman;
#[cfg(test)]
mod tests;
mod transform;

use image::RgbImage;

use self::bits::Bits;
use self::colour::{Plane, join};
use self::frame::{Component, Frame};
use self::huffman::{Coding, read_block, rows_used};
use self::transform::Transform;
use crate::PhotoError;
use crate::resample::{Edge, Resampler};
use crate::resize::fit;

/// Middle grey: what is shown where nothing could be read.
const GREY: f32 = 128.0;

/// Rows of a band may be written over by a block's width.
const BLOCK_EDGE: usize = 8;

/// A picture no larger than wanted, as stored (not turned yet).
pub(crate) struct Scaled {
    pub(crate) picture: RgbImage,
    /// `false` when parts are grey because their bits were missing or made no sense.
    pub(crate) whole: bool,
}

/// Decodes to a long edge of at most `edge_max`; `None` for a kind that the general decoder should judge.
pub(crate) fn decode(bytes: &[u8], edge_max: u32) -> Option<Result<Scaled, PhotoError>> {
    let frame = Frame::read(bytes)?;
    let wanted = fit(
        u32::try_from(frame.width).ok()?,
        u32::try_from(frame.height).ok()?,
        edge_max,
    );
    Some(Decoder::new(&frame, wanted)?.run(bytes, wanted))
}

/// A component on its way to a plane of the result.
struct Lane<'a> {
    component: Component,
    coding: Coding<'a>,
    /// The DC coefficient of the block before.
    previous: i32,
    /// The pixels of one row of units.
    band: Vec<f32>,
    stride: usize,
    /// Rows of the component that are still to come.
    rows_left: usize,
    resampler: Resampler,
    plane: (usize, usize),
}

struct Decoder<'a> {
    lanes: Vec<Lane<'a>>,
    transform: Transform,
    units: (usize, usize),
    restart_interval: usize,
    scan: usize,
}

impl<'a> Decoder<'a> {
    fn new(frame: &'a Frame, wanted: (u32, u32)) -> Option<Self> {
        let most = frame.most();
        let units = (
            frame.width.div_ceil(8 * most.0),
            frame.height.div_ceil(8 * most.1),
        );
        let wanted = (wanted.0 as usize, wanted.1 as usize);
        let enough = |size: &usize| {
            (frame.width * size).div_ceil(8) >= wanted.0
                && (frame.height * size).div_ceil(8) >= wanted.1
        };
        let size = (1..=8).find(enough).unwrap_or(8);
        let lanes = frame.components.iter().map(|component| {
            let across = edge(frame.width, component.across, most.0, size, wanted.0);
            let down = edge(frame.height, component.down, most.1, size, wanted.1);
            let stride = units.0 * component.across * size + BLOCK_EDGE;
            Some(Lane {
                component: *component,
                coding: frame.coding(component)?,
                previous: 0,
                band: vec![GREY; stride * component.down * size],
                stride,
                rows_left: down.source,
                resampler: Resampler::new(across, down),
                plane: (across.result, down.result),
            })
        });
        Some(Self {
            lanes: lanes.collect::<Option<_>>()?,
            transform: Transform::new(size),
            units,
            restart_interval: frame.restart_interval,
            scan: frame.scan,
        })
    }

    fn run(mut self, bytes: &[u8], wanted: (u32, u32)) -> Result<Scaled, PhotoError> {
        let mut bits = Bits::new(bytes, self.scan);
        let rows = rows_used();
        let mut block = [0.0; 64];
        // Readable until the bits end or make no sense, and again from the next restart marker on.
        let (mut readable, mut until_restart) = (true, self.restart_interval);
        let (mut read, mut ended) = (0_usize, false);
        for _ in 0..self.units.1 {
            for unit in 0..self.units.0 {
                if self.restart_interval > 0 {
                    if until_restart == 0 {
                        until_restart = self.restart_interval;
                        ended |= !ended && !bits.restart();
                        readable = !ended;
                        for lane in &mut self.lanes {
                            lane.previous = 0;
                        }
                    }
                    until_restart -= 1;
                }
                if readable {
                    readable = self.read_unit(&mut bits, unit, &rows, &mut block);
                }
                if readable {
                    read += 1;
                } else {
                    self.grey_unit(unit);
                }
            }
            for lane in &mut self.lanes {
                lane.hand_over(self.transform.size());
            }
        }
        if read == 0 {
            return Err(PhotoError::Damaged);
        }
        Ok(Scaled {
            whole: read == self.units.0 * self.units.1,
            picture: self.into_picture(wanted)?,
        })
    }

    /// Reads the blocks of one unit into the bands; `false` when the bits ended or made no sense.
    #[inline(always)]
    fn read_unit(
        &mut self,
        bits: &mut Bits<'_>,
        unit: usize,
        rows: &[u8; 64],
        block: &mut [f32; 64],
    ) -> bool {
        let size = self.transform.size();
        for lane in &mut self.lanes {
            for down in 0..lane.component.down {
                for across in 0..lane.component.across {
                    let Some(last) = read_block(bits, &lane.coding, &mut lane.previous, block)
                    else {
                        block.fill(0.0);
                        return false;
                    };
                    let column = (unit * lane.component.across + across) * size;
                    let start = down * size * lane.stride + column;
                    let Some(out) = lane.band.get_mut(start..) else {
                        return false;
                    };
                    if last == 0 {
                        self.transform.fill(block[0], out, lane.stride);
                        block[0] = 0.0;
                    } else {
                        let rows = usize::from(rows[last & 63]);
                        self.transform.write(block, rows, out, lane.stride);
                        block.fill(0.0);
                    }
                }
            }
        }
        !bits.is_overrun()
    }

    fn grey_unit(&mut self, unit: usize) {
        let size = self.transform.size();
        for lane in &mut self.lanes {
            let width = lane.component.across * size;
            for row in lane.band.chunks_exact_mut(lane.stride) {
                if let Some(pixels) = row.get_mut(unit * width..(unit + 1) * width) {
                    pixels.fill(GREY);
                }
            }
        }
    }

    fn into_picture(self, wanted: (u32, u32)) -> Result<RgbImage, PhotoError> {
        let planes = self.lanes.into_iter().map(|lane| Plane {
            width: lane.plane.0,
            height: lane.plane.1,
            pixels: lane.resampler.into_pixels(),
        });
        join(&planes.collect::<Vec<_>>(), wanted).ok_or(PhotoError::Damaged)
    }
}

impl Lane<'_> {
    /// Gives the band's rows to the resizer, as far as the picture reaches.
    fn hand_over(&mut self, size: usize) {
        let rows = (self.component.down * size).min(self.rows_left);
        for row in self.band.chunks_exact(self.stride).take(rows) {
            self.resampler.push(row);
        }
        self.rows_left -= rows;
    }
}

/// How long an edge of a component is when a block is `size` pixels, and what it becomes. A component of half the
/// picture's size becomes a plane of half the result's: nothing is blown up here.
fn edge(pixels: usize, blocks: usize, most: usize, size: usize, wanted: usize) -> Edge {
    let own = (pixels * blocks).div_ceil(most);
    Edge {
        source: (own * size).div_ceil(8),
        source_extent: (pixels * blocks * size) as f64 / (8 * most) as f64,
        result: (wanted * blocks).div_ceil(most),
        result_extent: (wanted * blocks) as f64 / most as f64,
    }
}
