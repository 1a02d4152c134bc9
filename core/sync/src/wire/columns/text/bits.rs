//! Arithmetic coding of yes and no: an answer that was likely takes a fraction of a bit. After the binary coder of
//! the `lpaq` family, integers only, so that every platform makes the same bytes.

use crate::wire::columns::ColumnsError;

/// How likely a yes is, and how often that was tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    /// Of 65,536.
    yes: u16,
    tries: u8,
}

const CERTAIN: u32 = 1 << 16;
/// Behind this many tries a chance follows what happens no slower.
const TRIES_MAX: u8 = 60;
/// Neither answer ever becomes free, or the other could not be told.
const LEAST: u32 = 32;
/// How far a chance moves after so many tries, of 65,536: 1 / (tries + 1.6).
const RATES: [u32; TRIES_MAX as usize + 1] = rates();

const fn rates() -> [u32; TRIES_MAX as usize + 1] {
    let mut rates = [0; TRIES_MAX as usize + 1];
    let mut tries = 0;
    while tries < rates.len() {
        rates[tries] = (CERTAIN * 10) / (tries as u32 * 10 + 16);
        tries += 1;
    }
    rates
}

impl Chance {
    pub(super) const EVEN: Self = Self {
        yes: (CERTAIN / 2) as u16,
        tries: 0,
    };

    /// A chance that starts at so many of 65,536.
    pub(super) const fn starting(yes: u16) -> Self {
        Self { yes, tries: 2 }
    }

    fn learn(&mut self, answer: bool) {
        let rate = RATES.get(usize::from(self.tries)).copied().unwrap_or(0);
        let yes = u32::from(self.yes);
        let moved = if answer {
            yes + (((CERTAIN - yes) as u64 * u64::from(rate)) >> 16) as u32
        } else {
            yes - ((u64::from(yes) * u64::from(rate)) >> 16) as u32
        };
        self.yes = moved.clamp(LEAST, CERTAIN - LEAST) as u16;
        self.tries = (self.tries + 1).min(TRIES_MAX);
    }

    /// Where the range from `low` to `high` is cut; yes lies below.
    fn cut(self, low: u32, high: u32) -> u32 {
        let width = u64::from(high - low);
        low + ((width * u64::from(self.yes)) >> 16) as u32
    }
}

/// Whether the first byte of both is the same, so that it is settled.
const fn settled(low: u32, high: u32) -> bool {
    (low ^ high) >> 24 == 0
}

/// Writes answers.
pub(super) struct BitWriter {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl BitWriter {
    pub(super) const fn new() -> Self {
        Self {
            low: 0,
            high: u32::MAX,
            bytes: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, answer: bool, chance: &mut Chance) {
        let cut = chance.cut(self.low, self.high);
        chance.learn(answer);
        if answer {
            self.high = cut;
        } else {
            self.low = cut + 1;
        }
        while settled(self.low, self.high) {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
        }
    }

    /// One more byte settles the rest: the reader goes on with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        // The first bytes differ, so one more than the lower lies inside.
        self.bytes.push((self.low >> 24) as u8 + 1);
        self.bytes
    }
}

/// Reads answers.
pub(super) struct BitReader<'a> {
    low: u32,
    high: u32,
    value: u32,
    rest: std::slice::Iter<'a, u8>,
    /// How many bytes were made up behind the end.
    invented: usize,
}

/// How many bytes the reader is ahead of what is settled, without the one that settles the end.
const AHEAD: usize = 3;

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self {
            low: 0,
            high: u32::MAX,
            value: 0,
            rest: bytes.iter(),
            invented: 0,
        };
        for _ in 0..size_of::<u32>() {
            reader.value = reader.value << 8 | reader.byte();
        }
        reader
    }

    fn byte(&mut self) -> u32 {
        match self.rest.next() {
            Some(byte) => u32::from(*byte),
            None => {
                self.invented += 1;
                0
            }
        }
    }

    pub(super) fn read(&mut self, chance: &mut Chance) -> Result<bool, ColumnsError> {
        if self.invented > AHEAD {
            return Err(ColumnsError::Truncated);
        }
        let cut = chance.cut(self.low, self.high);
        let answer = self.value <= cut;
        chance.learn(answer);
        if answer {
            self.high = cut;
        } else {
            self.low = cut + 1;
        }
        while settled(self.low, self.high) {
            self.low <<= 8;
            self.high = self.high << 8 | 0xff;
            self.value = self.value << 8 | self.byte();
        }
        Ok(answer)
    }

    /// The bytes must be used up, to the one.
    pub(super) fn finish(self) -> Result<(), ColumnsError> {
        match self.invented {
            AHEAD => Ok(()),
            0..AHEAD => Err(ColumnsError::Unused),
            _ => Err(ColumnsError::Truncated),
        }
    }
}
