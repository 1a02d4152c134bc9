//! Rows of the first sheet of a workbook.

use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, open_workbook};

use super::{Record, SourceError};

/// Numbers of so many digits and more have lost some: a spreadsheet keeps fifteen.
const WHOLE_NUMBERS_MAX: f64 = 1e15;
/// What stands for a number that lost digits: no table takes it, and the row says why.
pub(super) const DIGITS_LOST: &str = "\u{fffc}digits";
/// What stands for the error of a formula.
pub(super) const FORMULA_ERROR: &str = "\u{fffc}error";
/// Cells of one row that are looked at.
const CELLS_MAX: usize = 1_000;

pub(super) fn read<Failure: From<SourceError>>(
    path: &Path,
    each: &mut dyn FnMut(&Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut book: Xlsx<_> = open_workbook(path).map_err(SourceError::Workbook)?;
    let sheet = book.sheet_names().first().cloned();
    let sheet = sheet.ok_or(SourceError::NoSheet)?;
    let mut cells = book
        .worksheet_cells_reader(&sheet)
        .map_err(SourceError::Workbook)?;
    let mut record = Record::default();
    while let Some(cell) = cells.next_cell().map_err(SourceError::Workbook)? {
        let (row, column) = cell.get_position();
        let line = u64::from(row) + 1;
        if line != record.line {
            if record.line > 0 {
                each(&record)?;
            }
            record.line = line;
            record.cells.clear();
        }
        let column = column as usize;
        if column >= CELLS_MAX {
            continue;
        }
        if record.cells.len() <= column {
            record.cells.resize(column + 1, String::new());
        }
        if let Some(place) = record.cells.get_mut(column) {
            *place = text(cell.get_value());
        }
    }
    if record.line > 0 {
        each(&record)?;
    }
    Ok(())
}

/// A cell as a person would type it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= WHOLE_NUMBERS_MAX => DIGITS_LOST.to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            // Midnight is a day: a spreadsheet tells the two apart by their format alone.
            if (hour, minute) == (0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}")
            }
        }
        DataRef::Error(_) => FORMULA_ERROR.to_owned(),
        DataRef::Empty => String::new(),
    }
}
