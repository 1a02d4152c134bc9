//! Columns and the headers by which a file names them.

use xunge_domain::tables::TableKind;

use super::rows;

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its English header, which is its name here.
    pub name: &'static str,
    /// Its Chinese headers; the first is the one that is exported.
    pub zh: &'static [&'static str],
    /// Whether a file must have it. Which cells may be empty is for the rows to say.
    pub required: bool,
}

impl Column {
    pub(super) const fn needed(name: &'static str, zh: &'static [&'static str]) -> Self {
        Self {
            name,
            zh,
            required: true,
        }
    }

    pub(super) const fn optional(name: &'static str, zh: &'static [&'static str]) -> Self {
        Self {
            name,
            zh,
            required: false,
        }
    }

    fn is_called(&self, header: &str) -> bool {
        self.name.eq_ignore_ascii_case(header) || self.zh.contains(&header)
    }
}

/// The columns of a table, in the order of an export.
pub const fn columns(kind: TableKind) -> &'static [Column] {
    match kind {
        TableKind::Grids => rows::grids::COLUMNS,
        TableKind::Components => rows::components::COLUMNS,
        TableKind::Classes => rows::classes::COLUMNS,
        TableKind::Limits => rows::limits::COLUMNS,
        TableKind::Holidays => rows::holidays::COLUMNS,
        TableKind::Departments => rows::departments::COLUMNS,
        TableKind::People => rows::people::COLUMNS,
        TableKind::Phrases => rows::phrases::COLUMNS,
        TableKind::Roster => rows::roster::COLUMNS,
        TableKind::Hours => rows::hours::COLUMNS,
        TableKind::StageLimits => rows::stage_limits::COLUMNS,
    }
}

/// Why the first line of a file does not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Columns that the table needs.
    #[error("the first line lacks the columns {}", columns.join(", "))]
    Missing {
        /// Each as `english/中文`.
        columns: Vec<String>,
    },
    /// Two headers of one column.
    #[error("the column {column} stands twice in the first line")]
    Twice {
        /// The header that stands there again.
        column: String,
    },
}

/// Which cell of a row is which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    places: Vec<(&'static str, usize)>,
    as_written: Vec<String>,
    /// Headers that name no column of the table.
    pub ignored: Vec<String>,
}

impl Headers {
    /// Reads the first line of a file.
    ///
    /// # Errors
    /// A column that is missing or stands twice.
    pub fn read(kind: TableKind, first: &[String]) -> Result<Self, HeaderError> {
        let columns = columns(kind);
        let (mut places, mut ignored) = (Vec::new(), Vec::new());
        for (place, header) in first.iter().enumerate() {
            let header = header.trim();
            match columns.iter().find(|column| column.is_called(header)) {
                Some(column) if places.iter().any(|(name, _)| *name == column.name) => {
                    return Err(HeaderError::Twice {
                        column: header.to_owned(),
                    });
                }
                Some(column) => places.push((column.name, place)),
                None if header.is_empty() => {}
                None => ignored.push(header.to_owned()),
            }
        }
        let missing: Vec<String> = columns
            .iter()
            .filter(|column| {
                column.required && !places.iter().any(|(name, _)| *name == column.name)
            })
            .map(|column| format!("{}/{}", column.name, column.zh.first().unwrap_or(&"")))
            .collect();
        if !missing.is_empty() {
            return Err(HeaderError::Missing { columns: missing });
        }
        Ok(Self {
            places,
            as_written: first
                .iter()
                .map(|header| header.trim().to_owned())
                .collect(),
            ignored,
        })
    }

    pub(super) fn place(&self, column: &str) -> Option<usize> {
        let mut places = self.places.iter();
        places
            .find(|(name, _)| *name == column)
            .map(|(_, place)| *place)
    }

    pub(super) fn written<'a>(&'a self, column: &'a str) -> &'a str {
        self.place(column)
            .and_then(|place| self.as_written.get(place))
            .map_or(column, String::as_str)
    }

    /// How many cells a row may have.
    pub(super) const fn width(&self) -> usize {
        self.as_written.len()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn headers(kind: TableKind, line: &str) -> Result<Headers, HeaderError> {
        let first: Vec<String> = line.split(',').map(Into::into).collect();
        Headers::read(kind, &first)
    }

    #[test]
    fn both_languages_name_a_column_and_what_is_unknown_is_told() {
        let read = headers(TableKind::Holidays, "日期, Working ,remark,说明").unwrap();
        assert_eq!(read.place("date"), Some(0));
        assert_eq!(read.place("working"), Some(1));
        assert_eq!(read.place("why"), Some(3));
        assert_eq!(read.ignored, ["remark"]);
        assert_eq!(read.written("date"), "日期");
    }

    #[test]
    fn a_missing_or_repeated_column_is_refused() {
        let missing = headers(TableKind::Holidays, "why").unwrap_err();
        assert_eq!(
            missing.to_string(),
            "the first line lacks the columns date/日期, working/是否上班"
        );
        assert!(matches!(
            headers(TableKind::Holidays, "date,working,日期"),
            Err(HeaderError::Twice { .. })
        ));
    }

    #[test]
    fn the_document_has_every_table_column_and_header() {
        let document = include_str!("../../../docs/tables.md");
        for kind in TableKind::ALL {
            let title = format!("## {kind} {}\n", kind.zh());
            let (_, part) = document.split_once(&title).unwrap();
            let part = part.split("\n## ").next().unwrap();
            let rows: Vec<String> = columns(kind)
                .iter()
                .map(|column| {
                    let needed = if column.required { "yes |" } else { "|" };
                    format!("| `{}` | {} | {needed}", column.name, column.zh.join(", "))
                })
                .collect();
            let written: Vec<&str> = part
                .lines()
                .filter(|line| line.starts_with("| `"))
                .collect();
            assert_eq!(written.len(), rows.len(), "{kind}");
            for (row, line) in rows.iter().zip(written) {
                assert!(line.starts_with(row), "{kind}: {line}");
            }
        }
    }

    #[test]
    fn no_two_columns_of_a_table_share_a_header() {
        for kind in TableKind::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for column in columns(kind) {
                assert!(seen.insert(column.name), "{kind} {}", column.name);
                assert!(!column.zh.is_empty(), "{kind} {}", column.name);
                assert!(
                    column.zh.iter().all(|header| seen.insert(header)),
                    "{kind} {}",
                    column.name
                );
            }
        }
    }
}
