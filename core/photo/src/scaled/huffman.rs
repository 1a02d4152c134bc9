//! Huffman tables, and the coefficients of a block.

use super::bits::Bits;

/// Codes up to this length are found by one look; with the number behind them where both fit.
const LOOK_BITS: u32 = 10;

/// No code is longer.
const CODE_BITS_MAX: u32 = 16;

/// Where the coefficients of a block stand, in the order of the file.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// What a look finds. `length` 0: the code is longer than the look.
#[derive(Clone, Copy, Default)]
struct Found {
    /// The coefficient, where its bits were part of the look; 0 otherwise, and for none.
    value: i16,
    /// Bits to skip.
    length: u8,
    /// Upper half of the symbol: zeros before the coefficient. Lower half: bits of the
    /// coefficient that are still to be read.
    symbol: u8,
}

/// A table of codes.
pub(super) struct Huffman {
    look: Box<[Found; 1 << LOOK_BITS]>,
    /// By length: the first 16-bit value behind all codes up to that length.
    ends: [u32; 17],
    /// By length: what to add to a code for its place in `symbols`.
    places: [i32; 17],
    symbols: Vec<u8>,
}

impl Huffman {
    /// From the number of codes of each length and their symbols; `None` when that is no code.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut table = Self {
            look: Box::new([Found::default(); 1 << LOOK_BITS]),
            ends: [0; 17],
            places: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut place) = (0_u32, 0_usize);
        for (length, count) in (1_u32..).zip(counts) {
            let behind = code + u32::from(*count);
            if behind > 1 << length {
                return None;
            }
            *table.places.get_mut(length as usize)? =
                i32::try_from(place).ok()? - i32::try_from(code).ok()?;
            *table.ends.get_mut(length as usize)? = behind << (CODE_BITS_MAX - length);
            for code in code..behind {
                table.enter(code, length, *symbols.get(place)?);
                place += 1;
            }
            code = behind << 1;
        }
        Some(table)
    }

    /// Fills every look that begins with this code.
    fn enter(&mut self, code: u32, length: u32, symbol: u8) {
        if length > LOOK_BITS {
            return;
        }
        let free = LOOK_BITS - length;
        for rest in 0..1_u32 << free {
            let size = u32::from(symbol & 15);
            let mut found = Found {
                value: 0,
                length: length as u8,
                symbol,
            };
            if size > 0 && size <= free {
                let raw = (rest >> (free - size)) as i16;
                let negative = raw >> (size - 1) == 0;
                found.value = if negative { raw - (1 << size) + 1 } else { raw };
                found.length += size as u8;
                found.symbol &= 0xF0;
            }
            if let Some(entry) = self.look.get_mut(((code << free) | rest) as usize) {
                *entry = found;
            }
        }
    }

    #[inline(always)]
    fn next(&self, bits: &mut Bits<'_>) -> Option<Found> {
        bits.refill();
        let found = self.look[bits.peek(LOOK_BITS) & ((1 << LOOK_BITS) - 1)];
        if found.length > 0 {
            bits.skip(u32::from(found.length));
            return Some(found);
        }
        self.next_long(bits)
    }

    #[cold]
    fn next_long(&self, bits: &mut Bits<'_>) -> Option<Found> {
        let ahead = bits.peek(CODE_BITS_MAX) as u32;
        let length = (LOOK_BITS + 1..=CODE_BITS_MAX)
            .find(|length| ahead < self.ends.get(*length as usize).copied().unwrap_or(0))?;
        let code = (ahead >> (CODE_BITS_MAX - length)) as i32;
        let place = usize::try_from(code + self.places.get(length as usize)?).ok()?;
        bits.skip(length);
        Some(Found {
            value: 0,
            length: length as u8,
            symbol: *self.symbols.get(place)?,
        })
    }
}

/// The tables of one component.
pub(super) struct Coding<'a> {
    pub(super) dc: &'a Huffman,
    pub(super) ac: &'a Huffman,
    /// Steps of the coefficients, in the order of the file.
    pub(super) steps: &'a [f32; 64],
}

/// Reads a block: its coefficients in rows of eight into `block` (which was zeros), and returns the place in the file's order of the
/// last that is not zero. `None` when the bits are no block.
#[inline(always)]
pub(super) fn read_block(
    bits: &mut Bits<'_>,
    coding: &Coding<'_>,
    previous: &mut i32,
    block: &mut [f32; 64],
) -> Option<usize> {
    let found = coding.dc.next(bits)?;
    let size = u32::from(found.symbol);
    if size > 15 {
        return None;
    }
    let difference = match size {
        0 => i32::from(found.value),
        size => bits.signed(size),
    };
    *previous = previous.wrapping_add(difference);
    block[0] = *previous as f32 * coding.steps[0];

    let (mut at, mut last) = (0, 0);
    while at < 63 {
        let found = coding.ac.next(bits)?;
        at += 1 + usize::from(found.symbol >> 4);
        if at > 63 {
            return None;
        }
        let size = u32::from(found.symbol & 15);
        let value = if size > 0 {
            bits.signed(size)
        } else if found.value != 0 {
            i32::from(found.value)
        } else if found.symbol == 0xF0 {
            continue;
        } else {
            break;
        };
        block[usize::from(ZIGZAG[at & 63] & 63)] = value as f32 * coding.steps[at & 63];
        last = at;
    }
    Some(last)
}

/// Rows of a block that hold anything when the last coefficient stands at `last` in the file's order.
pub(super) fn rows_used() -> [u8; 64] {
    let mut used = [0; 64];
    let mut most = 0;
    for (place, natural) in used.iter_mut().zip(ZIGZAG) {
        most = most.max(natural / 8 + 1);
        *place = most;
    }
    used
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::super::bits::Bits;
    use super::{Coding, Huffman, ZIGZAG, read_block, rows_used};

    /// 00: no more; 01: one bit, no zeros before; 10: sixteen zeros; 110: ten bits behind two zeros;
    /// twelve ones and a zero: one bit behind one zero.
    fn table() -> Huffman {
        let mut counts = [0; 16];
        (counts[1], counts[2], counts[12]) = (3, 1, 1);
        // The codes of length 13 begin behind those of length 3: 111 and ten zeros.
        Huffman::new(&counts, &[0x00, 0x01, 0xF0, 0x2A, 0x11]).unwrap()
    }

    fn block(bits: &str) -> Option<(Vec<(usize, f32)>, usize)> {
        let mut bytes: Vec<u8> = bits
            .replace(' ', "")
            .as_bytes()
            .chunks(8)
            .map(|chunk| {
                let text = format!("{:0<8}", std::str::from_utf8(chunk).unwrap());
                u8::from_str_radix(&text, 2).unwrap()
            })
            .collect();
        bytes.extend_from_slice(&[0; 8]);
        let (dc, ac) = (table(), table());
        let coding = Coding {
            dc: &dc,
            ac: &ac,
            steps: &[2.0; 64],
        };
        let mut coefficients = [0.0; 64];
        let last = read_block(
            &mut Bits::new(&bytes, 0),
            &coding,
            &mut 0,
            &mut coefficients,
        )?;
        let found = coefficients.iter().copied().enumerate();
        Some((found.filter(|(_, value)| *value != 0.0).collect(), last))
    }

    #[test]
    fn codes_of_every_kind_are_read() {
        // DC -1; then +1; sixteen zeros; ten bits (513) behind two zeros; one bit behind a zero; no more.
        let read = block("01 0  01 1  10  110 1000000001  1110000000000 0  00").unwrap();
        let natural = |at: usize| usize::from(ZIGZAG[at]);
        let mut expected = vec![
            (0, -2.0),
            (natural(1), 2.0),
            (natural(20), 1026.0),
            (natural(22), -2.0),
        ];
        expected.sort_by_key(|(at, _)| *at);
        assert_eq!(read, (expected, 22));
        assert_eq!(block("00 00").unwrap(), (Vec::new(), 0));
    }

    #[test]
    fn codes_that_do_not_exist_and_runs_over_the_end_are_no_block() {
        assert!(block("00 1111111111111111").is_none());
        assert!(block("00 10 10 10 10 01 1").is_none());
        assert!(block("00 10 10 10 110 1000000001 01 1 01 1").is_some());
    }

    #[test]
    fn more_codes_than_a_length_has_are_no_table() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(Huffman::new(&counts, &[1, 2, 3]).is_none());
        counts[0] = 2;
        assert!(Huffman::new(&counts, &[1]).is_none());
        assert!(Huffman::new(&counts, &[1, 2]).is_some());
    }

    #[test]
    fn rows_grow_with_the_place_in_the_file() {
        let used = rows_used();
        assert_eq!(
            (used[0], used[1], used[2], used[3], used[63]),
            (1, 1, 2, 3, 8)
        );
    }
}
