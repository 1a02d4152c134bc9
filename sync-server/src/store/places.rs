//! Unit grids and class tables: data with editions.

use xunge_domain::class::ClassTable;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::DutyGridId;

use super::StoreError;

/// Looking places and classes up.
pub trait ReadPlaces {
    /// A unit grid.
    ///
    /// # Errors
    /// The database's trouble.
    fn unit_grid(&self, code: UnitGridCode) -> Result<Option<UnitGrid>, StoreError>;

    /// All unit grids, by code.
    ///
    /// # Errors
    /// The database's trouble.
    fn unit_grids(&self) -> Result<Vec<UnitGrid>, StoreError>;

    /// The unit grids of some duty grids, by code.
    ///
    /// # Errors
    /// The database's trouble.
    fn unit_grids_of(&self, duty_grids: &[DutyGridId]) -> Result<Vec<UnitGrid>, StoreError>;

    /// The class table that holds on a day (`YYYY-MM-DD`): the newest that had come into effect, of several
    /// the one imported last.
    ///
    /// # Errors
    /// The database's trouble.
    fn class_table_on(&self, day: &str) -> Result<Option<ClassTable>, StoreError>;

    /// A class table by its edition.
    ///
    /// # Errors
    /// The database's trouble.
    fn class_table(&self, edition: &str) -> Result<Option<ClassTable>, StoreError>;

    /// The editions, oldest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn class_editions(&self) -> Result<Vec<String>, StoreError>;
}

/// Changing places and classes.
pub trait WritePlaces {
    /// Adds unit grids or changes them.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_unit_grids(&mut self, grids: &[UnitGrid]) -> Result<(), StoreError>;

    /// Adds an edition or changes it.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_class_table(&mut self, table: &ClassTable) -> Result<(), StoreError>;
}
