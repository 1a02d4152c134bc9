//! The column of keys. Nearly every key is an intent id: twelve of its twenty characters name the installation, four
//! count, four are random, and only the last are news.

use data_encoding::BASE64URL_NOPAD;
use xunge_documents::change_parts::leb128::{
    Reader, signed_length, unsigned_length, write_signed, write_unsigned,
};

use super::ColumnsError;
use super::streams::{Stream, StreamsReader, StreamsWriter};
use super::tables::{Budget, Place, Tables};

const INTENT_CHARACTERS: u64 = 20;
const INTENT_BYTES: usize = 15;
const PREFIX_BYTES: usize = 9;
/// An intent id that was not seen in the document yet.
const FRESH_INTENT: u64 = 0;
/// One that was.
const SEEN_INTENT: u64 = 1;
/// Other texts: their length plus this.
const TEXT: u64 = 2;

/// A part of a run-length encoded column.
enum Segment {
    Nulls(u64),
    Values(u64),
}

fn segment(reader: &mut Reader<'_>) -> Result<(i64, Segment), ColumnsError> {
    let header = reader.signed()?;
    let segment = match header {
        0 => Segment::Nulls(reader.unsigned()?),
        1.. => Segment::Values(1),
        _ => Segment::Values(header.unsigned_abs()),
    };
    Ok((header, segment))
}

/// How many segments the column has; an error when it is no such column.
pub(super) fn count_segments(column: &[u8]) -> Result<u64, ColumnsError> {
    let mut reader = Reader::new(column);
    let mut segments = 0;
    while !reader.is_empty() {
        if let (_, Segment::Values(values)) = segment(&mut reader)? {
            for _ in 0..values {
                let length = reader.unsigned()?;
                reader.take(length)?;
            }
        }
        segments += 1;
    }
    Ok(segments)
}

/// Writes a column that [`count_segments`] took.
pub(super) fn write(
    column: &[u8],
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &mut Place<'_>,
) -> Result<(), ColumnsError> {
    out.number(Stream::Keys, count_segments(column)?);
    let mut reader = Reader::new(column);
    while !reader.is_empty() {
        let (header, segment) = segment(&mut reader)?;
        write_signed(out.of(Stream::Keys), header);
        match segment {
            Segment::Nulls(count) => out.number(Stream::Keys, count),
            Segment::Values(values) => {
                for _ in 0..values {
                    let length = reader.unsigned()?;
                    write_key(reader.take(length)?, out, tables, place);
                }
            }
        }
    }
    Ok(())
}

fn write_key(key: &[u8], out: &mut StreamsWriter, tables: &mut Tables, place: &mut Place<'_>) {
    let Some(intent) = intent_of(key) else {
        out.number(Stream::Keys, key.len() as u64 + TEXT);
        out.of(Stream::Keys).extend_from_slice(key);
        return;
    };
    if let Some(distance) = place.distance(&intent) {
        out.number(Stream::Keys, SEEN_INTENT);
        out.number(Stream::References, distance);
        return;
    }
    out.number(Stream::Keys, FRESH_INTENT);
    let (prefix, rest) = intent.split_at(PREFIX_BYTES);
    let (counter, nonce) = rest.split_at(3);
    match tables.prefixes.find(prefix) {
        Some(known) => out.number(Stream::Intents, known + 1),
        None => {
            out.number(Stream::Intents, 0);
            out.of(Stream::Intents).extend_from_slice(prefix);
            tables.prefixes.note(prefix);
        }
    }
    out.of(Stream::Intents).extend_from_slice(counter);
    out.of(Stream::Nonces).extend_from_slice(nonce);
    place.note_intent(intent);
}

fn intent_of(key: &[u8]) -> Option<[u8; INTENT_BYTES]> {
    if key.len() as u64 != INTENT_CHARACTERS {
        return None;
    }
    BASE64URL_NOPAD.decode(key).ok()?.try_into().ok()
}

/// Reads what [`write`] wrote.
pub(super) fn read(
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
    place: &mut Place<'_>,
    budget: &mut Budget,
) -> Result<Vec<u8>, ColumnsError> {
    let mut column = Vec::new();
    for _ in 0..streams.number(Stream::Keys)? {
        let (header, segment) = segment(streams.of(Stream::Keys))?;
        budget.spend(signed_length(header))?;
        write_signed(&mut column, header);
        match segment {
            Segment::Nulls(count) => {
                budget.spend(unsigned_length(count))?;
                write_unsigned(&mut column, count);
            }
            Segment::Values(values) => {
                for _ in 0..values {
                    read_key(&mut column, streams, tables, place, budget)?;
                }
            }
        }
    }
    Ok(column)
}

fn read_key(
    column: &mut Vec<u8>,
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
    place: &mut Place<'_>,
    budget: &mut Budget,
) -> Result<(), ColumnsError> {
    let code = streams.number(Stream::Keys)?;
    let intent = match code {
        FRESH_INTENT => {
            let intent = read_intent(streams, tables)?;
            place.note_intent(intent);
            intent
        }
        SEEN_INTENT => place.seen(streams.number(Stream::References)?)?,
        _ => {
            let text = streams.of(Stream::Keys).take(code - TEXT)?;
            let length = text.len() as u64;
            budget.spend(unsigned_length(length))?;
            write_unsigned(column, length);
            return budget.append(column, text);
        }
    };
    budget.spend(unsigned_length(INTENT_CHARACTERS))?;
    write_unsigned(column, INTENT_CHARACTERS);
    budget.append(column, BASE64URL_NOPAD.encode(&intent).as_bytes())
}

fn read_intent(
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
) -> Result<[u8; INTENT_BYTES], ColumnsError> {
    let mut intent = Vec::with_capacity(INTENT_BYTES);
    match streams.number(Stream::Intents)?.checked_sub(1) {
        Some(known) => intent.extend_from_slice(tables.prefixes.get(known)?),
        None => {
            let prefix = streams.of(Stream::Intents).take(PREFIX_BYTES as u64)?;
            tables.prefixes.note(prefix);
            intent.extend_from_slice(prefix);
        }
    }
    intent.extend_from_slice(streams.of(Stream::Intents).take(3)?);
    intent.extend_from_slice(streams.of(Stream::Nonces).take(3)?);
    intent.try_into().map_err(|_| ColumnsError::Meaning)
}
