//! What is known of a text so far, and so what is likely to come.

use super::bits::{BitReader, BitWriter, Chance};
use crate::wire::columns::ColumnsError;

/// Places for what followed a pair of characters.
const PAIRS: usize = 1 << 13;
/// Places for what followed one character.
const SINGLES: usize = 1 << 12;
/// How sure one can be of a follower.
const TRUST_MAX: u8 = 7;
/// Stands for an upper byte of its own, which is rare, and for all that are larger than a byte.
const ESCAPE: u32 = 0xfe;
/// Bits of an upper part behind [`ESCAPE`].
const ESCAPED_BITS: u32 = 13;
const BYTE_BITS: u32 = 8;
const TREE: usize = 1 << BYTE_BITS;
/// Kinds of character: ASCII, common Chinese, everything else.
const KINDS: usize = 3;

/// What followed last, and how often in a row; no trust is no follower.
#[derive(Clone, Copy)]
struct Follower {
    character: char,
    trust: u8,
}

const NOBODY: Follower = Follower {
    character: '\0',
    trust: 0,
};

impl Follower {
    fn learn(&mut self, character: char) {
        if self.trust == 0 {
            *self = Self {
                character,
                trust: 1,
            };
        } else if self.character == character {
            self.trust = (self.trust + 1).min(TRUST_MAX);
        } else if self.trust == 1 {
            self.character = character;
        } else {
            self.trust /= 2;
        }
    }
}

/// Asks or answers: the model is the same on both sides.
trait Bits {
    /// The answer; a writer is told it, a reader finds it.
    fn bit(&mut self, answer: bool, chance: &mut Chance) -> Result<bool, ColumnsError>;
}

impl Bits for BitWriter {
    fn bit(&mut self, answer: bool, chance: &mut Chance) -> Result<bool, ColumnsError> {
        self.write(answer, chance);
        Ok(answer)
    }
}

impl Bits for BitReader<'_> {
    fn bit(&mut self, _: bool, chance: &mut Chance) -> Result<bool, ColumnsError> {
        self.read(chance)
    }
}

/// A number bit by bit, each bit under those before it.
fn number(
    bits: &mut impl Bits,
    tree: &mut Vec<Chance>,
    width: u32,
    told: u32,
) -> Result<u32, ColumnsError> {
    if tree.is_empty() {
        tree.resize(1 << width, Chance::EVEN);
    }
    let mut node = 1_usize;
    for place in (0..width).rev() {
        let mut unused = Chance::EVEN;
        let chance = tree.get_mut(node).unwrap_or(&mut unused);
        let bit = bits.bit(told >> place & 1 == 1, chance)?;
        node = node << 1 | usize::from(bit);
    }
    Ok((node - (1 << width)) as u32)
}

/// A text so far.
pub(super) struct Model {
    pairs: Vec<Follower>,
    singles: Vec<Follower>,
    /// Whether the follower of a pair comes, by how sure that is.
    pair_holds: [Chance; TRUST_MAX as usize + 1],
    /// Whether the follower of one character comes, by how sure that is and whether another was expected.
    single_holds: [[Chance; TRUST_MAX as usize + 1]; 2],
    upper: [Vec<Chance>; KINDS],
    escaped: Vec<Chance>,
    lower: Vec<Vec<Chance>>,
    last: char,
    before: char,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            pairs: vec![NOBODY; PAIRS],
            singles: vec![NOBODY; SINGLES],
            pair_holds: [Chance::starting(0xc000); TRUST_MAX as usize + 1],
            single_holds: [[Chance::starting(0x4000); TRUST_MAX as usize + 1]; 2],
            upper: std::array::from_fn(|_| Vec::new()),
            escaped: Vec::new(),
            lower: vec![Vec::new(); TREE],
            last: '\0',
            before: '\0',
        }
    }

    pub(super) fn write(&mut self, character: char, out: &mut BitWriter) {
        // A writer is told every answer, so nothing can be wrong with it.
        let _ = self.step(character, out);
    }

    pub(super) fn read(&mut self, input: &mut BitReader<'_>) -> Result<char, ColumnsError> {
        self.step('\0', input)
    }

    /// One character; `told` is what a writer writes.
    fn step(&mut self, told: char, bits: &mut impl Bits) -> Result<char, ColumnsError> {
        let (pair, single) = (self.pair_place(), self.single_place());
        let character = match self.guess(told, bits, pair, single)? {
            Some(guessed) => guessed,
            None => self.spell(told, bits)?,
        };
        let followers = [self.pairs.get_mut(pair), self.singles.get_mut(single)];
        for follower in followers.into_iter().flatten() {
            follower.learn(character);
        }
        self.before = self.last;
        self.last = character;
        Ok(character)
    }

    fn guess(
        &mut self,
        told: char,
        bits: &mut impl Bits,
        pair: usize,
        single: usize,
    ) -> Result<Option<char>, ColumnsError> {
        let of_pair = self.pairs.get(pair).copied().unwrap_or(NOBODY);
        let of_single = self.singles.get(single).copied().unwrap_or(NOBODY);
        if of_pair.trust > 0 {
            if let Some(chance) = self.pair_holds.get_mut(usize::from(of_pair.trust))
                && bits.bit(told == of_pair.character, chance)?
            {
                return Ok(Some(of_pair.character));
            }
            if of_single.character == of_pair.character {
                return Ok(None);
            }
        }
        let [without, with] = &mut self.single_holds;
        let chances = if of_pair.trust > 0 { with } else { without };
        if of_single.trust > 0
            && let Some(chance) = chances.get_mut(usize::from(of_single.trust))
            && bits.bit(told == of_single.character, chance)?
        {
            return Ok(Some(of_single.character));
        }
        Ok(None)
    }

    fn spell(&mut self, told: char, bits: &mut impl Bits) -> Result<char, ColumnsError> {
        let told = told as u32;
        let told_upper = told >> BYTE_BITS;
        let plain = if told_upper > 0xff {
            ESCAPE
        } else {
            told_upper
        };
        let mut unused = Vec::new();
        let [ascii, chinese, other] = &mut self.upper;
        let tree = match u32::from(self.last) {
            0..0x80 => ascii,
            0x4e00..0xa000 => chinese,
            _ => other,
        };
        let mut upper = number(bits, tree, BYTE_BITS, plain)?;
        if upper == ESCAPE {
            upper = number(bits, &mut self.escaped, ESCAPED_BITS, told_upper)?;
        }
        // Upper parts larger than a byte share the tree of the escape.
        let place = upper.min(ESCAPE + 1) as usize;
        let tree = self.lower.get_mut(place).unwrap_or(&mut unused);
        let lower = number(bits, tree, BYTE_BITS, told & 0xff)?;
        char::from_u32(upper << BYTE_BITS | lower).ok_or(ColumnsError::Meaning)
    }

    fn single_place(&self) -> usize {
        mix(u32::from(self.last)) as usize % SINGLES
    }

    fn pair_place(&self) -> usize {
        let before = mix(u32::from(self.before)).rotate_left(15);
        mix(before ^ u32::from(self.last)) as usize % PAIRS
    }
}

/// Spreads a number over all its bits.
const fn mix(number: u32) -> u32 {
    let mixed = number.wrapping_mul(0x9e37_79b1);
    mixed ^ mixed >> 15
}
