//! One stream a field: what is alike lies together, which is what the compressor wants.

use xunge_documents::change_parts::ColumnSpec;
use xunge_documents::change_parts::leb128::{Reader, write_unsigned};

use super::{COLUMNS_BYTES_MAX, ColumnsError, text};

/// The streams, in the order of the wire. Everything up to [`Stream::PACKED`] is compressed; the rest is as good as
/// random, so it travels beside: the compressor would only make it longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Number of documents; of each its number of changes, its base and its time.
    Documents,
    /// What each change carries.
    Kinds,
    /// Who wrote it, and the other actors it lists.
    Actors,
    /// What it builds on.
    Dependencies,
    /// Difference to the expected sequence number.
    Sequences,
    /// Difference to the expected first operation.
    Starts,
    /// Difference to the time before.
    Times,
    /// Which columns it carries.
    Masks,
    /// Lengths of its plain columns.
    ColumnLengths,
    /// Shape of the column of keys.
    Keys,
    /// Prefixes and counters of intent ids.
    Intents,
    /// Shape of the column of value types.
    Metas,
    /// Shape of the CBOR in values.
    Shapes,
    /// Lengths of texts and byte strings.
    Lengths,
    /// What was there before.
    References,
    /// Times inside values, against the time of the change.
    Deltas,
    /// High bytes of numbers in CBOR.
    High,
    /// Low bytes of numbers in CBOR.
    Low,
    /// Whatever is rare: messages, extra bytes, raw changes, numbers, names of actors.
    Rare,
    /// Texts, compressed apart.
    Text,
    /// The first of the plain columns; the others follow.
    PlainColumns,
    /// Random bytes of document ids.
    DocumentTails,
    /// Checks of agreed heads, and digests of documents that build on them.
    Checks,
    /// Change hashes spelled out.
    Hashes,
    /// Installations and actors.
    Identities,
    /// Digests of photos.
    Digests,
    /// Signatures.
    Signatures,
    /// Random bytes of intent ids.
    Nonces,
}

/// The columns that travel as they are.
pub(super) const PLAIN_COLUMNS: [ColumnSpec; 11] = [
    ColumnSpec::OBJECT_ACTOR,
    ColumnSpec::OBJECT_COUNTER,
    ColumnSpec::KEY_ACTOR,
    ColumnSpec::KEY_COUNTER,
    ColumnSpec::INSERT,
    ColumnSpec::ACTION,
    ColumnSpec::PREDECESSOR_COUNT,
    ColumnSpec::PREDECESSOR_ACTOR,
    ColumnSpec::PREDECESSOR_COUNTER,
    ColumnSpec::MARK_EXPAND,
    ColumnSpec::MARK_NAME,
];

const PACKED: usize = Stream::PlainColumns as usize + PLAIN_COLUMNS.len();
const LOOSE: usize = Stream::Nonces as usize - Stream::PlainColumns as usize;
const STREAMS: usize = PACKED + LOOSE;

impl Stream {
    const fn place(self) -> usize {
        let place = self as usize;
        if place > Self::PlainColumns as usize {
            place + PLAIN_COLUMNS.len() - 1
        } else {
            place
        }
    }
}

/// Streams being written.
pub(super) struct StreamsWriter {
    streams: Vec<Vec<u8>>,
}

impl StreamsWriter {
    pub(super) fn new() -> Self {
        Self {
            streams: vec![Vec::new(); STREAMS],
        }
    }

    /// The stream, to append to.
    pub(super) fn of(&mut self, stream: Stream) -> &mut Vec<u8> {
        &mut self.streams[stream.place()]
    }

    /// The stream of the `index`-th plain column.
    pub(super) fn column(&mut self, index: usize) -> &mut Vec<u8> {
        &mut self.streams[Stream::PlainColumns.place() + index]
    }

    pub(super) fn number(&mut self, stream: Stream, value: u64) {
        write_unsigned(self.of(stream), value);
    }

    /// The part to compress, headed by the lengths of all streams, and the part beside it, headed by the text, which
    /// is compressed on its own.
    pub(super) fn finish(mut self) -> Result<(Vec<u8>, Vec<u8>), ColumnsError> {
        let text = String::from_utf8(std::mem::take(self.of(Stream::Text)))
            .map_err(|_| ColumnsError::Meaning)?;
        let mut loose = text::compress(&text);
        let mut packed = Vec::new();
        write_unsigned(&mut packed, text.len() as u64);
        write_unsigned(&mut packed, loose.len() as u64);
        for stream in &self.streams {
            write_unsigned(&mut packed, stream.len() as u64);
        }
        let (compressible, beside) = self.streams.split_at(PACKED);
        compressible
            .iter()
            .for_each(|stream| packed.extend_from_slice(stream));
        beside
            .iter()
            .for_each(|stream| loose.extend_from_slice(stream));
        if packed.len() + text.len() > COLUMNS_BYTES_MAX {
            return Err(ColumnsError::TooLarge);
        }
        Ok((packed, loose))
    }
}

/// The text of a batch, which stands at the head of the part beside the compressed one.
pub(super) fn read_text(packed: &[u8], loose: &[u8]) -> Result<Vec<u8>, ColumnsError> {
    let mut header = Reader::new(packed);
    let length = usize::try_from(header.unsigned()?).map_err(|_| ColumnsError::TooLarge)?;
    if length.saturating_add(packed.len()) > COLUMNS_BYTES_MAX {
        return Err(ColumnsError::TooLarge);
    }
    let compressed = header.unsigned()?;
    text::decompress(Reader::new(loose).take(compressed)?, length)
}

/// Streams being read.
pub(super) struct StreamsReader<'a> {
    streams: Vec<Reader<'a>>,
}

impl<'a> StreamsReader<'a> {
    /// Cuts both parts into their streams, which must fill them exactly. `text` is what [`read_text`] read of them.
    pub(super) fn new(
        packed: &'a [u8],
        loose: &'a [u8],
        text: &'a [u8],
    ) -> Result<Self, ColumnsError> {
        let mut packed = Reader::new(packed);
        let mut loose = Reader::new(loose);
        packed.unsigned()?;
        let compressed_text = packed.unsigned()?;
        loose.take(compressed_text)?;
        let mut lengths = [0; STREAMS];
        for length in &mut lengths {
            *length = packed.unsigned()?;
        }
        let mut streams = Vec::with_capacity(STREAMS);
        for (place, length) in lengths.into_iter().enumerate() {
            let part = if place < PACKED {
                &mut packed
            } else {
                &mut loose
            };
            streams.push(Reader::new(part.take(length)?));
        }
        if packed.is_empty() && loose.is_empty() {
            let mut reader = Self { streams };
            if !reader.of(Stream::Text).is_empty() {
                return Err(ColumnsError::Meaning);
            }
            *reader.of(Stream::Text) = Reader::new(text);
            Ok(reader)
        } else {
            Err(ColumnsError::Unused)
        }
    }

    /// The stream, to read on.
    pub(super) fn of(&mut self, stream: Stream) -> &mut Reader<'a> {
        &mut self.streams[stream.place()]
    }

    /// The stream of the `index`-th plain column.
    pub(super) fn column(&mut self, index: usize) -> &mut Reader<'a> {
        &mut self.streams[Stream::PlainColumns.place() + index]
    }

    pub(super) fn number(&mut self, stream: Stream) -> Result<u64, ColumnsError> {
        Ok(self.of(stream).unsigned()?)
    }

    /// Bytes of `stream`, as many as the next of [`Stream::Lengths`] says.
    pub(super) fn measured(&mut self, stream: Stream) -> Result<&'a [u8], ColumnsError> {
        let length = self.number(Stream::Lengths)?;
        Ok(self.of(stream).take(length)?)
    }

    /// Every stream must have been used up.
    pub(super) fn finish(&self) -> Result<(), ColumnsError> {
        if self.streams.iter().all(Reader::is_empty) {
            Ok(())
        } else {
            Err(ColumnsError::Unused)
        }
    }
}
