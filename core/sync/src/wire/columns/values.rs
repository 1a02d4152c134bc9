//! The columns of values: their types and lengths, and their bytes. Texts go to one stream, CBOR is taken apart.

use xunge_documents::change_parts::leb128::{
    Reader, signed_length, unsigned_length, write_signed, write_unsigned,
};

use super::streams::{Stream, StreamsReader, StreamsWriter};
use super::tables::{Budget, Place, Tables};
use super::{ColumnsError, cbor};

const TYPE_BITS: u32 = 4;
const TYPE_MASK: u64 = 0x0f;
const TYPE_TEXT: u64 = 6;
const TYPE_BYTES: u64 = 7;
/// The highest type Automerge writes; the numbers behind it are ours.
const TYPE_HIGHEST: u64 = 9;
/// In place of a type and length: a text seen before.
const SEEN_TEXT: u64 = 10;
/// One item of CBOR, whose length is seen from itself.
const CBOR: u64 = 11;
/// A text whose length stands with the other lengths.
const FRESH_TEXT: u64 = 12;
/// Texts up to here are characters of a description: not worth a length apart.
const CHARACTER_BYTES_MAX: u64 = 4;

/// Some values of one type and length.
#[derive(Clone, Copy)]
struct Run {
    count: u64,
    kind: u64,
    length: u64,
}

impl Run {
    fn of(count: u64, meta: u64) -> Result<Self, ColumnsError> {
        let run = Self {
            count,
            kind: meta & TYPE_MASK,
            length: meta >> TYPE_BITS,
        };
        if run.kind > TYPE_HIGHEST {
            return Err(ColumnsError::Meaning);
        }
        Ok(run)
    }

    fn meta(self) -> u64 {
        self.length << TYPE_BITS | self.kind
    }

    fn bytes(self) -> Result<u64, ColumnsError> {
        self.count
            .checked_mul(self.length)
            .ok_or(ColumnsError::TooLarge)
    }

    const fn stream(self) -> Stream {
        if self.kind == TYPE_TEXT {
            Stream::Text
        } else {
            Stream::Rare
        }
    }
}

/// How many values share a meta, and how many metas follow a header. A column of metas has no nulls.
fn shape(header: i64) -> Result<(u64, u64), ColumnsError> {
    match header {
        0 => Err(ColumnsError::Meaning),
        1.. => Ok((header.unsigned_abs(), 1)),
        _ => Ok((1, header.unsigned_abs())),
    }
}

/// How many segments the column of metas has; an error when the two columns are no such pair.
pub(super) fn count_segments(metas: &[u8], values: &[u8]) -> Result<u64, ColumnsError> {
    let (mut metas, mut values) = (Reader::new(metas), Reader::new(values));
    let mut segments = 0;
    while !metas.is_empty() {
        let (count, runs) = shape(metas.signed()?)?;
        for _ in 0..runs {
            let run = Run::of(count, metas.unsigned()?)?;
            let bytes = values.take(run.bytes()?)?;
            if run.kind == TYPE_TEXT && std::str::from_utf8(bytes).is_err() {
                return Err(ColumnsError::Meaning);
            }
        }
        segments += 1;
    }
    if values.is_empty() {
        Ok(segments)
    } else {
        Err(ColumnsError::Unused)
    }
}

/// Writes a pair of columns that [`count_segments`] took.
pub(super) fn write(
    metas: &[u8],
    values: &[u8],
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &mut Place<'_>,
) -> Result<(), ColumnsError> {
    out.number(Stream::Metas, count_segments(metas, values)?);
    let (mut metas, mut values) = (Reader::new(metas), Reader::new(values));
    while !metas.is_empty() {
        let header = metas.signed()?;
        write_signed(out.of(Stream::Metas), header);
        let (count, runs) = shape(header)?;
        for _ in 0..runs {
            let run = Run::of(count, metas.unsigned()?)?;
            let bytes = values.take(run.bytes()?)?;
            write_run(run, bytes, out, tables, place)?;
        }
    }
    Ok(())
}

fn write_run(
    run: Run,
    bytes: &[u8],
    out: &mut StreamsWriter,
    tables: &mut Tables,
    place: &mut Place<'_>,
) -> Result<(), ColumnsError> {
    if run.kind == TYPE_TEXT && run.count == 1 && run.length > CHARACTER_BYTES_MAX {
        if let Some(seen) = tables.texts.find(bytes) {
            out.number(Stream::Metas, SEEN_TEXT);
            out.number(Stream::References, seen);
        } else {
            out.number(Stream::Metas, FRESH_TEXT);
            out.number(Stream::Lengths, run.length);
            out.of(Stream::Text).extend_from_slice(bytes);
            tables.texts.note(bytes);
        }
        return Ok(());
    }
    let length = usize::try_from(run.length).map_err(|_| ColumnsError::TooLarge)?;
    if run.kind == TYPE_BYTES && length > 0 && bytes.chunks(length).all(cbor::is_one_item) {
        out.number(Stream::Metas, CBOR);
        return bytes
            .chunks(length)
            .try_for_each(|item| cbor::write(item, out, tables, place));
    }
    out.number(Stream::Metas, run.meta());
    out.of(run.stream()).extend_from_slice(bytes);
    Ok(())
}

/// Reads what [`write`] wrote: the column of metas and that of values.
pub(super) fn read(
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
    place: &mut Place<'_>,
    budget: &mut Budget,
) -> Result<(Vec<u8>, Vec<u8>), ColumnsError> {
    let (mut metas, mut values) = (Vec::new(), Vec::new());
    for _ in 0..streams.number(Stream::Metas)? {
        let header = streams.of(Stream::Metas).signed()?;
        budget.spend(signed_length(header))?;
        write_signed(&mut metas, header);
        let (count, runs) = shape(header)?;
        for _ in 0..runs {
            let run = read_run(count, &mut values, streams, tables, place, budget)?;
            budget.spend(unsigned_length(run.meta()))?;
            write_unsigned(&mut metas, run.meta());
        }
    }
    Ok((metas, values))
}

fn read_run(
    count: u64,
    values: &mut Vec<u8>,
    streams: &mut StreamsReader<'_>,
    tables: &mut Tables,
    place: &mut Place<'_>,
    budget: &mut Budget,
) -> Result<Run, ColumnsError> {
    let code = streams.number(Stream::Metas)?;
    let before = values.len();
    let kind = match code {
        SEEN_TEXT => {
            let seen = streams.number(Stream::References)?;
            budget.append(values, tables.texts.get(seen)?)?;
            TYPE_TEXT
        }
        FRESH_TEXT => {
            let text = streams.measured(Stream::Text)?;
            tables.texts.note(text);
            budget.append(values, text)?;
            TYPE_TEXT
        }
        CBOR => {
            let mut length = None;
            for _ in 0..count {
                let start = values.len();
                cbor::read(values, streams, tables, place, budget)?;
                // One meta stands for all of them.
                if *length.get_or_insert(values.len() - start) != values.len() - start {
                    return Err(ColumnsError::Meaning);
                }
            }
            return Run::of(
                count,
                (length.unwrap_or(0) as u64) << TYPE_BITS | TYPE_BYTES,
            );
        }
        meta => {
            let run = Run::of(count, meta)?;
            budget.append(values, streams.of(run.stream()).take(run.bytes()?)?)?;
            return Ok(run);
        }
    };
    if count != 1 {
        return Err(ColumnsError::Meaning);
    }
    Run::of(count, ((values.len() - before) as u64) << TYPE_BITS | kind)
}
