//! Check-ins as lists show them.

use xunge_domain::checkin::{CheckinState, Initiation, StepName};
use xunge_domain::ids::{CaseId, Digest, DocumentId, PersonId};
use xunge_domain::scope::Scope;
use xunge_domain::time::Timestamp;

use super::StoreError;
use super::rows::ListCursor;

/// A check-in in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckinRow {
    /// The document.
    pub document: DocumentId,
    /// One line.
    pub title: String,
    /// Where it stands.
    pub state: CheckinState,
    /// How it came to be.
    pub initiation: Option<Initiation>,
    /// The case it is about, where it is one.
    pub subject_case: Option<CaseId>,
    /// Who opened it.
    pub opened_by: Option<PersonId>,
    /// When the opening was ruled.
    pub opened_at: Option<Timestamp>,
    /// When its last change arrived.
    pub updated_at: Timestamp,
    /// How many steps there are.
    pub step_count: u32,
    /// The newest step.
    pub last_step: Option<StepName>,
    /// How many photos there are.
    pub photo_count: u32,
    /// The newest changes.
    pub heads: Vec<Digest>,
    /// Where it stands, as JSON.
    pub standing: String,
}

/// Which check-ins a list shows. Everything is joined by "and"; an empty list or `None` filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckinFilter {
    /// In this state.
    pub state: Option<CheckinState>,
    /// About this case.
    pub subject_case: Option<CaseId>,
    /// Placed in one of these scopes.
    pub scopes: Vec<Scope>,
}

/// Looking check-ins up.
pub trait ReadCheckins {
    /// One check-in.
    ///
    /// # Errors
    /// The database's trouble.
    fn checkin(&self, document: &DocumentId) -> Result<Option<CheckinRow>, StoreError>;

    /// At most `limit` rows of the list, newest first.
    ///
    /// # Errors
    /// The database's trouble.
    fn checkins(
        &self,
        filter: &CheckinFilter,
        after: Option<ListCursor>,
        limit: usize,
    ) -> Result<Vec<CheckinRow>, StoreError>;
}

/// Changing what the list shows.
pub trait WriteCheckins {
    /// Puts the row in the place of the older one.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_checkin(&mut self, row: &CheckinRow) -> Result<(), StoreError>;
}
