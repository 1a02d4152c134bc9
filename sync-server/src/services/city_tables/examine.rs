//! Examining a file: every row is read and held against the city and against the rows before it, and nothing is written.
//! Memory: a row, and the keys of all.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use xunge_domain::class::{CLASSES_MAX, MinorClass};
use xunge_domain::ids::OrganisationId;
use xunge_domain::tables::{HOURS_ROWS_MAX, Season, TableKind};

use super::ROWS_MAX;
use super::import::ImportError;
use crate::city_tables::{
    Bad, Cells, CityRow, Context, Encoding, Headers, Problem, Record, problems, read_records,
    read_row,
};

/// What a file holds.
pub(super) struct Examined {
    /// Rows, good and bad.
    pub(super) rows: u64,
    /// Cells and rows that cannot be taken.
    pub(super) bad: u64,
    /// Headers that name no column.
    pub(super) ignored: Vec<String>,
    /// Of a text file.
    pub(super) encoding: Option<Encoding>,
}

/// Reads a file and tells `bad` everything that is wrong with it, and `good` the rows that are right.
///
/// # Errors
/// A file or headers that cannot be read, or what `good` answers.
pub(super) fn examine(
    (kind, path, encoding): (TableKind, &Path, Option<Encoding>),
    context: &Context<'_>,
    bad: &mut dyn FnMut(&Bad),
    good: &mut dyn FnMut(CityRow) -> Result<(), ImportError>,
) -> Result<Examined, ImportError> {
    let mut headers: Option<Headers> = None;
    let mut together = Together::default();
    let (mut rows, mut refused) = (0, 0);
    let encoding = read_records(path, encoding, &mut |record: &Record| {
        let Some(headers) = &headers else {
            headers = Some(Headers::read(kind, &record.cells)?);
            return Ok(());
        };
        rows += 1;
        let mut cells = Cells::new(headers, record);
        let row = read_row(kind, &mut cells, context);
        if let Some((column, problem)) = row
            .as_ref()
            .and_then(|row| together.check(row, record.line, rows))
        {
            cells.refuse(column, problem);
        }
        let found = cells.into_bad();
        refused += found.len() as u64;
        found.iter().for_each(&mut *bad);
        match row.filter(|_| found.is_empty()) {
            Some(row) => good(row),
            None => Ok(()),
        }
    })?;
    let mut at_end = together.at_end(context);
    if rows == 0 {
        at_end.push(Bad::new(1, "", "", &problems::NO_ROWS));
    }
    refused += at_end.len() as u64;
    at_end.iter().for_each(bad);
    Ok(Examined {
        rows,
        bad: refused,
        ignored: headers.map(|headers| headers.ignored).unwrap_or_default(),
        encoding,
    })
}

/// What shows only when rows are seen together.
#[derive(Default)]
struct Together {
    keys: HashSet<String>,
    /// The classes so far by code, and whose English ids they are.
    classes: BTreeMap<String, MinorClass>,
    class_ids: BTreeMap<String, String>,
    /// Departments: what stands above, and where that was said.
    above: BTreeMap<OrganisationId, (Option<OrganisationId>, u64)>,
    /// The seasons of each body's hours.
    seasons: BTreeMap<Option<OrganisationId>, Vec<Season>>,
}

impl Together {
    /// The column that does not fit to the rows before.
    fn check(
        &mut self,
        row: &CityRow,
        line: u64,
        rows: u64,
    ) -> Option<(&'static str, &'static Problem)> {
        if rows > ROWS_MAX {
            return Some((row.key_column(), &problems::ROWS));
        }
        if !self.keys.insert(row.key()) {
            return Some((row.key_column(), &problems::TWICE));
        }
        match row {
            CityRow::Class(row) => {
                let class = &row.class;
                let first = self
                    .classes
                    .entry(class.code.clone())
                    .or_insert_with(|| class.clone());
                if first != class {
                    return Some(("code", &problems::CLASS_DIFFERS));
                }
                let owner = self
                    .class_ids
                    .entry(class.id.clone())
                    .or_insert_with(|| class.code.clone());
                if *owner != class.code {
                    return Some(("id", &problems::TWICE));
                }
                (self.classes.len() > CLASSES_MAX).then_some(("code", &problems::ROWS))
            }
            CityRow::Department(row) => {
                self.above
                    .insert(row.id.clone(), (row.parent.clone(), line));
                None
            }
            CityRow::Hours(row) => {
                if rows > HOURS_ROWS_MAX as u64 {
                    return Some(("from", &problems::ROWS));
                }
                let season = row.season.as_ref()?;
                let seasons = self.seasons.entry(row.organisation.clone()).or_default();
                let meets = seasons.iter().any(|other| other.meets(season));
                seasons.push(season.clone());
                meets.then_some(("from", &problems::SEASONS_MEET))
            }
            _ => None,
        }
    }

    /// Departments whose parents are nowhere, or that stand above themselves.
    fn at_end(&self, context: &Context<'_>) -> Vec<Bad> {
        let mut bad = Vec::new();
        for (id, (parent, line)) in &self.above {
            let Some(parent) = parent else { continue };
            if !self.above.contains_key(parent) && !context.known.departments.contains(parent) {
                let problem = &problems::DEPARTMENT_UNKNOWN;
                bad.push(Bad::new(*line, "parent", parent.as_str(), problem));
                continue;
            }
            // What is in the register and not in the file stands where it stood, and above it nothing of the file is new.
            let mut up = Some(parent);
            let mut steps = 0;
            while let Some(above) = up.filter(|above| *above != id && steps <= self.above.len()) {
                steps += 1;
                up = self
                    .above
                    .get(above)
                    .and_then(|(parent, _)| parent.as_ref());
            }
            if up.is_some() {
                let problem = &problems::DEPARTMENT_CIRCLE;
                bad.push(Bad::new(*line, "parent", parent.as_str(), problem));
            }
        }
        bad
    }
}
