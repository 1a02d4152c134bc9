//! A CSV that is being written.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use csv::Writer;
use xunge_domain::tables::TableKind;

use crate::city_tables::columns;

/// A file of a table, its English headers first.
pub(super) struct Out {
    writer: Writer<BufWriter<File>>,
    rows: u64,
}

impl Out {
    pub(super) fn begin(path: &Path, table: TableKind) -> io::Result<Self> {
        let mut writer = Writer::from_writer(BufWriter::new(File::create(path)?));
        writer.write_record(columns(table).iter().map(|column| column.name))?;
        Ok(Self { writer, rows: 0 })
    }

    /// A row, its cells in the order of the columns.
    pub(super) fn row<Cell: AsRef<str>>(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.rows += 1;
        Ok(self.writer.write_record(cells.iter().map(AsRef::as_ref))?)
    }

    pub(super) fn finish(self) -> io::Result<u64> {
        let mut file = self
            .writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        file.flush()?;
        Ok(self.rows)
    }
}
