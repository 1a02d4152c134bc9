//! The sync page: what, how much, since when, why not.

use serde::Serialize;
use xunge_domain::case::Outcome;
use xunge_domain::checkin;
use xunge_domain::ids::{DocumentId, IntentId};
use xunge_domain::time::Timestamp;
use xunge_store::{BlobKind, BlobState, IntentRow, IntentState, Reader};

use crate::app::FieldApp;
use crate::base_map::problem::standing;
use crate::duty::kept::waiting_count;
use crate::error::FieldError;
use crate::proof::log_seen::{LogContradiction, contradiction};
use crate::sync::comparison::{compared_at, differs};
use crate::sync::metered::held_back;
use crate::views::{Delivery, ReasonView};

const QUARANTINED: &str = "quarantined";
const DECLINED: &str = "declined";
/// Most rows of the lane.
const LANE_ROWS_MAX: usize = 200;

/// What is not safe yet, in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyncStatus {
    /// Writes the server has not received, records of personal data and notes about duty included.
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaneItem {
    /// The write.
    pub id: IntentId,
    /// The case.
    pub case: DocumentId,
    /// What it was: report, photo, comment, claim…
    pub kind: String,
    /// `quarantined` or `declined`.
    pub outcome: &'static str,
    /// When it was written.
    pub at: Timestamp,
    /// Why.
    pub reason: ReasonView,
}

impl FieldApp {
    /// What is not safe yet. A few counts: under a millisecond.
    ///
    /// # Errors
    /// The store's.
    pub fn sync_status(&self) -> Result<SyncStatus, FieldError> {
        self.store.read(|reader| {
            Ok(SyncStatus {
                texts_unsent: reader.pending_count(None)?
                    + reader.waiting_private_count()?
                    + waiting_count(reader)?,
                photo_files_unsent: reader.unacknowledged_blob_count(None)?,
                photo_files_held_back: held_back(reader, self.metered)?,
                failures: self.machine.failures(),
                set_aside: set_aside(reader, None)?,
                compared_at: compared_at(reader)?,
                differs: differs(reader)?,
                log_contradicted: contradiction(reader)?.is_some(),
                base_map_problem: standing(reader)?,
            })
        })
    }

    /// The two checkpoints of the hub that cannot both be true, to be shown to somebody who audits it.
    ///
    /// # Errors
    /// The store's.
    pub fn log_contradiction(&self) -> Result<Option<LogContradiction>, FieldError> {
        self.store.read(contradiction)
    }

    /// Takes refused work out of the lane once its author has seen it. It stays in the store.
    ///
    /// # Errors
    /// No such write.
    pub fn dismiss(&mut self, id: IntentId) -> Result<(), FieldError> {
        let reason = self
            .store
            .read(|reader| reader.intent(id))?
            .and_then(|intent| intent.reason);
        Ok(self
            .store
            .transaction(|tx| tx.set_intent_state(id, IntentState::Dismissed, reason.as_ref()))?)
    }
}

/// Where the content of a case is: writes, records of personal data and cited photo files, acknowledged of all.
pub(crate) fn delivery(reader: &Reader<'_>, id: DocumentId) -> Result<Delivery, FieldError> {
    let texts = reader.own_change_counts(id)?;
    let cited = reader.blobs_of(id)?.into_iter().filter(|used| {
        used.cited_by.is_some() && matches!(used.kind, BlobKind::Original | BlobKind::Preview)
    });
    let (kept, waiting) = reader.private_counts(id)?;
    let (mut sent, mut of) = (
        texts.received + kept,
        texts.received + texts.pending + kept + waiting,
    );
    for used in cited {
        of += 1;
        sent += u64::from(used.blob.state != BlobState::Local);
    }
    Ok(Delivery::of(sent, of))
}

/// Work that was not merged or was declined.
pub(crate) fn set_aside(
    reader: &Reader<'_>,
    case: Option<DocumentId>,
) -> Result<Vec<LaneItem>, FieldError> {
    let set_aside = match case {
        Some(case) => reader.intents_of_document(case)?,
        None => {
            let mut all = reader.intents_in_state(IntentState::Quarantined, LANE_ROWS_MAX)?;
            all.extend(reader.intents_in_state(IntentState::Declined, LANE_ROWS_MAX)?);
            all
        }
    };
    let mut lane: Vec<LaneItem> = set_aside.into_iter().filter_map(lane_item).collect();
    // What was not merged comes first, each in the order it was written.
    lane.sort_by_key(|item| item.outcome != QUARANTINED);
    Ok(lane)
}

fn lane_item(intent: IntentRow) -> Option<LaneItem> {
    let outcome = match intent.state {
        IntentState::Quarantined => QUARANTINED,
        IntentState::Declined => DECLINED,
        _ => return None,
    };
    Some(LaneItem {
        id: intent.id,
        case: intent.document,
        kind: intent.kind,
        outcome,
        at: intent.created_at,
        reason: ReasonView::stored(intent.reason?),
    })
}

/// The outbox state that a ruling means.
pub(crate) fn state_of(outcome: &Outcome) -> (IntentState, Option<xunge_store::Reason>) {
    match outcome {
        Outcome::Accepted { .. } => (IntentState::Accepted, None),
        Outcome::Declined { reason } => {
            let reason = xunge_store::Reason {
                code: reason.code().into(),
                zh: reason.zh(),
                en: reason.en(),
            };
            (IntentState::Declined, Some(reason))
        }
    }
}

/// The outbox state that a ruling of a check-in means.
pub(crate) fn state_of_checkin(
    outcome: &checkin::Outcome,
) -> (IntentState, Option<xunge_store::Reason>) {
    match outcome {
        checkin::Outcome::Accepted { .. } => (IntentState::Accepted, None),
        checkin::Outcome::Declined { reason } => {
            let reason = xunge_store::Reason {
                code: reason.code().into(),
                zh: reason.zh(),
                en: reason.en(),
            };
            (IntentState::Declined, Some(reason))
        }
    }
}
