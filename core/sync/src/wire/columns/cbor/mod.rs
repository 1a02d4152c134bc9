//! The values of entries: one item of deterministic CBOR each. Its shape repeats from entry to entry; what it holds
//! goes to streams of its own, and random bytes go around the compressor.
//!
//! The shape is a row of CBOR's own initial bytes, with other codes in place of strings (where CBOR would have their
//! lengths) and of times (where CBOR has reserved numbers).

mod read;
mod write;

use xunge_documents::change_parts::leb128::Reader;

use super::ColumnsError;

pub(super) use read::read;
pub(super) use write::write;

/// How deep items may lie in one another.
const DEPTH_MAX: usize = 8;
const DIGEST_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;
/// Shorter byte strings are not looked into.
const NESTED_BYTES_MIN: usize = 41;
/// Times further than this from the change's travel as numbers.
const DELTA_MAX: u64 = 1 << 40;

/// A number of eight bytes that is the time of the change.
const TIME: u8 = 0x1c;
/// A number of eight bytes near the time of the change.
const NEAR_TIME: u8 = 0x1d;
const BYTES: u8 = 0x40;
const DIGEST: u8 = 0x41;
const SEEN_DIGEST: u8 = 0x42;
const SIGNATURE: u8 = 0x43;
/// A byte string that is an item of CBOR itself.
const NESTED: u8 = 0x44;
const OWN_DOCUMENT: u8 = 0x45;
const SEEN_INTENT: u8 = 0x46;
const SEEN_BYTES: u8 = 0x47;
const TEXT: u8 = 0x60;
const SEEN_TEXT: u8 = 0x61;

const MAJOR_BYTES: u8 = 2;
const MAJOR_TEXT: u8 = 3;
const EIGHT_BYTES: u8 = 27;

/// The head of an item.
struct Head<'a> {
    initial: u8,
    /// The bytes of the argument, where it has any of its own.
    argument_bytes: &'a [u8],
    argument: u64,
}

impl<'a> Head<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, ColumnsError> {
        let initial = reader.byte()?;
        let argument_bytes = reader.take(argument_bytes(initial)?)?;
        Ok(Self {
            initial,
            argument_bytes,
            argument: argument(initial, argument_bytes),
        })
    }

    const fn major(&self) -> u8 {
        self.initial >> 5
    }
}

const fn information(initial: u8) -> u8 {
    initial & 0x1f
}

fn argument_bytes(initial: u8) -> Result<u64, ColumnsError> {
    match information(initial) {
        0..=23 => Ok(0),
        24 => Ok(1),
        25 => Ok(2),
        26 => Ok(4),
        EIGHT_BYTES => Ok(8),
        _ => Err(ColumnsError::Meaning),
    }
}

fn argument(initial: u8, bytes: &[u8]) -> u64 {
    if bytes.is_empty() {
        return u64::from(information(initial));
    }
    bytes
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// How many items lie in this one.
fn children(initial: u8, argument: u64) -> Result<u64, ColumnsError> {
    match initial >> 5 {
        4 => Ok(argument),
        5 => argument.checked_mul(2).ok_or(ColumnsError::TooLarge),
        6 => Ok(1),
        _ => Ok(0),
    }
}

/// Appends the head of a string in its shortest form.
fn write_string_head(out: &mut Vec<u8>, major: u8, length: usize) {
    let initial = major << 5;
    match length {
        0..=23 => out.push(initial | length as u8),
        24..=0xff => out.extend([initial | 24, length as u8]),
        0x100..=0xffff => {
            out.push(initial | 25);
            out.extend((length as u16).to_be_bytes());
        }
        _ => {
            out.push(initial | 26);
            out.extend((length as u32).to_be_bytes());
        }
    }
}

/// Whether the bytes are exactly one item in a form that comes back as it was.
pub(super) fn is_one_item(bytes: &[u8]) -> bool {
    is_one_item_at(bytes, 0)
}

fn is_one_item_at(bytes: &[u8], depth: usize) -> bool {
    let mut reader = Reader::new(bytes);
    check(&mut reader, depth).is_ok() && reader.is_empty()
}

fn check(reader: &mut Reader<'_>, depth: usize) -> Result<(), ColumnsError> {
    if depth >= DEPTH_MAX {
        return Err(ColumnsError::Meaning);
    }
    let head = Head::read(reader)?;
    if matches!(head.major(), MAJOR_BYTES | MAJOR_TEXT) {
        let string = reader.take(head.argument)?;
        let mut shortest = Vec::with_capacity(5);
        write_string_head(&mut shortest, head.major(), string.len());
        let as_written = shortest.split_first() == Some((&head.initial, head.argument_bytes));
        let readable = head.major() == MAJOR_BYTES || std::str::from_utf8(string).is_ok();
        return if as_written && readable {
            Ok(())
        } else {
            Err(ColumnsError::Meaning)
        };
    }
    for _ in 0..children(head.initial, head.argument)? {
        check(reader, depth + 1)?;
    }
    Ok(())
}

/// How many of a number's bytes are likely to be those of its neighbours.
const fn high_bytes(bytes: usize) -> usize {
    match bytes {
        0 | 1 => 0,
        2 => 1,
        _ => bytes - 2,
    }
}
