//! The city's tables as files: CSV and XLSX, headers in Chinese and English, UTF-8 and GB18030. Files in, rows of the domain out,
//! and back; what is wrong with a row is told cell by cell. Knows no store: `services::city_tables` imports and exports.

mod bad;
mod boundary;
mod cells;
mod columns;
mod csv_source;
mod encoding;
mod known;
pub mod problems;
mod rows;
mod sink;
mod source;
mod xlsx_source;

pub use bad::Bad;
pub use cells::Cells;
pub use columns::{Column, HeaderError, Headers, columns};
pub use encoding::Encoding;
pub use known::{Context, Known};
pub use problems::Problem;
pub use rows::{CityRow, ClassRow, class_rows, read_row, roster_part};
pub use sink::{Sink, SinkError};
pub use source::{FILE_BYTES_MAX, Record, SourceError, read_records};
