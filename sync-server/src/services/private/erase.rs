//! Erasing a subject: its key is destroyed, so that all that was sealed under it is noise, wherever a copy of it may lie. The
//! rows stay and say when and why; the case and its log are whole.

use serde_json::json;
use xunge_domain::ids::SubjectId;
use xunge_domain::private::{Erasure, ErasureCause, REASON_CHARACTERS_MAX};

use super::{ErasureView, PrivateError, SubjectErasedView};
use crate::app::App;
use crate::store::rows::MetaKey;
use crate::store::{HubTransaction, StoreError, SubjectRow};

/// The word of a line that says that a subject was erased: which, of which case and for which cause, and nothing in words.
pub const SUBJECT_ERASED: &str = "subject_erased";

/// The subject that a line of [`SUBJECT_ERASED`] names.
pub fn erased_by(detail: &str) -> Option<SubjectId> {
    let detail: serde_json::Value = serde_json::from_str(detail).ok()?;
    detail["subject"].as_str()?.parse().ok()
}

/// Erases a subject on request. Doing it again changes nothing: the first erasure stands, with its reason.
///
/// # Errors
/// No such subject, no reason, or the store's. What was committed stays when scrubbing failed.
pub fn erase(
    app: &App,
    by: &str,
    subject: &SubjectId,
    reason: &str,
) -> Result<SubjectErasedView, PrivateError> {
    let reason = reason.trim();
    if !(1..=REASON_CHARACTERS_MAX).contains(&reason.chars().count()) {
        return Err(PrivateError::Reason);
    }
    let erasure = Erasure {
        at: app.clock.now(),
        cause: ErasureCause::Asked,
        reason: reason.to_owned(),
    };
    let (row, erasure) = app.store.writing(|write| {
        let row = write.subject(subject)?.ok_or(PrivateError::Unknown)?;
        if let Some(before) = row.erased.clone() {
            return Ok((row, before));
        }
        erase_row(write, by, &row, &erasure)?;
        Ok::<_, PrivateError>((row, erasure.clone()))
    })?;
    Ok(SubjectErasedView {
        subject: subject.to_string(),
        case: row.document.to_string(),
        erased: ErasureView::from(&erasure),
        scrubbed: scrub(app)?,
    })
}

/// Erases a subject that is not erased yet, and says so in the log.
pub(crate) fn erase_row(
    write: &mut dyn HubTransaction,
    by: &str,
    row: &SubjectRow,
    erasure: &Erasure,
) -> Result<(), StoreError> {
    write.erase_subject(&row.id, erasure)?;
    let detail = json!({
        "subject": row.id,
        "case": row.document,
        "cause": erasure.cause.id(),
    });
    let line = write.append_audit(erasure.at, by, SUBJECT_ERASED, &detail)?;
    write.put_meta(MetaKey::ScrubDue, &line.to_be_bytes())
}

/// Takes what erasures left in older pages and logs of the database. Whether nothing is left: it is tried again later while
/// somebody reads an older moment.
///
/// # Errors
/// The store's.
pub fn scrub(app: &App) -> Result<bool, StoreError> {
    let Some(due) = app.store.reading(|read| read.meta(MetaKey::ScrubDue))? else {
        return Ok(true);
    };
    match app.store.scrub() {
        Ok(()) => {}
        Err(StoreError::Busy) => return Ok(false),
        Err(error) => return Err(error),
    }
    app.store.writing(|write| {
        // What was erased meanwhile is scrubbed by whoever erased it.
        if write.meta(MetaKey::ScrubDue)?.as_ref() == Some(&due) {
            write.remove_meta(MetaKey::ScrubDue)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(true)
}
