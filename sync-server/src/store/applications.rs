//! Applications that wait for an answer: for extensions, send-backs, holds and voids.

use xunge_domain::case::ApplicationKind;
use xunge_domain::ids::{DocumentId, PersonId};
use xunge_domain::person::Role;
use xunge_domain::time::Timestamp;

use super::StoreError;

/// One that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// In which case.
    pub document: DocumentId,
    /// For what; of a kind one at a time.
    pub kind: ApplicationKind,
    /// Who applied.
    pub by: PersonId,
    /// When that was ruled.
    pub since: Timestamp,
    /// Who may answer.
    pub needs: Role,
}

/// Looking applications up.
pub trait ReadApplications {
    /// All that wait, the longest waiting first, behind one; at most `limit`.
    ///
    /// # Errors
    /// The database's trouble.
    fn waiting_applications(
        &self,
        after: Option<&ApplicationRow>,
        limit: usize,
    ) -> Result<Vec<ApplicationRow>, StoreError>;
}

/// Keeping applications.
pub trait WriteApplications {
    /// Puts what waits in a case in the place of what waited.
    ///
    /// # Errors
    /// The database's trouble.
    fn put_applications(
        &mut self,
        document: &DocumentId,
        waiting: &[ApplicationRow],
    ) -> Result<(), StoreError>;
}
