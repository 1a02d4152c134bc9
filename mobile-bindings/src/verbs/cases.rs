//! Reading cases: pages and whole views.

use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::case_list::{CaseListItem, PageEnd};
use crate::views::case_page::CaseView;
use crate::views::clock::ClockView;

fn items(rows: Vec<xunge_field::CaseListItem>) -> Vec<CaseListItem> {
    rows.into_iter().map(CaseListItem::from).collect()
}

#[uniffi::export]
impl FieldApp {
    /// A page of cases, newest first. Background thread; ≤ 5 ms for 50 rows, no document is opened.
    ///
    /// # Errors
    /// The store's.
    pub fn cases(
        &self,
        after: Option<PageEnd>,
        limit: u32,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| {
            let after = after.as_ref().map(PageEnd::pair);
            Ok(items(app.cases(after, limit as usize)?))
        })
    }

    /// Cases whose text holds `text`, newest first. Background thread; an index look-up.
    ///
    /// # Errors
    /// The store's.
    pub fn search(&self, text: String, limit: u32) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| Ok(items(app.search(&text, limit as usize)?)))
    }

    /// Cases within about a kilometre, nearest first. Background thread; an index look-up.
    ///
    /// # Errors
    /// The store's.
    pub fn near(&self, point: Point, limit: u32) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| Ok(items(app.near(point, limit as usize)?)))
    }

    /// Everything about one case. Background thread; opens its document, about 1 ms.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn show(&self, case: DocumentId) -> Result<CaseView, FieldError> {
        self.with(|app| Ok(app.show(case)?.into()))
    }

    /// The clocks of a case: limits, deadlines, lights, and why. Background thread; opens its document, about 1 ms; needs
    /// no network.
    ///
    /// # Errors
    /// It is not on this device.
    pub fn clocks(&self, case: DocumentId) -> Result<Vec<ClockView>, FieldError> {
        self.with(|app| Ok(app.clocks(case)?.into_iter().map(Into::into).collect()))
    }
}
