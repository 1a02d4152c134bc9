//! What the decoder of this folder needs from the segments of a JPEG, or that it is not its kind.

use super::huffman::Huffman;
use crate::jpeg::{next_marker, segment, stands_alone};

const BASELINE: u8 = 0xC0;
const EXTENDED: u8 = 0xC1;
const HUFFMAN_TABLES: u8 = 0xC4;
const START_OF_SCAN: u8 = 0xDA;
const QUANTISATION_TABLES: u8 = 0xDB;
const RESTART_INTERVAL: u8 = 0xDD;
const JFIF_SEGMENT: u8 = 0xE0;
const ADOBE_SEGMENT: u8 = 0xEE;

/// A component of the picture: luma or a colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Component {
    id: u8,
    /// Blocks a unit, across and down.
    pub(super) across: usize,
    pub(super) down: usize,
    steps: usize,
    /// Numbers of its Huffman tables.
    dc: usize,
    ac: usize,
}

/// A sequential picture of 8 bits in one scan: what cameras write.
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) components: Vec<Component>,
    /// Units between two restart markers; 0 for none.
    pub(super) restart_interval: usize,
    /// Where the bits of the scan begin.
    pub(super) scan: usize,
    tables: Tables,
}

#[derive(Default)]
struct Tables {
    steps: [Option<[f32; 64]>; 4],
    dc: [Option<Huffman>; 4],
    ac: [Option<Huffman>; 4],
}

impl Frame {
    /// Walks the segments; `None` for everything that the general decoder should judge.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut tables = Tables::default();
        let mut size = None;
        let (mut restart_interval, mut is_jfif, mut adobe_transform) = (0, false, None);
        let mut at = 2; // behind start of image
        loop {
            let (marker, behind) = next_marker(bytes, at)?;
            if stands_alone(marker) {
                at = behind;
                continue;
            }
            let (payload, end) = segment(bytes, behind).ok()?;
            match marker {
                QUANTISATION_TABLES => tables.read_steps(payload)?,
                HUFFMAN_TABLES => tables.read_codes(payload)?,
                BASELINE | EXTENDED => size = Some(read_size(payload)?),
                RESTART_INTERVAL => {
                    restart_interval = usize::from(u16::from_be_bytes(*payload.first_chunk()?));
                }
                JFIF_SEGMENT => is_jfif |= payload.starts_with(b"JFIF\0"),
                ADOBE_SEGMENT if payload.starts_with(b"Adobe") => {
                    adobe_transform = Some(*payload.get(11)?);
                }
                START_OF_SCAN => {
                    let (width, height, mut components) = size?;
                    read_scan(payload, &mut components)?;
                    let frame = Self {
                        width,
                        height,
                        components,
                        restart_interval,
                        scan: end,
                        tables,
                    };
                    return frame.is_ours(is_jfif, adobe_transform).then_some(frame);
                }
                // Another kind of frame.
                0xC2..=0xCF => return None,
                _ => {}
            }
            at = end;
        }
    }

    /// Whether the colours are luma and two differences, and every table is there.
    fn is_ours(&self, is_jfif: bool, adobe_transform: Option<u8>) -> bool {
        let named_rgb = self
            .components
            .iter()
            .map(|component| component.id)
            .eq(*b"RGB");
        let coloured = match (self.components.len(), adobe_transform) {
            (1, _) | (3, Some(1)) => true,
            (3, None) => is_jfif || !named_rgb,
            _ => false,
        };
        coloured
            && self
                .components
                .iter()
                .all(|component| self.coding(component).is_some())
    }

    /// The tables of a component: DC, AC, steps.
    pub(super) fn coding(&self, component: &Component) -> Option<super::huffman::Coding<'_>> {
        Some(super::huffman::Coding {
            dc: self.tables.dc.get(component.dc)?.as_ref()?,
            ac: self.tables.ac.get(component.ac)?.as_ref()?,
            steps: self.tables.steps.get(component.steps)?.as_ref()?,
        })
    }

    /// The most blocks of a component in a unit, across and down.
    pub(super) fn most(&self) -> (usize, usize) {
        let most = |of: fn(&Component) -> usize| self.components.iter().map(of).max().unwrap_or(1);
        (
            most(|component| component.across),
            most(|component| component.down),
        )
    }
}

impl Tables {
    fn read_steps(&mut self, mut payload: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = payload {
            let mut steps = [0.0; 64];
            payload = if kind >> 4 == 0 {
                let (values, rest) = rest.split_first_chunk::<64>()?;
                for (step, value) in steps.iter_mut().zip(values) {
                    *step = f32::from(*value);
                }
                rest
            } else {
                let (values, rest) = rest.split_first_chunk::<128>()?;
                for (step, value) in steps.iter_mut().zip(values.as_chunks::<2>().0) {
                    *step = f32::from(u16::from_be_bytes(*value));
                }
                rest
            };
            *self.steps.get_mut(usize::from(kind & 15))? = Some(steps);
        }
        Some(())
    }

    fn read_codes(&mut self, mut payload: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = payload {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let sum = counts.iter().map(|count| usize::from(*count)).sum();
            let table = Huffman::new(counts, rest.get(..sum)?)?;
            payload = rest.get(sum..)?;
            let group = match kind >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return None,
            };
            *group.get_mut(usize::from(kind & 15))? = Some(table);
        }
        Some(())
    }
}

/// Width, height and components of a frame of 8 bits.
fn read_size(payload: &[u8]) -> Option<(usize, usize, Vec<Component>)> {
    let ([precision, h1, h0, w1, w0, count], rest) = payload.split_first_chunk::<6>()?;
    if *precision != 8 || !matches!(count, 1 | 3) {
        return None;
    }
    let (entries, _) = rest.as_chunks::<3>();
    let entries = entries.get(..usize::from(*count))?;
    let component = |[id, sampling, steps]: &[u8; 3]| {
        let (across, down) = (usize::from(sampling >> 4), usize::from(sampling & 15));
        let possible = (1..=4).contains(&across) && (1..=4).contains(&down);
        possible.then_some(Component {
            id: *id,
            across,
            down,
            steps: usize::from(*steps),
            dc: 0,
            ac: 0,
        })
    };
    let mut components: Vec<_> = entries.iter().map(component).collect::<Option<_>>()?;
    if let [only] = components.as_mut_slice() {
        // A scan of one component is not interleaved: a unit is a block, whatever the factors.
        (only.across, only.down) = (1, 1);
    }
    let width = usize::from(u16::from_be_bytes([*w1, *w0]));
    let height = usize::from(u16::from_be_bytes([*h1, *h0]));
    (width > 0 && height > 0).then_some((width, height, components))
}

/// The tables of each component: all of them in the frame's order, all coefficients at once.
fn read_scan(payload: &[u8], components: &mut [Component]) -> Option<()> {
    let (count, rest) = payload.split_first()?;
    let (entries, rest) = rest.split_at_checked(2 * usize::from(*count))?;
    let whole = matches!(rest, [0, 63, 0, ..]);
    if usize::from(*count) != components.len() || !whole {
        return None;
    }
    for ([id, tables], component) in entries.as_chunks::<2>().0.iter().zip(components) {
        if *id != component.id {
            return None;
        }
        component.dc = usize::from(tables >> 4);
        component.ac = usize::from(tables & 15);
    }
    Some(())
}
