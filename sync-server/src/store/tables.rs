//! The city's tables, edition by edition. What a row says is bytes here: the store only finds it.

use xunge_domain::ids::Digest;
use xunge_domain::tables::TableKind;
use xunge_domain::time::Timestamp;

use super::StoreError;

/// An edition of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRow {
    /// Of which table.
    pub kind: TableKind,
    /// 1, 2, 3… in the order of import.
    pub number: u64,
    /// Its name.
    pub edition: String,
    /// First day it holds, `YYYY-MM-DD`.
    pub effective_date: String,
    /// How many rows were imported.
    pub rows: u64,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// By whom.
    pub imported_by: String,
}

/// A row of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// What it is found by; unique within an edition.
    pub key: String,
    /// What rows are looked up together by; may be empty.
    pub part: String,
    /// What it says.
    pub content: Vec<u8>,
}

/// Looking tables up.
pub trait ReadTables {
    /// The edition of a table that holds on a day (`YYYY-MM-DD`): of those that had come into effect the one with the
    /// latest date, of several the one imported last.
    ///
    /// # Errors
    /// The database's trouble.
    fn table_edition_on(
        &self,
        kind: TableKind,
        day: &str,
    ) -> Result<Option<EditionRow>, StoreError>;

    /// The editions of a table in the order of import.
    ///
    /// # Errors
    /// The database's trouble.
    fn table_editions(&self, kind: TableKind) -> Result<Vec<EditionRow>, StoreError>;

    /// Rows of an edition behind a key, by key.
    ///
    /// # Errors
    /// The database's trouble.
    fn table_rows(
        &self,
        kind: TableKind,
        number: u64,
        after: &str,
        limit: usize,
    ) -> Result<Vec<TableRow>, StoreError>;

    /// The rows of an edition in a part, by key.
    ///
    /// # Errors
    /// The database's trouble.
    fn table_rows_of(
        &self,
        kind: TableKind,
        number: u64,
        part: &str,
    ) -> Result<Vec<TableRow>, StoreError>;

    /// A row of an edition.
    ///
    /// # Errors
    /// The database's trouble.
    fn table_row(
        &self,
        kind: TableKind,
        number: u64,
        key: &str,
    ) -> Result<Option<TableRow>, StoreError>;
}

/// Adding editions.
pub trait WriteTables {
    /// Adds an edition.
    ///
    /// # Errors
    /// A number or name that exists, or the database's trouble.
    fn add_table_edition(&mut self, edition: &EditionRow) -> Result<(), StoreError>;

    /// Adds rows to an edition, the newest of its table. A row as in the edition before costs an update.
    ///
    /// # Errors
    /// A key that stands in the edition already, or the database's trouble.
    fn add_table_rows(
        &mut self,
        kind: TableKind,
        number: u64,
        rows: &[TableRow],
    ) -> Result<(), StoreError>;
}
