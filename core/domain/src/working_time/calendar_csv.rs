//! The calendar as a file: CSV with the columns `date,working,why`.
//!
//! ```text
//! # years: 2023-2026
//! date,working,why
//! 2025-01-26,yes,Spring Festival
//! 2025-01-28,no,Spring Festival
//! ```
//! Only days that differ from Monday to Friday need a row; a row that only confirms the weekday gives it its name.
//! `# years:` says which years the file is complete for (`2023-2026` or `2023,2025`). Without that line they are the years
//! that have rows: so a file without it must not hold a single day of a year that is still to be announced.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::calendar::{CALENDAR_DAYS_MAX, CALENDAR_YEARS, Calendar, SpecialDay};

const HEADER: &str = "date,working,why";
const WHY_CHARACTERS_MAX: usize = 40;

/// What is wrong with a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not UTF-8.
    #[error("the calendar is not UTF-8 text; save it as UTF-8")]
    Encoding,
    /// The columns are not named.
    #[error("the calendar's first row must be {HEADER:?}")]
    Header,
    /// A row that cannot be right.
    #[error("row {row} ({text:?}): {why}")]
    Row {
        /// The line of the file, from 1.
        row: usize,
        /// As written, cut at 80 characters.
        text: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No year is covered.
    #[error("the calendar covers no year: it has neither rows nor a line `# years: …`")]
    NoYears,
    /// A year beyond what a calendar speaks of.
    #[error(
        "the calendar speaks of {0}; {first} to {last} can be used",
        first = CALENDAR_YEARS.start(),
        last = CALENDAR_YEARS.end()
    )]
    Year(i16),
    /// More than [`CALENDAR_DAYS_MAX`].
    #[error("the calendar names {0} days; at most {CALENDAR_DAYS_MAX} are read")]
    TooMany(usize),
    /// A day outside the covered years.
    #[error("{0} is not in the years that the calendar covers")]
    NotCovered(Date),
    /// A day stands twice.
    #[error("{0} stands twice in the calendar")]
    Twice(Date),
}

impl Calendar {
    /// Reads a calendar. A byte order mark and the line ends of any system are taken.
    ///
    /// # Errors
    /// The first row that cannot be right, by its line, or what is wrong with the whole.
    pub fn from_csv(edition: &str, bytes: &[u8]) -> Result<Self, CalendarError> {
        let text = std::str::from_utf8(bytes).map_err(|_| CalendarError::Encoding)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut said: Option<BTreeSet<i16>> = None;
        let mut header = false;
        let mut days: Vec<SpecialDay> = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            let wrong = |why| CalendarError::Row {
                row: index + 1,
                text: line.chars().take(80).collect(),
                why,
            };
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(list) = comment.trim().strip_prefix("years:") {
                    said = Some(years(list).ok_or_else(|| wrong("write years as 2023-2026"))?);
                }
            } else if line.is_empty() {
            } else if !header {
                if line != HEADER {
                    return Err(CalendarError::Header);
                }
                header = true;
            } else {
                let day = row(line).map_err(&wrong)?;
                if !seen.insert(day.date) {
                    return Err(wrong("the day stands twice"));
                }
                if said
                    .as_ref()
                    .is_some_and(|said| !said.contains(&day.date.year()))
                {
                    return Err(wrong(
                        "the day is not in the years that the file says it covers",
                    ));
                }
                days.push(day);
                if days.len() > CALENDAR_DAYS_MAX {
                    return Err(CalendarError::TooMany(days.len()));
                }
            }
        }
        if !header {
            return Err(CalendarError::Header);
        }
        let covered = said.unwrap_or_else(|| days.iter().map(|day| day.date.year()).collect());
        Self::new(edition, covered, days)
    }
}

fn row(line: &str) -> Result<SpecialDay, &'static str> {
    let mut cells = line.splitn(3, ',').map(str::trim);
    let (Some(date), Some(working), Some(why)) = (cells.next(), cells.next(), cells.next()) else {
        return Err("three cells are needed: date, working, why");
    };
    let date: Date = match date.parse() {
        Ok(day) if date.len() == 10 => day,
        _ => return Err("the date is no day; write YYYY-MM-DD"),
    };
    if !CALENDAR_YEARS.contains(&date.year()) {
        return Err("no calendar speaks of that year");
    }
    let working = match working {
        "yes" => true,
        "no" => false,
        _ => return Err("working must be yes or no"),
    };
    let why = why.trim_matches('"');
    if why.is_empty() || why.chars().count() > WHY_CHARACTERS_MAX {
        return Err("the reason must have 1 to 40 characters");
    }
    if why.contains([',', '"']) || why.chars().any(char::is_control) {
        return Err("the reason must be a name without commas and quotes");
    }
    Ok(SpecialDay {
        date,
        working,
        why: why.to_owned(),
    })
}

/// `2023-2026`, `2023`, `2023,2025-2026`.
fn years(list: &str) -> Option<BTreeSet<i16>> {
    let mut years = BTreeSet::new();
    for part in list.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (i16, i16) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first > last || !CALENDAR_YEARS.contains(&first) || !CALENDAR_YEARS.contains(&last) {
            return None;
        }
        years.extend(first..=last);
    }
    Some(years)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Calendar, CalendarError> {
        Calendar::from_csv("e", text.as_bytes())
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let calendar = read(
            "\u{feff}date,working,why\r\n2025-01-28,no,Spring Festival\r\n\r\n2026-01-01,no,\"元旦\"\r\n",
        )
        .unwrap();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2025, 2026]);
        let names: Vec<_> = calendar
            .special_days()
            .map(|day| day.why.as_str())
            .collect();
        assert_eq!(names, ["Spring Festival", "元旦"]);
    }

    #[test]
    fn the_years_of_the_file_are_those_it_says() {
        let body = "date,working,why\n2025-12-31,no,New Year's Day\n";
        let calendar = read(&format!("# years: 2023, 2025-2026\n{body}")).unwrap();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2023, 2025, 2026]);
        for years in ["2026-2025", "1900", "soon", ""] {
            let error = read(&format!("# years: {years}\n{body}")).unwrap_err();
            assert!(
                matches!(error, CalendarError::Row { row: 1, .. }),
                "{error}"
            );
        }
        let error = read(&format!("# years: 2024\n{body}")).unwrap_err();
        assert!(
            matches!(error, CalendarError::Row { row: 3, .. }),
            "{error}"
        );
        assert_eq!(read("date,working,why\n"), Err(CalendarError::NoYears));
    }

    #[test]
    fn names_the_row_that_cannot_be_right() {
        for bad in [
            "2025-02-30,no,Spring Festival",
            "2025-2-3,no,Spring Festival",
            "20250203,no,Spring Festival",
            "2025-02-03,maybe,Spring Festival",
            "2025-02-03,no",
            "2025-02-03,no,",
            "2025-02-03,no,a,b",
            "1890-02-03,no,x",
            "2025-01-28,yes,twice",
        ] {
            let text = format!("date,working,why\n2025-01-28,no,Spring Festival\n{bad}\n");
            let error = read(&text).unwrap_err();
            let CalendarError::Row { row: 3, text, .. } = &error else {
                panic!("{bad}: {error}");
            };
            assert_eq!(text, bad);
        }
        assert_eq!(read("2025-01-28,no,x\n"), Err(CalendarError::Header));
        assert_eq!(read(""), Err(CalendarError::Header));
        let broken = Calendar::from_csv("e", b"date,working,why\n\xff");
        assert_eq!(broken, Err(CalendarError::Encoding));
    }

    #[test]
    fn no_file_is_read_without_end() {
        let mut text = String::from("date,working,why\n");
        let mut date = Date::constant(2001, 1, 1);
        for _ in 0..=CALENDAR_DAYS_MAX {
            text.push_str(&format!("{date},no,x\n"));
            date = date.tomorrow().unwrap();
        }
        let over = CALENDAR_DAYS_MAX + 1;
        assert_eq!(read(&text), Err(CalendarError::TooMany(over)));
    }
}
