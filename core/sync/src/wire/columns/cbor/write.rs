//! Takes an item apart.

use xunge_documents::change_parts::leb128::{Reader, write_signed};

use super::{
    BYTES, DELTA_MAX, DIGEST, DIGEST_BYTES, EIGHT_BYTES, Head, MAJOR_BYTES, MAJOR_TEXT, NEAR_TIME,
    NESTED, NESTED_BYTES_MIN, OWN_DOCUMENT, SEEN_BYTES, SEEN_DIGEST, SEEN_INTENT, SEEN_TEXT,
    SIGNATURE, SIGNATURE_BYTES, TEXT, TIME, children, high_bytes, is_one_item_at,
};
use crate::wire::columns::ColumnsError;
use crate::wire::columns::streams::{Stream, StreamsWriter};
use crate::wire::columns::tables::{Place, Tables};

/// Writes an item that [`is_one_item`] took.
pub(in crate::wire::columns) fn write(
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
            out.of(Stream::Shapes).push(TIME);
            return;
        }
        if delta.unsigned_abs() <= DELTA_MAX {
            out.of(Stream::Shapes).push(NEAR_TIME);
            write_signed(out.of(Stream::Deltas), delta);
            return;
        }
    }
    out.of(Stream::Shapes).push(head.initial);
    let (high, low) = head
        .argument_bytes
        .split_at(high_bytes(head.argument_bytes.len()));
    out.of(Stream::High).extend_from_slice(high);
    out.of(Stream::Low).extend_from_slice(low);
}

fn write_text(text: &[u8], out: &mut StreamsWriter, tables: &mut Tables) {
    if let Some(seen) = tables.texts.find(text) {
        out.of(Stream::Shapes).push(SEEN_TEXT);
        out.number(Stream::References, seen);
        return;
    }
    out.of(Stream::Shapes).push(TEXT);
    out.number(Stream::Lengths, text.len() as u64);
    out.of(Stream::Text).extend_from_slice(text);
    tables.texts.note(text);
}

fn write_bytes(
    bytes: &[u8],
    depth: usize,
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &Place<'_>,
) -> Result<(), ColumnsError> {
    let mut shape = |code| out.of(Stream::Shapes).push(code);
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
            out.of(Stream::Digests).extend_from_slice(bytes);
            tables.digests.note(bytes);
        }
    } else if bytes.len() == SIGNATURE_BYTES {
        shape(SIGNATURE);
        out.of(Stream::Signatures).extend_from_slice(bytes);
    } else if let Some(seen) = tables.bytes.find(bytes) {
        shape(SEEN_BYTES);
        out.number(Stream::References, seen);
    } else if bytes.len() >= NESTED_BYTES_MIN && is_one_item_at(bytes, depth + 1) {
        shape(NESTED);
        write_item(&mut Reader::new(bytes), depth + 1, out, tables, place)?;
    } else {
        shape(BYTES);
        out.number(Stream::Lengths, bytes.len() as u64);
        out.of(Stream::Rare).extend_from_slice(bytes);
        tables.bytes.note(bytes);
    }
    Ok(())
}
