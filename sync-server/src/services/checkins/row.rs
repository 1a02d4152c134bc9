//! The list row of a check-in.

use xunge_domain::checkin::Subject;
use xunge_domain::ids::{Digest, DocumentId};
use xunge_domain::time::Timestamp;
use xunge_sync::hub::CheckinContent;

use crate::store::{CheckinRow, StoreError};

/// # Errors
/// A standing that cannot be written as JSON.
pub(in crate::services) fn of(
    id: DocumentId,
    CheckinContent { reading, standing }: &CheckinContent,
    updated_at: Timestamp,
    heads: Vec<Digest>,
) -> Result<CheckinRow, StoreError> {
    let checkin = &reading.checkin;
    let count = |entries: usize| u32::try_from(entries).unwrap_or(u32::MAX);
    let last = checkin.in_order().last().map(|step| step.entry.step.name());
    Ok(CheckinRow {
        document: id,
        title: standing.title.clone(),
        state: standing.state,
        initiation: standing.initiation,
        subject_case: standing.subject.as_ref().and_then(Subject::case).copied(),
        opened_by: standing.opened_by.clone(),
        opened_at: standing.opened_at,
        updated_at,
        step_count: count(checkin.steps.len()),
        last_step: last,
        photo_count: count(checkin.photos.len()),
        heads,
        standing: serde_json::to_string(standing).map_err(|_| StoreError::Damaged {
            what: "check-in standing",
        })?,
    })
}
