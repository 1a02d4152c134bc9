//! Full text over the list rows, and the index it is read off.

use rusqlite::params;
use xunge_domain::ids::DocumentId;

use crate::StoreError;
use crate::limits::{PAGE_ROWS_MAX, SEARCH_CHARACTERS_MAX};
use crate::search_text::SearchWords;
use crate::tables::cases::{CaseRow, case};
use crate::transaction::Reader;
use crate::values::{page_rows, within};

impl CaseRow {
    /// What a search looks at.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.class, &self.address, &self.local_code]
            .into_iter()
            .chain(&self.case_no)
            .map(String::as_str)
    }
}

impl Reader<'_> {
    /// A page of the cases in which each word of `text` stands, be it in the title, class, address, code or number; last
    /// reported first. Words are told apart by spaces; capital letters and full-width signs make no difference; no word at all
    /// finds everything. `after` is the last case of the page before.
    ///
    /// Reads the index from its end until the page is full; a single character costs more than two, some ten milliseconds of
    /// 100,000 cases.
    ///
    /// # Errors
    /// Too long a text, or the store's.
    pub fn search_cases(
        &self,
        text: &str,
        after: Option<DocumentId>,
        limit: usize,
    ) -> Result<Vec<CaseRow>, StoreError> {
        within(
            "search text",
            text.trim().chars().count(),
            SEARCH_CHARACTERS_MAX,
        )?;
        let before = match after {
            None => i64::MAX,
            Some(after) => self.number_of(after)?,
        };
        let words = SearchWords::of(text);
        if words.is_empty() {
            let sql = include_str!("../sql/cases_by_number.sql");
            return self.all(sql, params![before, page_rows(limit)], case);
        }
        let sql = include_str!("../sql/search_cases.sql");
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params![words.query(), before])?;
        let mut found = Vec::new();
        while found.len() < limit.min(PAGE_ROWS_MAX) {
            let Some(row) = rows.next()? else { break };
            let row = case(row)?;
            // Pairs may stand far from each other.
            if words.are_in(row.texts()) {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// Where a page goes on; one that is not here any more ends the list, rather than begin it anew.
    fn number_of(&self, document: DocumentId) -> Result<i64, StoreError> {
        let sql = "SELECT number FROM case_row WHERE document = ?1";
        let number = self.optional(sql, [document.as_bytes()], |row| row.get(0))?;
        Ok(number.unwrap_or(0))
    }
}
