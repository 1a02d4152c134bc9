//! The values of entries: one item of deterministic CBOR each. Its shape repeats from entry to entry; what it holds
//! goes to streams of its own, and random bytes go around the compressor.
//!
//! The shape is a row of CBOR's own initial bytes, with other codes in place of strings (where CBOR would have their
//! lengths) and of times (where CBOR has reserved numbers).

use xunge_documents::change_parts::leb128::{Reader, write_signed};

use super::ColumnsError;
use super::streams::{Stream, StreamsReader, StreamsWriter};
use super::tables::{Budget, Place, Tables};

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

/// Writes an item that [`is_one_item`] took.
pub(super) fn write(
    item: &[u8],
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &Place<'_>,
) -> Result<(), ColumnsError> {
    write_item(&mut Reader::new(item), 0, out, tables, place)
}

fn write_item(
    reader: &mut Reader<'_>,
    depth: usize,
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &Place<'_>,
) -> Result<(), ColumnsError> {
    let head = Head::read(reader)?;
    match head.major() {
        MAJOR_BYTES => return write_bytes(reader.take(head.argument)?, depth, out, tables, place),
        MAJOR_TEXT => write_text(reader.take(head.argument)?, out, tables),
        _ => write_number(&head, out, place),
    }
    for _ in 0..children(head.initial, head.argument)? {
        write_item(reader, depth + 1, out, tables, place)?;
    }
    Ok(())
}

fn write_number(head: &Head<'_>, out: &mut StreamsWriter, place: &Place<'_>) {
    if head.initial == EIGHT_BYTES {
        let delta = (head.argument as i64).wrapping_sub(place.time);
        if delta == 0 {
            out.to(Stream::Shapes).push(TIME);
            return;
        }
        if delta.unsigned_abs() <= DELTA_MAX {
            out.to(Stream::Shapes).push(NEAR_TIME);
            write_signed(out.to(Stream::Deltas), delta);
            return;
        }
    }
    out.to(Stream::Shapes).push(head.initial);
    let (high, low) = head
        .argument_bytes
        .split_at(high_bytes(head.argument_bytes.len()));
    out.to(Stream::High).extend_from_slice(high);
    out.to(Stream::Low).extend_from_slice(low);
}

/// How many of a number's bytes are likely to be those of its neighbours.
const fn high_bytes(bytes: usize) -> usize {
    match bytes {
        0 | 1 => 0,
        2 => 1,
        _ => bytes - 2,
    }
}

fn write_text(text: &[u8], out: &mut StreamsWriter, tables: &mut Tables) {
    if let Some(seen) = tables.texts.find(text) {
        out.to(Stream::Shapes).push(SEEN_TEXT);
        out.number(Stream::References, seen);
        return;
    }
    out.to(Stream::Shapes).push(TEXT);
    out.number(Stream::Lengths, text.len() as u64);
    out.to(Stream::Text).extend_from_slice(text);
    tables.texts.note(text);
}

fn write_bytes(
    bytes: &[u8],
    depth: usize,
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &Place<'_>,
) -> Result<(), ColumnsError> {
    let mut shape = |code| out.to(Stream::Shapes).push(code);
    if bytes == place.document {
        shape(OWN_DOCUMENT);
    } else if let Some(distance) = place.distance(bytes) {
        shape(SEEN_INTENT);
        out.number(Stream::References, distance);
    } else if bytes.len() == DIGEST_BYTES {
        // A digest that comes twice comes twice in a row: an entry, and the record under its seal.
        if let Some(seen) = tables.digests.find(bytes) {
            shape(SEEN_DIGEST);
            out.number(Stream::References, tables.digests.len() - seen);
        } else {
            shape(DIGEST);
            out.to(Stream::Digests).extend_from_slice(bytes);
            tables.digests.note(bytes);
        }
    } else if bytes.len() == SIGNATURE_BYTES {
        shape(SIGNATURE);
        out.to(Stream::Signatures).extend_from_slice(bytes);
    } else if let Some(seen) = tables.bytes.find(bytes) {
        shape(SEEN_BYTES);
        out.number(Stream::References, seen);
    } else if bytes.len() >= NESTED_BYTES_MIN && is_one_item_at(bytes, depth + 1) {
        shape(NESTED);
        write_item(&mut Reader::new(bytes), depth + 1, out, tables, place)?;
    } else {
        shape(BYTES);
        out.number(Stream::Lengths, bytes.len() as u64);
        out.to(Stream::Rare).extend_from_slice(bytes);
        tables.bytes.note(bytes);
    }
    Ok(())
}

/// Appends the item that [`write`] wrote.
pub(super) fn read(
    out: &mut Vec<u8>,
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
    place: &Place<'_>,
    budget: &mut Budget,
) -> Result<(), ColumnsError> {
    let mut reading = Reading {
        streams,
        tables,
        place,
        budget,
    };
    reading.item(out, 0)
}

struct Reading<'a, 'bytes, 'place> {
    streams: &'a mut StreamsReader<'bytes>,
    tables: &'a mut Tables,
    place: &'a Place<'place>,
    budget: &'a mut Budget,
}

impl Reading<'_, '_, '_> {
    fn item(&mut self, out: &mut Vec<u8>, depth: usize) -> Result<(), ColumnsError> {
        if depth >= DEPTH_MAX {
            return Err(ColumnsError::Meaning);
        }
        let code = self.streams.from(Stream::Shapes).byte()?;
        match code {
            TIME => self.time(out, 0),
            NEAR_TIME => {
                let delta = self.streams.from(Stream::Deltas).signed()?;
                self.time(out, delta)
            }
            0x40..=0x5f => self.bytes(code, out, depth),
            0x60..=0x7f => self.text(code, out),
            _ => {
                for _ in 0..self.number(code, out)? {
                    self.item(out, depth + 1)?;
                }
                Ok(())
            }
        }
    }

    fn time(&mut self, out: &mut Vec<u8>, delta: i64) -> Result<(), ColumnsError> {
        self.budget.append(out, &[EIGHT_BYTES])?;
        let time = self.place.time.wrapping_add(delta);
        self.budget.append(out, &time.to_be_bytes())
    }

    /// Returns how many items follow inside.
    fn number(&mut self, initial: u8, out: &mut Vec<u8>) -> Result<u64, ColumnsError> {
        let bytes = argument_bytes(initial)?;
        let high = high_bytes(bytes as usize) as u64;
        self.budget.append(out, &[initial])?;
        let start = out.len();
        self.budget
            .append(out, self.streams.from(Stream::High).take(high)?)?;
        self.budget
            .append(out, self.streams.from(Stream::Low).take(bytes - high)?)?;
        children(
            initial,
            argument(initial, out.get(start..).unwrap_or_default()),
        )
    }

    fn text(&mut self, code: u8, out: &mut Vec<u8>) -> Result<(), ColumnsError> {
        match code {
            TEXT => {
                let text = self.streams.measured(Stream::Text)?;
                self.tables.texts.note(text);
                string(out, MAJOR_TEXT, text, self.budget)
            }
            SEEN_TEXT => {
                let seen = self.streams.number(Stream::References)?;
                string(out, MAJOR_TEXT, self.tables.texts.get(seen)?, self.budget)
            }
            _ => Err(ColumnsError::Meaning),
        }
    }

    fn bytes(&mut self, code: u8, out: &mut Vec<u8>, depth: usize) -> Result<(), ColumnsError> {
        let budget = &mut *self.budget;
        match code {
            BYTES => {
                let bytes = {
                    let length = self.streams.number(Stream::Lengths)?;
                    self.streams.from(Stream::Rare).take(length)?
                };
                self.tables.bytes.note(bytes);
                string(out, MAJOR_BYTES, bytes, budget)
            }
            DIGEST => {
                let digest = self
                    .streams
                    .from(Stream::Digests)
                    .take(DIGEST_BYTES as u64)?;
                self.tables.digests.note(digest);
                string(out, MAJOR_BYTES, digest, budget)
            }
            SEEN_DIGEST => {
                let distance = self.streams.number(Stream::References)?;
                let seen = self.tables.digests.len().checked_sub(distance);
                let digest = self
                    .tables
                    .digests
                    .get(seen.ok_or(ColumnsError::Meaning)?)?;
                string(out, MAJOR_BYTES, digest, budget)
            }
            SIGNATURE => {
                let length = SIGNATURE_BYTES as u64;
                let signature = self.streams.from(Stream::Signatures).take(length)?;
                string(out, MAJOR_BYTES, signature, budget)
            }
            OWN_DOCUMENT => string(out, MAJOR_BYTES, self.place.document, budget),
            SEEN_INTENT => {
                let distance = self.streams.number(Stream::References)?;
                string(out, MAJOR_BYTES, &self.place.seen(distance)?, budget)
            }
            SEEN_BYTES => {
                let seen = self.streams.number(Stream::References)?;
                string(out, MAJOR_BYTES, self.tables.bytes.get(seen)?, budget)
            }
            NESTED => {
                let mut nested = Vec::new();
                self.item(&mut nested, depth + 1)?;
                // Its bytes are paid for.
                write_string_head(out, MAJOR_BYTES, nested.len());
                out.extend_from_slice(&nested);
                Ok(())
            }
            _ => Err(ColumnsError::Meaning),
        }
    }
}

fn string(
    out: &mut Vec<u8>,
    major: u8,
    bytes: &[u8],
    budget: &mut Budget,
) -> Result<(), ColumnsError> {
    write_string_head(out, major, bytes.len());
    budget.append(out, bytes)
}
