//! Writing the rows of a file, inside the import's one transaction.

use xunge_domain::class::{ClassTable, MinorClass};
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;

use super::PART;
use super::import::ImportError;
use super::register::{had_admin, keep_an_admin, put_department, put_person};
use crate::city_tables::CityRow;
use crate::store::{EditionRow, HubTransaction, StoreError, TableRow};

/// Takes the good rows of a file one by one.
pub(super) struct Apply<'a> {
    edition: &'a EditionRow,
    sample: bool,
    now: Timestamp,
    had_admin: bool,
    waiting: Vec<TableRow>,
    classes: Vec<MinorClass>,
    changed: u64,
}

impl<'a> Apply<'a> {
    pub(super) fn begin(
        write: &mut dyn HubTransaction,
        edition: &'a EditionRow,
        sample: bool,
    ) -> Result<Self, StoreError> {
        write.add_table_edition(edition)?;
        Ok(Self {
            edition,
            sample,
            now: edition.imported_at,
            had_admin: edition.kind == TableKind::People && had_admin(write)?,
            waiting: Vec::new(),
            classes: Vec::new(),
            changed: 0,
        })
    }

    pub(super) fn row(
        &mut self,
        write: &mut dyn HubTransaction,
        row: CityRow,
    ) -> Result<(), ImportError> {
        match row {
            CityRow::Department(row) => self.changed += u64::from(put_department(write, &row)?),
            CityRow::Person(row) => {
                let by = &self.edition.imported_by;
                self.changed += u64::from(put_person(write, by, &row, self.now)?);
            }
            CityRow::Class(row) => {
                let place = self
                    .classes
                    .iter_mut()
                    .rev()
                    .find(|class| class.code == row.class.code);
                match place {
                    Some(class) => class.conditions.push(row.condition),
                    None => self.classes.push(row.whole()),
                }
            }
            row => {
                self.waiting.push(TableRow {
                    key: row.key(),
                    part: row.part(),
                    content: row.content(),
                });
                if self.waiting.len() >= PART {
                    self.flush(write)?;
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self, write: &mut dyn HubTransaction) -> Result<(), StoreError> {
        write.add_table_rows(self.edition.kind, self.edition.number, &self.waiting)?;
        self.changed += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Completes the edition. Answers how many rows were written.
    pub(super) fn finish(mut self, write: &mut dyn HubTransaction) -> Result<u64, ImportError> {
        self.flush(write)?;
        if self.edition.kind == TableKind::Classes {
            self.changed = self
                .classes
                .iter()
                .map(|class| class.conditions.len() as u64)
                .sum();
            write.put_class_table(&ClassTable {
                edition: self.edition.edition.clone(),
                effective_date: self.edition.effective_date.clone(),
                sample: self.sample,
                classes: self.classes,
            })?;
        }
        keep_an_admin(write, self.had_admin)?;
        Ok(self.changed)
    }
}
