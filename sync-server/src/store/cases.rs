//! Cases as lists show them, and the numbers given to them.

use xunge_domain::case::CaseState;
use xunge_domain::ids::CaseId;

use super::StoreError;
use super::rows::{CaseFilter, CasePage, CaseRow, ListCursor};

/// Looking cases up.
pub trait ReadCases {
    /// One case.
    ///
    /// # Errors
    /// The database's trouble.
    fn case(&self, document: &CaseId) -> Result<Option<CaseRow>, StoreError>;

    /// A case by the number given at filing.
    ///
    /// # Errors
    /// The database's trouble.
    fn case_by_number(&self, case_no: &str) -> Result<Option<CaseRow>, StoreError>;

    /// A part of the list, newest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn cases(
        &self,
        filter: &CaseFilter,
        after: Option<ListCursor>,
        limit: usize,
    ) -> Result<CasePage, StoreError>;

    /// How many cases the filter finds in each state; states without one are left out.
    ///
    /// # Errors
    /// The database's trouble.
    fn case_counts(&self, filter: &CaseFilter) -> Result<Vec<(CaseState, u64)>, StoreError>;
}

/// Changing what lists show.
pub trait WriteCases {
    /// Puts the row in the place of the older one.
    ///
    /// # Errors
    /// A case number that another case has, or the database's trouble.
    fn put_case(&mut self, row: &CaseRow) -> Result<(), StoreError>;

    /// The next number of a day (`20250630`): 1, 2, 3…
    ///
    /// # Errors
    /// The database's trouble.
    fn next_case_number(&mut self, day: &str) -> Result<u64, StoreError>;

    /// Lets every day's numbers, those of days to come as well, go on `by` further: a hub restored from backup may have given out numbers it
    /// no longer knows.
    ///
    /// # Errors
    /// The database's trouble.
    fn skip_case_numbers(&mut self, by: u64) -> Result<(), StoreError>;
}
