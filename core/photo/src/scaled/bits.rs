//! The bits of a scan, without the stuffing.

/// Refilled when fewer are left: the longest code (16) and the longest number behind it (15).
const BITS_LOW: u32 = 32;

/// Reads a scan from its first byte up to the next marker; zeros from there on.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, from the top; below `count` of them lies nothing or what will be put there anyway.
    buffer: u64,
    count: u32,
    /// How many of `count` were made up behind the end.
    padding: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            buffer: 0,
            count: 0,
            padding: 0,
        }
    }

    /// Makes sure that a code and the number behind it can be read.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        if self.count < BITS_LOW {
            self.fill();
        }
    }

    #[inline]
    fn fill(&mut self) {
        if let Some(chunk) = self
            .bytes
            .get(self.at..)
            .and_then(|rest| rest.first_chunk())
        {
            let word = u64::from_be_bytes(*chunk);
            if !has_all_ones(word) {
                self.buffer |= word >> self.count;
                let taken = (63 - self.count) / 8;
                self.at += taken as usize;
                self.count += taken * 8;
                return;
            }
        }
        self.fill_by_byte();
    }

    /// Where eight bytes hold a 0xFF: stuffing is dropped, a marker ends the data.
    fn fill_by_byte(&mut self) {
        while self.count <= 56 {
            let byte = match self.bytes.get(self.at..) {
                Some([0xFF, 0, ..]) => {
                    self.at += 2;
                    0xFF
                }
                Some([0xFF, ..] | []) | None => {
                    self.padding += 8;
                    0
                }
                Some([byte, ..]) => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `length` bits (1 to 16), not taken yet.
    #[inline(always)]
    pub(super) fn peek(&self, length: u32) -> usize {
        (self.buffer >> (64 - length)) as usize
    }

    #[inline(always)]
    pub(super) fn skip(&mut self, length: u32) {
        self.buffer <<= length;
        self.count = self.count.wrapping_sub(length);
    }

    /// A number of `size` bits (1 to 15) the way the standard codes it: a leading zero means negative.
    #[inline(always)]
    pub(super) fn signed(&mut self, size: u32) -> i32 {
        let raw = self.peek(size) as i32;
        self.skip(size);
        if raw >> (size - 1) == 0 {
            raw - (1 << size) + 1
        } else {
            raw
        }
    }

    /// Whether bits were taken that the file does not have.
    #[inline(always)]
    pub(super) fn is_overrun(&self) -> bool {
        self.padding > self.count
    }

    /// Goes behind the next restart marker; `false` when another marker or the end comes first.
    pub(super) fn restart(&mut self) -> bool {
        (self.buffer, self.count, self.padding) = (0, 0, 0);
        loop {
            let Some(rest) = self.bytes.get(self.at..) else {
                return false;
            };
            match rest {
                [0xFF, 0xD0..=0xD7, ..] => {
                    self.at += 2;
                    return true;
                }
                [0xFF, 0x00, ..] => self.at += 2,
                [0xFF, 0xFF, ..] => self.at += 1,
                [0xFF, ..] | [] => return false,
                _ => self.at += 1,
            }
        }
    }
}

/// Whether one of eight bytes is 0xFF.
fn has_all_ones(word: u64) -> bool {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    (!word).wrapping_sub(LOW) & word & HIGH != 0
}

#[cfg(test)]
mod tests {
    use super::{Bits, has_all_ones};

    /// Every bit of the data, through the fast way and the slow one.
    fn read(bytes: &[u8], lengths: impl Iterator<Item = u32>) -> Vec<usize> {
        let mut bits = Bits::new(bytes, 0);
        let mut found = Vec::new();
        for length in lengths {
            bits.refill();
            found.push(bits.peek(length));
            bits.skip(length);
        }
        found
    }

    #[test]
    fn stuffing_is_dropped_wherever_it_stands() {
        for position in 0..24 {
            let mut plain: Vec<u8> = (1..=24).collect();
            plain[position] = 0xFF;
            let mut stuffed = plain.clone();
            stuffed.insert(position + 1, 0);
            let expected: Vec<usize> = plain.iter().map(|byte| usize::from(*byte)).collect();
            assert_eq!(read(&stuffed, [8; 24].into_iter()), expected, "{position}");
        }
    }

    #[test]
    fn lengths_that_cross_bytes_give_the_same_bits() {
        let bytes: Vec<u8> = (0..64).map(|number| number * 3 + 1).collect();
        let all: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
        let lengths = [13, 3, 16, 1, 7, 11, 5, 9];
        let mut at = 0;
        for (length, found) in lengths.iter().zip(read(&bytes, lengths.into_iter())) {
            let end = at + *length as usize;
            assert_eq!(usize::from_str_radix(&all[at..end], 2), Ok(found));
            at = end;
        }
    }

    #[test]
    fn behind_the_end_come_zeros_and_the_reader_knows() {
        for bytes in [&b"\xA5"[..], b"\xA5\xFF\xD9\xA5", b"\xA5\xFF"] {
            let mut bits = Bits::new(bytes, 0);
            bits.refill();
            bits.skip(8);
            assert!(!bits.is_overrun());
            assert_eq!(bits.peek(16), 0);
            bits.skip(1);
            assert!(bits.is_overrun());
        }
    }

    #[test]
    fn a_restart_is_found_behind_what_was_not_read() {
        let mut bits = Bits::new(b"abc\xFF\x00\xFF\xFF\xD3\x80rest", 0);
        bits.refill();
        assert!(bits.restart());
        bits.refill();
        assert_eq!(bits.peek(8), 0x80);
        assert!(!bits.restart());
        assert!(!Bits::new(b"a\xFF\xD9\xFF\xD0", 0).restart());
    }

    #[test]
    fn numbers_are_signed_by_their_first_bit() {
        let mut bits = Bits::new(&[0b0000_1111, 0b0110_0000, 0, 0], 0);
        bits.refill();
        assert_eq!(bits.signed(4), -15);
        assert_eq!(bits.signed(4), 15);
        assert_eq!(bits.signed(1), -1);
        assert_eq!(bits.signed(1), 1);
    }

    #[test]
    fn a_byte_of_ones_is_seen_at_each_place_and_no_other() {
        for place in 0..8 {
            assert!(has_all_ones(0xFF << (8 * place)));
            assert!(!has_all_ones(0xFE << (8 * place)));
            assert!(!has_all_ones(0x7F << (8 * place)));
        }
    }
}
