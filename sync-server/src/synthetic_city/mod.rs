//! A city of the real one's size, made up: the ten tables as CSV, the same for the same seed. Divisions and their codes are
//! real; every grid, component, class, limit, department, person and phrase is not, and says so (合成).

mod classes;
mod components;
mod departments;
mod file;
mod ground;
mod people;
mod small;

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use xunge_domain::tables::TableKind;

use crate::demo::divisions;
use ground::Ground;

/// What everything made up carries in its name.
const MARK: &str = "（合成）";

/// How much of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Unit grids.
    pub grids: u32,
    /// Components.
    pub components: u32,
    /// People.
    pub people: u32,
}

/// The real city's (domain.md §2).
pub const REAL_SIZE: Size = Size {
    grids: 46_817,
    components: 230_000,
    people: 27_000,
};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Which table.
    pub table: TableKind,
    /// Where.
    pub file: PathBuf,
    /// How many rows.
    pub rows: u64,
}

/// The tables that are made up, in the order in which they are to be imported. Who is on duty when is nothing that a size
/// is measured by.
pub fn tables() -> impl Iterator<Item = TableKind> {
    let all = TableKind::ALL.into_iter();
    all.filter(|table| *table != TableKind::Roster)
}

/// Writes the tables into a folder, in the order in which they are to be imported. Cost: a few seconds at the real size.
///
/// # Errors
/// The disk's.
pub fn write(folder: &Path, seed: u64, size: Size) -> io::Result<Vec<Written>> {
    std::fs::create_dir_all(folder)?;
    let ground = Ground::new(seed, size.grids, divisions::all_communities());
    let mut written = Vec::new();
    for table in tables() {
        let file = folder.join(format!("{table}.csv"));
        let mut out = file::Out::begin(&file, table)?;
        match table {
            TableKind::Departments => departments::write(&mut out, &ground)?,
            TableKind::Grids => ground.write(&mut out)?,
            TableKind::Classes => classes::write(&mut out, seed)?,
            TableKind::Limits => classes::write_limits(&mut out, seed)?,
            TableKind::Holidays => small::write_holidays(&mut out)?,
            TableKind::Phrases => small::write_phrases(&mut out)?,
            TableKind::Components => components::write(&mut out, seed, &ground, size.components)?,
            TableKind::People => people::write(&mut out, seed, &ground, size.people)?,
            TableKind::Hours => small::write_hours(&mut out)?,
            TableKind::StageLimits => small::write_stage_limits(&mut out)?,
            TableKind::Roster => {}
        }
        let rows = out.finish()?;
        written.push(Written { table, file, rows });
    }
    Ok(written)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::*;

    const SMALL: Size = Size {
        grids: 200,
        components: 900,
        people: 100,
    };

    fn files(seed: u64) -> Vec<(Written, String)> {
        let folder = tempfile::tempdir().unwrap();
        let written = write(folder.path(), seed, SMALL).unwrap().into_iter();
        let read = |file: &Path| std::fs::read_to_string(file).unwrap();
        written
            .map(|written| (written.clone(), read(&written.file)))
            .collect()
    }

    #[test]
    fn a_seed_is_a_city_and_another_seed_another() {
        let texts =
            |seed| -> Vec<String> { files(seed).into_iter().map(|(_, text)| text).collect() };
        assert_eq!(texts(7), texts(7));
        assert!(
            texts(7)
                .iter()
                .zip(texts(8))
                .filter(|(one, other)| **one != *other)
                .count()
                >= 4
        );
    }

    #[test]
    fn there_is_as_much_as_was_asked_for_and_it_says_that_it_is_made_up() {
        let rows = |table| {
            let files = files(1);
            files
                .into_iter()
                .find(|(written, _)| written.table == table)
                .unwrap()
        };
        assert_eq!(rows(TableKind::Grids).0.rows, 200);
        assert_eq!(rows(TableKind::Components).0.rows, 900);
        assert_eq!(rows(TableKind::People).0.rows, 100);
        assert_eq!(rows(TableKind::Classes).0.rows, 264 * 3);
        assert_eq!(rows(TableKind::Limits).0.rows, 264 * 3 * 9);
        for table in [
            TableKind::Grids,
            TableKind::Departments,
            TableKind::People,
            TableKind::Classes,
            TableKind::Phrases,
        ] {
            let (_, text) = rows(table);
            assert!(
                text.lines().skip(1).all(|line| line.contains("合成")),
                "{table}"
            );
        }
    }
}
