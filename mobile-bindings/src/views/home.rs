//! The first screen.

use xunge_field::{DraftView, HomeTask, PersonView};

use crate::views::case_list::CaseListItem;
use crate::views::sync::SyncStatus;

/// What the first screen shows.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct HomeView {
    /// Whose device this is.
    pub me: PersonView,
    /// What is not safe yet, and refused work.
    pub sync: SyncStatus,
    /// Cases and check-ins of which something waits to be sent, photos included.
    pub waiting: u64,
    /// What this worker was sent for, the one due first first.
    pub tasks: Vec<HomeTask>,
    /// Reports that were begun and not made.
    pub drafts: Vec<DraftView>,
    /// How many there are.
    pub drafts_in_all: u64,
    /// The cases that changed last.
    pub recent: Vec<CaseListItem>,
}

impl From<xunge_field::HomeView> for HomeView {
    fn from(home: xunge_field::HomeView) -> Self {
        Self {
            me: home.me,
            sync: home.sync.into(),
            waiting: home.waiting,
            tasks: home.tasks,
            drafts: home.drafts,
            drafts_in_all: home.drafts_in_all,
            recent: home.recent.into_iter().map(CaseListItem::from).collect(),
        }
    }
}
