//! Reading a file row by row, whatever it is. Memory: a row; of a workbook also its table of texts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Encoding, csv_source, xlsx_source};

/// Largest file: a hundred times a city's components.
pub const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// Largest row: a quotation mark that nobody closes must not swallow the file.
pub(super) const RECORD_BYTES_MAX: usize = 1024 * 1024;
/// How a workbook begins: it is a zip file.
const WORKBOOK_MARK: &[u8] = b"PK\x03\x04";

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The disk's.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// More than [`FILE_BYTES_MAX`].
    #[error("the file has more than {FILE_BYTES_MAX} bytes")]
    TooLarge,
    /// The CSV itself.
    #[error("the CSV cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A workbook that is damaged or none.
    #[error("the workbook cannot be read: {0}")]
    Workbook(#[from] calamine::XlsxError),
    /// A workbook of no sheet.
    #[error("the workbook has no sheet")]
    NoSheet,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Where it begins, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Whether a file is a workbook.
pub(super) fn is_workbook(path: &Path) -> io::Result<bool> {
    let mut mark = Vec::new();
    let most = WORKBOOK_MARK.len() as u64;
    File::open(path)?.take(most).read_to_end(&mut mark)?;
    Ok(mark == WORKBOOK_MARK)
}

/// Hands every row that has something in it to `each`, the headers first. Answers what the letters are of a text file.
///
/// # Errors
/// The file's, or what `each` answers.
pub fn read_records<Failure: From<SourceError>>(
    path: &Path,
    encoding: Option<Encoding>,
    each: &mut dyn FnMut(&Record) -> Result<(), Failure>,
) -> Result<Option<Encoding>, Failure> {
    let metadata = std::fs::metadata(path).map_err(SourceError::Io)?;
    if metadata.len() > FILE_BYTES_MAX {
        return Err(SourceError::TooLarge.into());
    }
    let mut any = false;
    let mut told = |record: &Record| {
        if record.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        any = true;
        each(record)
    };
    let encoding = if is_workbook(path).map_err(SourceError::Io)? {
        xlsx_source::read(path, &mut told)?;
        None
    } else {
        let encoding = match encoding {
            Some(encoding) => encoding,
            None => Encoding::of(path).map_err(SourceError::Io)?,
        };
        csv_source::read(path, encoding, &mut told)?;
        Some(encoding)
    };
    if any {
        Ok(encoding)
    } else {
        Err(SourceError::Empty.into())
    }
}
