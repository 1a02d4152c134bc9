//! Puts an item together.

use super::{
    BYTES, DEPTH_MAX, DIGEST, DIGEST_BYTES, EIGHT_BYTES, MAJOR_BYTES, MAJOR_TEXT, NEAR_TIME,
    NESTED, OWN_DOCUMENT, SEEN_BYTES, SEEN_DIGEST, SEEN_INTENT, SEEN_TEXT, SIGNATURE,
    SIGNATURE_BYTES, TEXT, TIME, argument, argument_bytes, children, high_bytes, write_string_head,
};
use crate::wire::columns::ColumnsError;
use crate::wire::columns::streams::{Stream, StreamsReader};
use crate::wire::columns::tables::{Budget, Place, Tables};

/// Appends the item that [`write`] wrote.
pub(in crate::wire::columns) fn read(
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
        let code = self.streams.of(Stream::Shapes).byte()?;
        match code {
            TIME => self.time(out, 0),
            NEAR_TIME => {
                let delta = self.streams.of(Stream::Deltas).signed()?;
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
            .append(out, self.streams.of(Stream::High).take(high)?)?;
        self.budget
            .append(out, self.streams.of(Stream::Low).take(bytes - high)?)?;
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
                    self.streams.of(Stream::Rare).take(length)?
                };
                self.tables.bytes.note(bytes);
                string(out, MAJOR_BYTES, bytes, budget)
            }
            DIGEST => {
                let digest = self.streams.of(Stream::Digests).take(DIGEST_BYTES as u64)?;
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
                let signature = self.streams.of(Stream::Signatures).take(length)?;
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
