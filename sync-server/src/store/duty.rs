//! What people said of their own duty from their phones: leaves. An offer that was declined is on its own row, with the tasks.

use xunge_domain::ids::{DutyNoteId, PersonId};
use xunge_domain::time::Timestamp;

use super::StoreError;

/// A leave that somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveRow {
    /// The note that said it.
    pub id: DutyNoteId,
    /// Whose.
    pub person: PersonId,
    /// From when.
    pub from: Timestamp,
    /// Until when, this instant not included.
    pub until: Timestamp,
    /// In words, or nothing.
    pub words: String,
    /// The device's clock when it was said: a claim.
    pub made_at: Timestamp,
    /// When the hub heard of it; it counts from then on.
    pub received_at: Timestamp,
    /// When the hub heard that it was taken back; it counts until then.
    pub taken_back_at: Option<Timestamp>,
}

/// Looking up what people said of their duty.
pub trait ReadDuty {
    /// A leave by its name.
    ///
    /// # Errors
    /// The database's trouble.
    fn leave(&self, id: &DutyNoteId) -> Result<Option<LeaveRow>, StoreError>;

    /// Leaves that are not over at an instant and were not taken back, the one that begins first first; at most `limit`. Of one
    /// person, or of all.
    ///
    /// # Errors
    /// The database's trouble.
    fn leaves_after(
        &self,
        instant: Timestamp,
        person: Option<&PersonId>,
        limit: usize,
    ) -> Result<Vec<LeaveRow>, StoreError>;

    /// Leaves in which an instant lies and that were not taken back. Cost: a look at each that is not over.
    ///
    /// # Errors
    /// The database's trouble.
    fn leaves_at(&self, instant: Timestamp) -> Result<Vec<LeaveRow>, StoreError>;
}

/// Keeping what people said of their duty.
pub trait WriteDuty {
    /// Adds a leave. A name that is there is refused as a conflict.
    ///
    /// # Errors
    /// It is there, or the database's trouble.
    fn add_leave(&mut self, row: &LeaveRow) -> Result<(), StoreError>;

    /// Ends a leave at an instant; one that was taken back before stays so.
    ///
    /// # Errors
    /// The database's trouble.
    fn take_back_leave(&mut self, id: &DutyNoteId, at: Timestamp) -> Result<(), StoreError>;
}
