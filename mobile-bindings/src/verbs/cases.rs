//! Reading cases: pages and whole views.

use xunge_field::CaseFilter;
use xunge_field::domain::geo::{Bounds, Point};
use xunge_field::domain::ids::DocumentId;

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::case_list::{CaseListItem, PageEnd};
use crate::views::case_page::CaseView;
use crate::views::clock::ClockView;
use crate::views::map::MapView;

fn items(rows: Vec<xunge_field::CaseListItem>) -> Vec<CaseListItem> {
    rows.into_iter().map(CaseListItem::from).collect()
}

#[uniffi::export]
impl FieldApp {
    /// A page of cases, of all or of a filter, last changed first. Background thread; ≤ 5 ms for 50 rows of 100,000, no
    /// document is opened.
    ///
    /// # Errors
    /// The store's.
    #[uniffi::method(default(only = None))]
    pub fn cases(
        &self,
        after: Option<PageEnd>,
        limit: u32,
        only: Option<CaseFilter>,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| {
            let after = after.as_ref().map(PageEnd::pair);
            let cases = app.filtered_cases(only.unwrap_or_default(), after, limit as usize)?;
            Ok(items(cases))
        })
    }

    /// Cases in which every word of `text` stands, last reported first; `after` is the last one of the page before. Background
    /// thread; a few ms of 100,000, some ten for a single character.
    ///
    /// # Errors
    /// Too long a text, or the store's.
    #[uniffi::method(default(after = None))]
    pub fn search(
        &self,
        text: String,
        limit: u32,
        after: Option<DocumentId>,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| Ok(items(app.search(&text, after, limit as usize)?)))
    }

    /// Cases within a kilometre, of all or of a filter, nearest first. Background thread; ≤ 5 ms of 100,000.
    ///
    /// # Errors
    /// The store's.
    #[uniffi::method(default(only = None))]
    pub fn near(
        &self,
        point: Point,
        limit: u32,
        only: Option<CaseFilter>,
    ) -> Result<Vec<CaseListItem>, FieldError> {
        self.with(|app| {
            let only = only.unwrap_or_default();
            Ok(items(app.near(point, only, limit as usize)?))
        })
    }

    /// What a map draws of a rectangle, or of the whole beat: outlines, components, cases. Background thread; ≤ 10 ms.
    ///
    /// # Errors
    /// Not enrolled, or the store's.
    pub fn map(&self, area: Option<Bounds>) -> Result<MapView, FieldError> {
        self.with(|app| Ok(app.map(area)?.into()))
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
