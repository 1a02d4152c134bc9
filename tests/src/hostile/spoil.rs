//! Ways to spoil bytes that need no knowledge of what they mean.

use xunge_documents::change_parts::leb128::{write_signed, write_unsigned};

use crate::proxy::SplitMix;

/// Bytes that mean something in one of our encodings: ends of ranges, continued numbers, CBOR heads of all kinds.
const TELLING: [u8; 16] = [
    0x00, 0x01, 0x7f, 0x80, 0xff, 0xfe, 0x18, 0x1b, 0x3b, 0x5b, 0x5f, 0x7b, 0x9b, 0x9f, 0xbb, 0xd8,
];
/// Longest block that is repeated or taken from another sample.
const BLOCK_BYTES_MAX: u64 = 64;
const REPEATS_MAX: u64 = 40;
/// Larger inputs than any limit of ours are made by hand, as bombs.
const SPOILED_BYTES_MAX: usize = 300 * 1024;

/// A place in `length` things; 0 when there is none.
pub(super) fn place(random: &mut SplitMix, length: usize) -> usize {
    random.below(length as u64) as usize
}

/// One of them.
pub(super) fn pick<'a, Item>(random: &mut SplitMix, items: &'a [Item]) -> Option<&'a Item> {
    items.get(place(random, items.len()))
}

/// A number of any size, small ones as likely as large ones.
pub(super) fn number(random: &mut SplitMix) -> u64 {
    let shift = random.below(64);
    random.next_u64() >> shift
}

/// Spoils `bytes` in one to four ways; `other` lends blocks.
pub(super) fn spoil(bytes: &mut Vec<u8>, other: &[u8], random: &mut SplitMix) {
    for _ in 0..=random.below(4) {
        spoil_once(bytes, other, random);
    }
    bytes.truncate(SPOILED_BYTES_MAX);
}

fn spoil_once(bytes: &mut Vec<u8>, other: &[u8], random: &mut SplitMix) {
    let at = place(random, bytes.len());
    let block = 1 + random.below(BLOCK_BYTES_MAX) as usize;
    match random.below(12) {
        0 => bytes.truncate(at),
        1 => bytes.insert(at, random.next_u64() as u8),
        2 if !bytes.is_empty() => {
            bytes.remove(at);
        }
        3 => {
            let end = (at + block).min(bytes.len());
            bytes.drain(at..end);
        }
        4 => {
            let from = place(random, other.len());
            let end = (from + block).min(other.len());
            let lent = other[from..end].to_vec();
            bytes.splice(at..at, lent);
        }
        5 => {
            let end = (at + block).min(bytes.len());
            let repeated = bytes[at..end].repeat(random.below(REPEATS_MAX) as usize);
            bytes.splice(at..at, repeated);
        }
        6 => lengthen(bytes, at, random),
        way => {
            let telling = TELLING[place(random, TELLING.len())];
            let drawn = random.next_u64();
            if let Some(byte) = bytes.get_mut(at) {
                *byte = match way {
                    7 => *byte ^ (1 << (drawn % 8)),
                    8 => byte.wrapping_add(1),
                    9 => byte.wrapping_sub(1),
                    10 => telling,
                    _ => drawn as u8,
                };
            }
        }
    }
}

/// Writes a number or a length as LEB128, as big endian or as a CBOR head over what is there.
fn lengthen(bytes: &mut Vec<u8>, at: usize, random: &mut SplitMix) {
    let value = number(random);
    let written = match random.below(4) {
        0 => leb128(value),
        1 => (value as u32).to_be_bytes().to_vec(),
        2 => (value as u16).to_be_bytes().to_vec(),
        _ => cbor_head(random.below(8) as u8, value),
    };
    let end = (at + written.len()).min(bytes.len());
    bytes.splice(at..end, written);
}

/// A number as changes write it.
pub(super) fn leb128(value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    write_unsigned(&mut out, value);
    out
}

/// A number with its sign as changes write it.
pub(super) fn signed_leb128(value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    write_signed(&mut out, value);
    out
}

/// The head of a CBOR item: its kind and its number or length.
pub(super) fn cbor_head(kind: u8, value: u64) -> Vec<u8> {
    let mut out = vec![(kind << 5) | 27];
    out.extend_from_slice(&value.to_be_bytes());
    out
}
