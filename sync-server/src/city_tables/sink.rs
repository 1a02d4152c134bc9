//! Writing a file row by row: a workbook when its name ends so, CSV otherwise. Memory: a row.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Workbook, XlsxError};
use xunge_domain::tables::TableKind;

use super::{Encoding, columns};

/// Rows a sheet can hold, its headers among them.
const SHEET_ROWS_MAX: u32 = 1_048_576;
/// What a spreadsheet needs to take a file for UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    /// The disk's.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The CSV's.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The workbook's.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// More rows than a sheet holds.
    #[error("a sheet holds {SHEET_ROWS_MAX} rows; export as CSV")]
    TooManyRows,
}

enum Form {
    Csv(BufWriter<File>, Encoding),
    Workbook(Box<Workbook>, PathBuf, u32),
}

/// A file that is being written.
pub struct Sink(Form);

impl Sink {
    /// Begins a file with the headers of a table, in Chinese or English. An existing file is replaced.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn begin(
        path: &Path,
        kind: TableKind,
        encoding: Encoding,
        in_chinese: bool,
    ) -> Result<Self, SinkError> {
        let is_workbook = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
        let form = if is_workbook {
            let mut book = Workbook::new();
            // Rows wait on the disk beside the file, not in memory.
            if let Some(folder) = path.parent().filter(|folder| folder.is_dir()) {
                book.set_tempdir(folder)?;
            }
            book.add_worksheet_with_constant_memory()?
                .set_name(kind.zh())?;
            Form::Workbook(Box::new(book), path.to_owned(), 0)
        } else {
            let mut file = BufWriter::new(File::create(path)?);
            if encoding == Encoding::Utf8 {
                file.write_all(MARK)?;
            }
            Form::Csv(file, encoding)
        };
        let mut sink = Self(form);
        let headers = columns(kind).iter().map(|column| {
            let zh = column.zh.first().copied().filter(|_| in_chinese);
            zh.unwrap_or(column.name).to_owned()
        });
        sink.row(&headers.collect::<Vec<_>>())?;
        Ok(sink)
    }

    /// Appends a row.
    ///
    /// # Errors
    /// The disk's, or more rows than a sheet holds.
    pub fn row(&mut self, cells: &[String]) -> Result<(), SinkError> {
        match &mut self.0 {
            Form::Csv(file, encoding) => {
                let mut writer = csv::Writer::from_writer(Vec::new());
                writer.write_record(cells)?;
                let line = writer.into_inner().map_err(|error| error.into_error())?;
                match encoding {
                    Encoding::Utf8 => file.write_all(&line)?,
                    Encoding::Gb18030 => {
                        file.write_all(&encoding.encode(&String::from_utf8_lossy(&line)))?
                    }
                }
            }
            Form::Workbook(book, _, row) => {
                if *row >= SHEET_ROWS_MAX {
                    return Err(SinkError::TooManyRows);
                }
                let sheet = book.worksheet_from_index(0)?;
                for (column, cell) in (0..).zip(cells) {
                    // Text always: a spreadsheet would round codes that it takes for numbers.
                    sheet.write_string(*row, column, cell)?;
                }
                *row += 1;
            }
        }
        Ok(())
    }

    /// Completes the file.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(self) -> Result<(), SinkError> {
        match self.0 {
            Form::Csv(file, _) => Ok(file
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?
                .sync_all()?),
            Form::Workbook(mut book, path, _) => Ok(book.save(path)?),
        }
    }
}
