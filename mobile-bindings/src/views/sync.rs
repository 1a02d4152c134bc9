//! The sync page.

use xunge_field::ReasonView;
use xunge_field::domain::ids::{DocumentId, IntentId};
use xunge_field::domain::time::Timestamp;

/// How often things changed since the store was made: read again what moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct ChangeCounters {
    /// Cases.
    pub cases: u64,
    /// The outbox and the sync page.
    pub sync: u64,
    /// Drafts.
    pub drafts: u64,
}

/// What is not safe yet, in all.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncStatus {
    /// Writes the server has not received.
    pub texts_unsent: u64,
    /// Photo files the server has not acknowledged.
    pub photo_files_unsent: u64,
    /// How many of them wait for an unmetered link; none while this is one.
    pub photo_files_held_back: u64,
    /// How many tries in a row failed.
    pub failures: u32,
    /// Work the server did not merge, or declined: nothing of it is deleted.
    pub set_aside: Vec<LaneItem>,
    /// When all of it was last compared with what the server has; at enrolment there is nothing to compare.
    pub compared_at: Option<Timestamp>,
    /// Whether that left a difference, which is looked at again a day later.
    pub differs: bool,
    /// Whether the hub once showed a log that does not go on from what this device had seen of it.
    pub log_contradicted: bool,
    /// Why the base map is not here, where something went wrong with it; it is tried again by itself.
    pub base_map_problem: Option<ReasonView>,
}

/// Refused work, kept until its author acts.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LaneItem {
    /// The write.
    pub id: IntentId,
    /// The case.
    pub case: DocumentId,
    /// What it was: report, photo, comment, claim…
    pub kind: String,
    /// `quarantined` or `declined`.
    pub outcome: String,
    /// When it was written.
    pub at: Timestamp,
    /// Why.
    pub reason: ReasonView,
}

impl From<xunge_field::LaneItem> for LaneItem {
    fn from(item: xunge_field::LaneItem) -> Self {
        Self {
            id: item.id,
            case: item.case,
            kind: item.kind,
            outcome: item.outcome.into(),
            at: item.at,
            reason: item.reason,
        }
    }
}

impl From<xunge_field::SyncStatus> for SyncStatus {
    fn from(status: xunge_field::SyncStatus) -> Self {
        Self {
            texts_unsent: status.texts_unsent,
            photo_files_unsent: status.photo_files_unsent,
            photo_files_held_back: status.photo_files_held_back,
            failures: status.failures,
            set_aside: status.set_aside.into_iter().map(LaneItem::from).collect(),
            compared_at: status.compared_at,
            differs: status.differs,
            log_contradicted: status.log_contradicted,
            base_map_problem: status.base_map_problem,
        }
    }
}
