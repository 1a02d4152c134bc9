//! Rows of a CSV file (RFC 4180; a row may have fewer cells than the first).

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use csv::{ReaderBuilder, StringRecord};

use super::source::RECORD_BYTES_MAX;
use super::{Encoding, Record, SourceError};

/// Bytes that the reader takes at once.
const BUFFER_BYTES: usize = 64 * 1024;

/// Ends a row that does not end by itself.
struct Bounded<R> {
    inner: R,
    /// Bytes read since the last whole row.
    since_row: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let before = self.since_row.get();
        if before > RECORD_BYTES_MAX {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row does not end: is a quotation mark never closed?",
            ));
        }
        let read = self.inner.read(out)?;
        self.since_row.set(before + read);
        Ok(read)
    }
}

pub(super) fn read<Failure: From<SourceError>>(
    path: &Path,
    encoding: Encoding,
    each: &mut dyn FnMut(&Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let file = File::open(path).map_err(SourceError::Io)?;
    let since_row = Rc::new(Cell::new(0));
    let bounded = Bounded {
        inner: encoding.decoded(file),
        since_row: Rc::clone(&since_row),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(BUFFER_BYTES)
        .from_reader(bounded);
    let mut row = StringRecord::new();
    let mut record = Record::default();
    while reader.read_record(&mut row).map_err(SourceError::Csv)? {
        since_row.set(0);
        record.line = row.position().map_or(0, csv::Position::line);
        record.cells.truncate(row.len());
        record.cells.resize(row.len(), String::new());
        for (cell, field) in record.cells.iter_mut().zip(&row) {
            cell.clear();
            cell.push_str(field);
        }
        each(&record)?;
    }
    Ok(())
}
